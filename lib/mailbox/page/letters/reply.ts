/** An answer to a message, as it is begun: to the inbox that wrote, with what was written below. */
import { withoutUnseen } from '../../../messages';
import type { ShownMessage } from '../../read';
import { type Draft, newDraft } from './draft';
import type { Arrived } from './inbox';

/** So much of what is answered is quoted, in characters. */
const MOST_QUOTED = 20_000;
/** As many characters as the field takes. */
const MOST_OF_SUBJECT = 200;
/** So many of the messages before are named. */
const MOST_NAMED = 10;
/** As ids are written: what others wrote otherwise is left out. */
const ID = /^[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9.-]{1,253}$/;

/** The draft of it. What its subject has of characters that no subject may have is left out: it can be sent as it stands. */
export function replyTo({ correspondence, inbox }: Arrived, to: ShownMessage): Draft {
  const { sends, writesTo } = correspondence;
  const [, whose = ''] = /^([a-z0-9-]{1,40})@/.exec(to.from.address) ?? [];
  const quoted = to.text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
  const { text: plain, leftOut } = withoutUnseen(to.subject);
  const subject = /^re:/i.test(plain) ? plain : `Re: ${plain}`;
  const before = [...to.answers, ...(to.id === undefined ? [] : [to.id])];
  return newDraft({
    agreement: sends.agreement,
    to: (writesTo.find(({ id }) => id === whose) ?? writesTo[0])?.id ?? '',
    from: inbox.id,
    subject: atMost(subject, MOST_OF_SUBJECT),
    ...(leftOut > 0 && { leftOut }),
    text: `\n\n${to.from.name === '' ? to.from.address : to.from.name} wrote:\n${atMost(quoted, MOST_QUOTED)}\n`,
    answers: before.filter((id) => ID.test(id)).slice(-MOST_NAMED),
  });
}

/** No more of it than that many UTF-16 units, and no half of a character. */
function atMost(text: string, units: number): string {
  const cut = text.slice(0, units);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
