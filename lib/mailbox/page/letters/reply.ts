/** An answer to a message, as it is begun: to the inbox that wrote, with what was written below. */
import type { ShownMessage } from '../../read';
import { type Draft, newDraft } from './draft';
import type { Arrived } from './mail';

/** So much of what is answered is quoted, in characters. */
const MOST_QUOTED = 20_000;
/** So many of the messages before are named. */
const MOST_NAMED = 10;
/** As ids are written: what others wrote otherwise is left out. */
const ID = /^[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9.-]{1,253}$/;

/** The draft of it. */
export function replyTo({ correspondence, inbox }: Arrived, to: ShownMessage): Draft {
  const { sends, writesTo } = correspondence;
  const [, whose = ''] = /^([a-z0-9-]{1,40})@/.exec(to.from.address) ?? [];
  const quoted = to.text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
  const subject = /^re:/i.test(to.subject) ? to.subject : `Re: ${to.subject}`;
  const before = [...to.answers, ...(to.id === undefined ? [] : [to.id])];
  return newDraft({
    agreement: sends.agreement,
    to: (writesTo.find(({ id }) => id === whose) ?? writesTo[0])?.id ?? '',
    from: inbox.id,
    subject: subject.slice(0, 200),
    text: `\n\n${to.from.name} wrote:\n${quoted.slice(0, MOST_QUOTED)}\n`,
    answers: before.filter((id) => ID.test(id)).slice(-MOST_NAMED),
  });
}
