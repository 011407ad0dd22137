/** What is due to be told of a letter, as a function of what is known of it and of the moment. Told twice, it is the same notice. */
import { placeOfMessage } from '../../lib/messages';
import { agreementPrefix } from '../../lib/names';
import { markKeyOf, transfersOf } from '../../lib/transfers';
import { type DepositMark, type ListedLetters, type Mark, SEALED_ENDING } from '../../lib/wire';
import { momentWords } from '../../lib/words';
import type { Notice, NoticeKind } from './ports';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A reminder comes so long before the deadline, or in the last third of the time where that is short. */
const BEFORE = DAY;
/**
 * So long after the deadline the log files of a read have come. An hour before the audit takes what has ended off its list
 * (lib/transfers/review.ts), so that the notifier sees it there.
 */
const LATENESS = 5 * HOUR;
/** A sender is told of what was not delivered no later than so long after it came about. */
const STALE = 2 * DAY;

/** A letter: whose, and what is known of its object. */
export interface Letter {
  readonly letters: ListedLetters;
  /** `<bucket>/<key>` */
  readonly object: string;
  /** The key of the deposit’s mark. */
  readonly mark: string;
  readonly marks: readonly Mark[];
}

/** The letters of the list in whose agreement an object lies; undefined for anything else. */
export function lettersOf(object: string, all: readonly ListedLetters[]): ListedLetters | undefined {
  return all.find(({ bucket, agreement }) => object.startsWith(`${bucket}/${agreementPrefix(agreement)}`));
}

/**
 * Of what the notifier tells: of everything, or of that alone which the gates cannot see, since they tell teams themselves of what waits
 * and of what was not released. A gate tells when it releases, and nobody who cannot open it: it does not see the day on which they can.
 */
export type Telling = 'everything' | 'what gates cannot see';

/** Every notice that is due of a letter at a moment, in milliseconds since 1970. */
export function dueOf(letter: Letter, telling: Telling, now: number): Notice[] {
  const { letters, object, mark, marks } = letter;
  const end = endOf(letters);
  const seconds = `${new Date(now).toISOString().slice(0, 19)}Z`;
  const state = transfersOf(marks, () => end, seconds).find(({ deposit }) => markKeyOf(deposit) === mark);
  const recipient = state?.recipients.find((each) => each.recipient === letters.recipient);
  if (state === undefined || recipient === undefined || state.deposit.owner !== letters.owner) return [];
  const { deposit, release } = state;
  const deadline = Math.min(Date.parse(deposit.collectBy), Date.parse(recipient.end));
  const notice = about(letter, deposit);
  // They find the rest where they sign in.
  const toSender = (how: string, due: number) =>
    ofDifferentMailboxes(letters.own).map((inbox) =>
      notice({
        kind: 'notDelivered',
        inbox,
        personalisation: {
          agreement: `“${letters.title}” between ${letters.ownerName} and ${letters.recipientName}`,
          transfer: deposit.version ?? deposit.id,
          state: how,
        },
        due,
        lapses: due + STALE,
      }),
    );
  if (recipient.state === 'rejected') {
    if (telling !== 'everything') return [];
    const at = Date.parse(recipient.at ?? deposit.time);
    return now >= at + STALE ? [] : toSender('rejected', at);
  }
  if (recipient.state !== 'open' && recipient.state !== 'expired') return [];
  if (now >= deadline) {
    const known = deadline + LATENESS;
    const how = release === 'released' ? 'not read in time' : 'not released in time';
    return now < known || now >= known + STALE ? [] : toSender(how, known);
  }
  const opens = inForceAt(now, letters);
  if (release !== 'released' || opens === undefined) return [];
  const inbox = inboxOf(object, letters);
  if (inbox === undefined) return [];
  // What was released while the agreement was suspended can be read from the day on which it goes on.
  const released = releasedAt(deposit, marks);
  const since = Math.max(released, Date.parse(opens.from));
  const lead = Math.min(BEFORE, (deadline - Date.parse(deposit.time)) / 3);
  const fields = { inbox: inbox.team, organisation: letters.ownerName, deadline: momentWords(deadline) };
  const tell = (kind: NoticeKind, due: number) =>
    notice({ kind, inbox, personalisation: fields, due, lapses: deadline });
  const reminds = deadline - lead;
  // Whoever is told only then that it waits knows it; and whoever is reminded need not be told as well.
  if (since < reminds && now >= reminds) return [tell('reminder', reminds)];
  const gateTold = inForceAt(released, letters) !== undefined;
  return telling === 'everything' || !gateTold ? [tell('waits', since)] : [];
}

type Inbox = ListedLetters['inboxes'][number];
type Made = Pick<Notice, 'kind' | 'personalisation' | 'due' | 'lapses'> & { readonly inbox: Inbox };

/** Makes notices about a letter. A reference has no more of it than the transfer’s id, which is an event’s of CloudTrail. */
function about({ object, mark }: Letter, deposit: DepositMark): (made: Made) => Notice {
  return ({ inbox, ...made }) => ({
    ...made,
    reference: `concordat/${deposit.id}/${made.kind}/${inbox.id}`,
    mailbox: inbox.mailbox,
    object,
    mark,
  });
}

/** Who reads the mailbox of several inboxes is told of what was not delivered once. */
function ofDifferentMailboxes(inboxes: readonly Inbox[]): Inbox[] {
  return inboxes.filter(
    ({ mailbox }, index) => inboxes.findIndex((each) => each.mailbox === mailbox) === index,
  );
}

/** The recipient’s inbox in which a message lies. */
function inboxOf(object: string, { bucket, agreement, inboxes }: ListedLetters): Inbox | undefined {
  const name = object.slice(`${bucket}/${agreementPrefix(agreement)}`.length);
  const place = placeOfMessage(name.endsWith(SEALED_ENDING) ? name.slice(0, -SEALED_ENDING.length) : name);
  return inboxes.find(({ id }) => id === place?.inbox);
}

/** The span in which the other party can open it at a moment. */
function inForceAt(moment: number, { inForce }: ListedLetters): ListedLetters['inForce'][number] | undefined {
  return inForce.find(({ from, until }) => Date.parse(from) <= moment && moment < Date.parse(until));
}

/** When it can never be collected any more. Where a party has still to approve, that is not known: then the deadline alone counts. */
function endOf({ inForce }: ListedLetters): string {
  const ends = inForce.map(({ until }) => until).sort();
  return ends.at(-1) ?? '9999-12-31T00:00:00Z';
}

/** When it could first be read: the gate’s decision, or before there was a gate the scan. */
function releasedAt({ time, version }: DepositMark, marks: readonly Mark[]): number {
  const own = marks.filter(
    (each) =>
      (each.kind === 'gated' || each.kind === 'scanned') &&
      each.time >= time &&
      (each.version === undefined || version === undefined || each.version === version),
  );
  const gated = own.find((each) => each.kind === 'gated') ?? own[0];
  return Date.parse(gated?.time ?? time);
}
