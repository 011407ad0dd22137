/** Tells people no faster than their mailboxes may be told. */
import { Apart, type WaitingClock } from '../../lib/runtime';
import type { Notices } from './ports';

/**
 * So long after a run began, or after its last one, it publishes to a topic, in milliseconds. AWS takes back the confirmation of a mailbox
 * that gets more than ten e-mails a second by one topic, and removes it later. Five runs of the queue and two of sweeps may be under way at
 * once, and no machine of Lambda’s knows what another sent: but each of these has only one run at a time.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
 */
const APART = 1_000;

/** The notices of one run. What the run has worked for meanwhile counts, so that a long one does not wait. */
export class PacedNotices implements Notices {
  private readonly apart: Apart;

  constructor(
    private readonly notices: Notices,
    clock: Pick<WaitingClock, 'now' | 'sleep'>,
  ) {
    this.apart = new Apart(clock, APART, clock.now() + APART);
  }

  async send(subject: string, text: string, topic?: string): Promise<void> {
    await this.apart.turn(topic);
    await this.notices.send(subject, text, topic);
  }
}
