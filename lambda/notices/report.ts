/**
 * What the notifier writes to its log: a line for each notice that ended or failed, and a record of metrics for each run and for each
 * notice that is given up.
 * References are in it; no address, no name of an object, and nothing that anybody was sent.
 */
import { FUNCTION_METRICS, type MetricOf } from '../../lib/names';
import { type Clock, Log, type Write } from '../../lib/runtime';
import type { Ending } from './ports';

const METRICS = FUNCTION_METRICS['concordat-notices'];

/** Writes the log of one run. */
export class Report {
  private readonly log: Log<typeof METRICS>;
  private readonly counts = { sent: 0, failures: 0, waitingSeconds: 0 };

  constructor(write: Write, clock: Pick<Clock, 'now'>, functionName: string) {
    this.log = new Log({ write, clock, functionName, metrics: METRICS, about: {} });
  }

  /** How many failed so far. */
  get failures(): number {
    return this.counts.failures;
  }

  /** The post took it. */
  sent(reference: string): void {
    this.counts.sent += 1;
    this.log.line('INFO', { action: 'sent', reference });
  }

  /** It is over, as sent or otherwise. */
  ended(reference: string, ending: Ending): void {
    if (ending === 'sent') return;
    const isGivenUp = ending === 'too-late' || ending === 'unknown';
    this.log.line(isGivenUp ? 'ERROR' : 'INFO', { action: 'ended', reference, ending });
    // At once: an alarm waits for it, and the run may not come to its end.
    if (isGivenUp) this.metrics({ GivenUp: 1 });
  }

  /** One waits to be sent, for so many milliseconds. */
  waits(milliseconds: number): void {
    this.counts.waitingSeconds = Math.max(this.counts.waitingSeconds, Math.round(milliseconds / 1000));
  }

  /** Something failed, and the run goes on. */
  failure(what: string, error: string): void {
    this.counts.failures += 1;
    this.log.line('ERROR', { action: 'failed', what, error });
  }

  /** The end of a run. */
  finished(): void {
    const { sent, failures, waitingSeconds } = this.counts;
    this.metrics({ Sent: sent, Failures: failures, WaitingSeconds: waitingSeconds });
  }

  private metrics(values: Partial<Record<MetricOf<'concordat-notices'>, number>>): void {
    this.log.metrics({ Sent: 0, Failures: 0, GivenUp: 0, WaitingSeconds: 0, ...values });
  }
}
