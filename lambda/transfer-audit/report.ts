/**
 * What the audit writes to its log: lines of JSON, and for each run one record in CloudWatch’s embedded metric format. A
 * violation gets its own record at once, so that a run that ends early has still raised the alarm. It holds no names of
 * people or objects.
 */
import { FUNCTION_METRICS, type MetricOf, REFUSED_ACCOUNT } from '../../lib/names';
import { type Fields, Log, type LogProps } from '../../lib/runtime';
import type { Gap, Meaning, Outcome } from '../../lib/transfers';

const METRICS = FUNCTION_METRICS['concordat-transfer-audit'];
/** What each run reports at its end. What alarms is reported at once, and the lag only where something was staged. */
type AtTheEnd = Exclude<
  MetricOf<'concordat-transfer-audit'>,
  'Violations' | 'SilencingChanges' | 'ThreatsFound' | 'Refusals' | 'LagSeconds'
>;

/** Writes the log of one run. */
export class Report {
  private stagedCount = 0;
  private unreadableCount = 0;
  private gapCount = 0;
  private nonDeliveryCount = 0;
  private failureCount = 0;
  private lag: number | undefined;

  private readonly log: Log<typeof METRICS>;

  constructor(props: Omit<LogProps<typeof METRICS>, 'metrics'>) {
    this.log = new Log({ ...props, metrics: METRICS });
  }

  /** An entry is new. `lag` is how long after the event it was staged, in milliseconds. */
  staged(lag: number): void {
    this.stagedCount += 1;
    this.lag = Math.max(this.lag ?? 0, lag / 1000);
  }

  /** An event should not have been possible. */
  violation(name: string, { kind, reasons, owner, recipient, agreement }: Meaning, id: string): void {
    this.log.line('ERROR', {
      event: 'violation',
      security: true,
      id,
      call: name,
      kind,
      reasons,
      owner,
      recipient,
      agreement,
    });
    this.log.metrics({ Violations: 1 });
  }

  /** Something was changed that could silence alarms and logs. */
  silencing(name: string, { kind, owner, resource }: Meaning, id: string): void {
    this.log.line('ERROR', {
      event: 'silencing-change',
      security: true,
      id,
      call: name,
      kind,
      owner,
      resource,
    });
    this.log.metrics({ SilencingChanges: 1 });
  }

  /** A scan found malware in what was deposited. */
  threat({ owner, agreement }: Meaning, id: string): void {
    this.log.line('ERROR', { event: 'threat-found', security: true, id, owner, agreement });
    this.log.metrics({ ThreatsFound: 1 });
  }

  /** An account was refused so often, in one log file. */
  refused(account: string, count: number): void {
    this.log.metrics({ Refusals: count }, { [REFUSED_ACCOUNT]: account });
  }

  /** A file can’t be read. It goes to the dead letters by itself, and can be sent again from there. */
  unreadable(bucket: string, key: string, reason: string): void {
    this.unreadableCount += 1;
    this.log.line('ERROR', { event: 'unreadable-file', bucket, key, reason });
  }

  /** The log is not whole. */
  gap(gap: Gap): void {
    this.gapCount += 1;
    this.log.line('ERROR', { event: 'digest-gap', security: true, ...gap });
  }

  /** A recipient has not collected, or can’t any more. */
  outcome({ kind, deposit, recipient, time, release }: Outcome): void {
    if (kind === 'not-collected') this.nonDeliveryCount += 1;
    const { id, owner, agreement } = deposit;
    const violation = kind === 'unreleased-read';
    if (violation) this.log.metrics({ Violations: 1 });
    this.log.line(violation ? 'ERROR' : 'WARN', {
      ...(violation && { security: true }),
      event: kind,
      transfer: id,
      owner,
      agreement,
      recipient,
      time,
      release,
    });
  }

  /** Something failed, and is tried again. */
  failure(what: string, error: string): void {
    this.failureCount += 1;
    this.log.line('ERROR', { event: 'failed', what, error });
  }

  /** The index is not the one that was synthesised: nothing is judged until it is. */
  otherIndex(error: string): void {
    this.failureCount += 1;
    this.log.line('ERROR', { event: 'other-index', security: true, error });
  }

  /** Something worth a line. */
  note(event: string, fields: Fields): void {
    this.log.line('INFO', { event, ...fields });
  }

  /** The end of a run. */
  finished(): void {
    const counts: Record<AtTheEnd, number> = {
      Staged: this.stagedCount,
      Unreadable: this.unreadableCount,
      DigestGaps: this.gapCount,
      NonDelivery: this.nonDeliveryCount,
      Failures: this.failureCount,
    };
    this.log.metrics({ ...counts, ...(this.lag !== undefined && { LagSeconds: this.lag }) });
  }
}
