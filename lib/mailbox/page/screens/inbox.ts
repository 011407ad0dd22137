/** What came. */
import { momentWords } from '../../../words';
import type { GrowingScreen } from '../app';
import { el, link } from '../dom';
import type { Arrived } from '../letters/inbox';
import type { Loaded } from '../letters/loaded';
import type { Mail } from '../letters/mail';
import { sizeWords } from '../words/amounts';
import { inboxState } from '../words/states';
import { endingSoon } from './ending';
import { type Line, MessageList, more } from './lines';
import { emptyWords, missingWords, StandingLine } from './standing';

/** The inbox, to which more that becomes known of its messages is told. */
export function inboxScreen(
  mail: Mail,
  first: Loaded<Arrived>,
  days: number,
  load: (days: number) => void,
): GrowingScreen<Loaded<Arrived>> {
  const { session } = mail;
  const own = session.correspondences.flatMap(({ inboxes }) => inboxes.map(({ team }) => team));
  const standing = new StandingLine('opened');
  const list = new MessageList(standing);
  const learns = (loaded: Loaded<Arrived>) => {
    const none =
      own.length === 0
        ? 'No inbox is for you. Ask your IT help desk which team’s messages you are to read, and sign in again.'
        : emptyWords(loaded, `Nothing has come in the last ${days} days.`);
    standing.show(loaded);
    list.show(
      loaded.lines.map((arrived) => lineOf(mail, arrived)),
      none,
    );
  };
  learns(first);
  return {
    title: 'Inbox',
    part: 'inbox',
    content: [
      own.length === 0
        ? undefined
        : el(
            'p',
            { class: 'govuk-hint' },
            'You see what a message is about once you open it. Its sender is told then that it was read. It can take up to a day to show here that a colleague has opened a message.',
          ),
      session.correspondences.some(({ collects: { sealed } }) => sealed)
        ? el('p', { class: 'govuk-hint' }, 'Sealed messages are opened by ', link('key', 'your key'), '.')
        : undefined,
      endingSoon(session),
      missingWords(first.missing, session.now()),
      list.element,
      standing.reasons,
      more('Look for new messages', days, load),
    ],
    learns,
  };
}

function lineOf(mail: Mail, arrived: Arrived): Line {
  const { correspondence, inbox, line } = arrived;
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
    state: inboxState(arrived),
    says: (words) => all.includes(words) || mail.says(line.key, words),
  };
}
