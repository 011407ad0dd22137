/** Opens a sealed letter by the keys that were given, and looks at it as scan and gate could not. */
import { Decrypter } from 'age-encryption';
import { noneFits } from '../../../client/in-browsers';
import type { Collects } from '../../../delivery';
import { lookAtMessage } from '../../../messages';
import { orList } from '../../../words';
import { sizeWords, typeWords } from '../words/amounts';
import type { RefusalWords } from '../words/refusals';
import { Told } from '../words/told';
import { heldKeys } from './held-keys';

const BEGINNING = 'age-encryption.org/v1\n';
const TELL = 'Write to the sender: nobody else tells them.';

/**
 * Opens it.
 * @throws Told where none of the keys fits, it is not sealed or damaged, or is what the gate would have stopped, had it seen it
 */
export async function opened(
  raw: Uint8Array<ArrayBuffer>,
  { mediaTypes, largestObject }: NonNullable<Collects['sealed']>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (new TextDecoder('latin1').decode(raw.subarray(0, BEGINNING.length)) !== BEGINNING)
    throw new Told(CLEAR);
  const letter = await decrypted(raw);
  if (letter.length > largestObject)
    throw new Told(
      kept(
        `it has ${sizeWords(letter.length)}, and the agreement lets ${sizeWords(largestObject)}`,
        'too-large',
      ),
    );
  const { reasons } = await lookAtMessage(inOne(letter), mediaTypes);
  if (reasons.some(({ why }) => why === 'message'))
    throw new Told(kept('it is written so that programs could show it differently', 'message'));
  const types = reasons.flatMap((each) => (each.why === 'attachment-type' ? [each] : []));
  const [first] = types;
  if (first !== undefined)
    throw new Told(
      kept(
        `${orList(types.map(({ attachment, found }) => `file ${attachment} in it is of a kind that the agreement does not allow (${typeWords([found])[0]})`))}`,
        'attachment-type',
      ),
    );
  return letter;
}

async function decrypted(raw: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const decrypter = new Decrypter();
  for (const { identity } of heldKeys()) decrypter.addIdentity(identity);
  const none = noneFits(decrypter);
  try {
    return (await decrypter.decrypt(raw)) as Uint8Array<ArrayBuffer>;
  } catch (cause) {
    throw new Told(none() ? TO_OTHERS : DAMAGED, { cause });
  }
}

async function* inOne(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function kept(why: string, code: string): RefusalWords {
  return {
    happened: `The message was opened and is not shown: ${why}. Nobody on the way could see that.`,
    mend: TELL,
    code: `sealed ${code}`,
  };
}

const CLEAR = {
  happened: 'The agreement is sealed, and this message is not: others on the way could have read it.',
  mend: `It is not shown. ${TELL}`,
  code: 'sealed clear',
};
const DAMAGED = {
  happened: 'The message is damaged: something of it was changed or cut off before it was sent.',
  mend: 'Ask the sender to send it once more.',
  code: 'sealed damaged',
};
const TO_OTHERS = {
  happened: 'The message is sealed to somebody else: your key does not open it.',
  mend: 'Use another key: an older one, if yours was changed since, or that of whoever in your team has one. If nobody’s opens it, ask the sender to load their mailbox anew and send it again.',
  code: 'sealed to-others',
};
