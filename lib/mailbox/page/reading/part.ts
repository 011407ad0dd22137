/**
 * What reading letters takes: a script of the page’s own that is loaded once a letter is opened, so that nobody waits for it who looks
 * at lists or writes. It has the library that takes messages apart, and the one that cleans their HTML. Between it and the page go
 * plain values: each has classes of its own.
 */
import { MessageFault } from '../../../messages';
import { ReadOtherwise, type ShownMessage, shownMessage } from '../../read';
import { Told } from '../words/told';

export { shownHtml } from './html';

/** Reads a letter. @param known names that others may imitate @throws Told where it is not shown */
export async function shown(letter: Uint8Array, known: readonly string[]): Promise<ShownMessage> {
  try {
    return await shownMessage(letter, known);
  } catch (cause) {
    if (!(cause instanceof MessageFault || cause instanceof ReadOtherwise)) throw cause;
    const code = cause instanceof MessageFault ? `${cause.why} ${cause.line}` : 'read-otherwise';
    throw new Told({ ...DIFFERENTLY, code }, { cause });
  }
}

const DIFFERENTLY = {
  happened: 'This message is written so that programs could show it differently, so it is not shown here.',
  mend: 'Save it as a file and have your IT help desk look at it. Or ask the sender to write it again.',
};
