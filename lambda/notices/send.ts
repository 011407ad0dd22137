/**
 * Sends each notice once. It is taken before it is sent, by a conditional write, for longer than any run lasts. What a run that
 * died had taken may have been sent: then GOV.UK Notify is asked for its reference, and it is sent only where Notify has none. SNS
 * keeps no references, so there it is given up.
 */
import { described } from '../../lib/runtime';
import { dueOf, lettersOf } from './due';
import type { LookPorts } from './look';
import type { Ending, Notice, Notices, Post, Unreadable, Unsent } from './ports';
import type { Report } from './report';

/** For how long a run has a notice to itself, in milliseconds: five times what a run may last. */
const TAKEN = 10 * 60_000;
/**
 * GOV.UK Notify keeps what it sent for seven days, or the three to ninety that a service sets. What was taken longer ago is not
 * asked for. @see https://docs.notifications.service.gov.uk/node.html#get-the-status-of-multiple-messages
 */
const ASKED_WITHIN = 2 * 86_400_000;

/** What sending needs. */
export interface SendPorts extends Omit<LookPorts, 'notices' | 'report'> {
  readonly notices: Notices;
  readonly post: Post;
  readonly report: Pick<Report, 'failure' | 'sent' | 'ended' | 'waits'>;
}

/**
 * Sends what waits, one after another, earliest first: far below the 3,000 a minute that Notify takes. What Notify has refused comes
 * after all else, the longest untried first: however many it refuses, they hold no other up. @param reserve as in `look`
 */
export async function send(ports: SendPorts, reserve: number): Promise<void> {
  const { notices, report, clock } = ports;
  const one = async (notice: Unsent | Unreadable): Promise<'done' | 'takes-none'> => {
    try {
      return await ('unreadable' in notice ? passOver(notice, ports) : sendOne(notice, ports));
    } catch (error) {
      report.failure(`send ${notice.reference}`, described(error));
      return 'done';
    }
  };
  const refused: Unsent[] = [];
  for await (const notice of notices.unsent()) {
    if (!('unreadable' in notice)) report.waits(clock.now() - notice.due);
    if (clock.remaining() <= reserve) return;
    if (!('unreadable' in notice) && notice.refused > 0) refused.push(notice);
    else if ((await one(notice)) === 'takes-none') return;
  }
  for (const notice of refused.sort((a, b) => a.refused - b.refused))
    if (clock.remaining() <= reserve || (await one(notice)) === 'takes-none') return;
}

/** Of what no run has had, the next look keeps anew what is so, in this notifier’s own form. */
async function passOver(
  { reference, takenUntil, unreadable }: Unreadable,
  { notices, report, clock }: SendPorts,
): Promise<'done'> {
  const now = clock.now();
  if (takenUntil > now || !(await notices.take({ reference, takenUntil }, now + TAKEN))) return 'done';
  const ending = takenUntil === 0 ? 'untrue' : 'unknown';
  report.failure(`read ${reference}`, unreadable);
  report.ended(reference, ending);
  await notices.end(reference, ending);
  return 'done';
}

async function sendOne(notice: Unsent, ports: SendPorts): Promise<'done' | 'takes-none'> {
  const { notices, post, report, clock } = ports;
  const { reference, takenUntil } = notice;
  const now = clock.now();
  if (takenUntil > now) return 'done';
  const until = now + TAKEN;
  if (!(await notices.take(notice, until))) return 'done';
  const end = async (ending: Ending) => {
    // First, so that nothing is given up unsaid where the run dies between the two. It may be said twice then.
    report.ended(reference, ending);
    await notices.end(reference, ending);
    return 'done' as const;
  };
  if (takenUntil > 0) {
    const isThere = now - takenUntil > ASKED_WITHIN ? 'unknown' : await post.has(reference);
    if (isThere === 'unknown') return end('unknown');
    if (isThere) return end('sent');
  }
  if (now >= notice.lapses) return end('too-late');
  const due = await stillDue(notice, ports);
  if (due === undefined) return end('untrue');
  const posted = await post.send(due);
  if (posted.outcome === 'accepted') {
    report.sent(reference);
    return end('sent');
  }
  report.failure(`send ${reference}`, posted.why);
  if (posted.outcome === 'unknown') return 'done';
  await notices.giveBack(reference, until, posted.outcome === 'refused' ? clock.now() : notice.refused);
  return posted.outcome === 'takes-none' ? 'takes-none' : 'done';
}

/** As it is now: a message may have been read, or recalled, while its notice waited; and a team may have another mailbox. */
async function stillDue(
  { reference, object, mark }: Unsent,
  { letters: all, telling, transfers, clock }: SendPorts,
): Promise<Notice | undefined> {
  const letters = lettersOf(object, all);
  if (letters === undefined) return undefined;
  const marks = await transfers.marksOf(object);
  return dueOf({ letters, object, mark, marks }, telling, clock.now()).find(
    (each) => each.reference === reference,
  );
}
