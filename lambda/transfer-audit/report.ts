/**
 * What the audit writes to its log: lines of JSON, and for each run one record in CloudWatch’s embedded metric format. A
 * violation has a record of its own at once, so that a run that ends early has alarmed all the same. No names of people
 * are in it, nor of objects.
 */
import type { Gap } from '../../lib/transfers/digest';
import type { Finding } from '../../lib/transfers/finding';
import type { Outcome } from '../../lib/transfers/review';
import type { Clock, Write } from './ports';

/** The namespace of the metrics. Their one dimension is the function’s name. */
export const METRIC_NAMESPACE = 'Concordat/Audit';
/** The metrics, each with its unit. */
export const METRICS = {
  Staged: 'Count',
  Violations: 'Count',
  Unreadable: 'Count',
  DigestGaps: 'Count',
  NonDelivery: 'Count',
  Failures: 'Count',
  LagSeconds: 'Seconds',
} as const;

type Metric = keyof typeof METRICS;
type Fields = Readonly<Record<string, unknown>>;

/** Writes the log of one run. */
export class Report {
  private stagedCount = 0;
  private unreadableCount = 0;
  private gapCount = 0;
  private nonDeliveryCount = 0;
  private failureCount = 0;
  private lag: number | undefined;

  constructor(
    private readonly write: Write,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly functionName: string,
  ) {}

  /** An entry is new. `lag` is how long after the event it was staged, in milliseconds. */
  staged(lag: number): void {
    this.stagedCount += 1;
    this.lag = Math.max(this.lag ?? 0, lag / 1000);
  }

  /** An event should not have been possible. */
  violation(name: string, { kind, reasons, owner, recipient, agreement }: Finding, id: string): void {
    this.line('ERROR', {
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
    this.metrics({ Violations: 1 });
  }

  /** A file can’t be read. It goes to the dead letters by itself, and can be sent again from there. */
  unreadable(bucket: string, key: string, reason: string): void {
    this.unreadableCount += 1;
    this.line('ERROR', { event: 'unreadable-file', bucket, key, reason });
  }

  /** The log is not whole. */
  gap(gap: Gap): void {
    this.gapCount += 1;
    this.line('ERROR', { event: 'digest-gap', security: true, ...gap });
  }

  /** A recipient has not collected, or can’t any more. */
  outcome({ kind, deposit, recipient, time, release }: Outcome): void {
    if (kind === 'not-collected') this.nonDeliveryCount += 1;
    const { id, owner, agreement } = deposit;
    this.line('WARN', { event: kind, transfer: id, owner, agreement, recipient, time, release });
  }

  /** Something failed, and is tried again. */
  failure(what: string, error: string): void {
    this.failureCount += 1;
    this.line('ERROR', { event: 'failed', what, error });
  }

  /** Something worth a line. */
  note(event: string, fields: Fields): void {
    this.line('INFO', { event, ...fields });
  }

  /** The end of a run. */
  finished(): void {
    this.metrics({
      Staged: this.stagedCount,
      Unreadable: this.unreadableCount,
      DigestGaps: this.gapCount,
      NonDelivery: this.nonDeliveryCount,
      Failures: this.failureCount,
      ...(this.lag !== undefined && { LagSeconds: this.lag }),
    });
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
  private metrics(values: Partial<Record<Metric, number>>): void {
    const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: METRICS[Name as Metric] }));
    const record = {
      _aws: {
        Timestamp: this.clock.now(),
        CloudWatchMetrics: [{ Namespace: METRIC_NAMESPACE, Dimensions: [['FunctionName']], Metrics }],
      },
      FunctionName: this.functionName,
      ...values,
    };
    this.write(JSON.stringify(record));
  }

  private line(level: 'INFO' | 'WARN' | 'ERROR', fields: Fields): void {
    this.write(JSON.stringify({ time: new Date(this.clock.now()).toISOString(), level, ...fields }));
  }
}
