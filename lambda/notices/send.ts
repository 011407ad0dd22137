/**
 * Sends each notice once. It is taken before it is sent, by a conditional write, for longer than any run lasts. What a run that
 * died had taken may have been sent: then GOV.UK Notify is asked for its reference, and it is sent only where Notify has none.
 */
import { described } from '../../lib/runtime';
import { dueOf, lettersOf } from './due';
import type { LookPorts } from './look';
import type { Ending, Notices, Post, Unsent } from './ports';
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

/** Sends what waits, one after another, earliest first: far below the 3,000 a minute that Notify takes. @param reserve as in `look` */
export async function send(ports: SendPorts, reserve: number): Promise<void> {
  const { notices, report, clock } = ports;
  for await (const notice of notices.unsent()) {
    report.waits(clock.now() - notice.due);
    if (clock.remaining() <= reserve) return;
    try {
      if ((await sendOne(notice, ports)) === 'takes-none') return;
    } catch (error) {
      report.failure(`send ${notice.reference}`, described(error));
    }
  }
}

async function sendOne(notice: Unsent, ports: SendPorts): Promise<'done' | 'takes-none'> {
  const { notices, post, report, clock } = ports;
  const { reference, takenUntil } = notice;
  const now = clock.now();
  if (takenUntil > now) return 'done';
  const until = now + TAKEN;
  if (!(await notices.take(notice, until))) return 'done';
  const end = async (ending: Ending) => {
    await notices.end(reference, ending);
    report.ended(reference, ending);
    return 'done' as const;
  };
  if (takenUntil > 0) {
    if (now - takenUntil > ASKED_WITHIN) return end('unknown');
    if (await post.has(reference)) return end('sent');
  }
  if (now >= notice.lapses) return end('too-late');
  if (!(await isStillDue(notice, ports))) return end('untrue');
  const posted = await post.send(notice);
  if (posted.outcome === 'accepted') {
    report.sent(reference);
    return end('sent');
  }
  report.failure(`send ${reference}`, posted.why);
  if (posted.outcome === 'unknown') return 'done';
  await notices.giveBack(reference, until);
  return posted.outcome === 'takes-none' ? 'takes-none' : 'done';
}

/** A message may have been read, or recalled, while its notice waited. */
async function isStillDue({ reference, object, mark }: Unsent, ports: SendPorts): Promise<boolean> {
  const letters = lettersOf(object, ports.letters);
  if (letters === undefined) return false;
  const marks = await ports.transfers.marksOf(object);
  return dueOf({ letters, object, mark, marks }, ports.clock.now()).some(
    (each) => each.reference === reference,
  );
}
