/** What came. */
import { momentWords } from '../../../client/in-browsers';
import type { Screen } from '../app';
import { el, link } from '../dom';
import type { Arrived, Loaded, Mail } from '../letters/mail';
import { sizeWords } from '../words/amounts';
import { inboxState } from '../words/states';
import { emptyWords, missingWords, more, searchable } from './lines';

/** The inbox. */
export function inboxScreen(
  mail: Mail,
  { lines, missing }: Loaded<Arrived>,
  days: number,
  load: (days: number) => void,
): Screen {
  const { session } = mail;
  const own = session.correspondences.flatMap(({ inboxes }) => inboxes.map(({ team }) => team));
  const shown = lines.map((arrived) => {
    const { correspondence, inbox, line, opened } = arrived;
    const subject = mail.subjectOf(line.key);
    const from = correspondence.collects.owner.name;
    const about = [
      ...(subject === undefined ? [] : [`From ${from}`]),
      `To ${inbox.team}`,
      momentWords(line.deposited),
      sizeWords(line.bytes),
      ...(correspondence.collects.sealed ? ['Sealed'] : []),
    ];
    const all = [subject ?? '', from, correspondence.sends.title, ...about].join(' ').toLowerCase();
    return {
      to: `message=${encodeURIComponent(line.key)}`,
      title: subject ?? `Message from ${from}`,
      about,
      state: inboxState(line, opened),
      says: (words: string) => all.includes(words) || mail.says(line.key, words),
    };
  });
  const none =
    own.length === 0
      ? 'No inbox is for you. Ask your IT help desk which team’s messages you are to read, and sign in again.'
      : emptyWords(missing, `Nothing has come in the last ${days} days.`);
  return {
    title: 'Inbox',
    part: 'inbox',
    content: [
      own.length === 0
        ? undefined
        : el(
            'p',
            { class: 'govuk-hint' },
            'You see what a message is about once you open it. Its sender is told then that it was read.',
          ),
      session.correspondences.some(({ collects: { sealed } }) => sealed)
        ? el('p', { class: 'govuk-hint' }, 'Sealed messages are opened by ', link('key', 'your key'), '.')
        : undefined,
      missingWords(missing, session.now()),
      searchable(shown, none),
      more('Look for new messages', days, load),
    ],
  };
}
