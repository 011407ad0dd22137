/**
 * What the broker writes to its log: a line of JSON for each action, and one record in CloudWatch’s embedded metric format
 * for each run. Nothing here is personal data: the names are those of shares.
 */
import type { Clock, Grant, Write } from './ports';
import type { Failure, RunResult } from './result';

/** The namespace of the metrics. Their one dimension is the function’s name. */
export const METRIC_NAMESPACE = 'Concordat/KeyGrants';
/** The metrics of a run. */
export const METRICS = [
  'GrantsInForce',
  'GrantsCreated',
  'GrantsRevoked',
  'GrantsPending',
  'UnexpectedGrants',
  'Failures',
  'OldestPendingMinutes',
  'StoppedShares',
  'CustodyFaults',
  'KeyMaterialDaysLeft',
] as const;

type Metric = (typeof METRICS)[number];

/** Metrics in minutes and days, for which CloudWatch has no unit. */
const UNITLESS: ReadonlySet<Metric> = new Set(['OldestPendingMinutes', 'KeyMaterialDaysLeft']);
type Fields = Readonly<Record<string, unknown>>;

/** Writes the log of one run. */
export class Report {
  constructor(
    private readonly write: Write,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly about: { readonly key: string; readonly functionName: string },
  ) {}

  /** Something was done, or in a dry run would be. */
  action(action: string, fields: Fields): void {
    this.line('INFO', { action, ...fields });
  }

  /** Something failed. */
  failure(failure: Failure): void {
    this.line('ERROR', { action: 'failed', ...failure });
  }

  /** A step of an emergency stop, or of its lifting. The line is an event for the ledger. */
  emergency(fields: Fields & { readonly failed: boolean }): void {
    this.line(fields.failed ? 'ERROR' : 'WARN', { event: 'emergency-stop', security: true, ...fields });
  }

  /** Somebody made a grant past the register. The line is an event for the ledger. */
  unexpectedGrant(grant: Grant, dryRun: boolean): void {
    const { createdAt, ...rest } = grant;
    const created = new Date(createdAt).toISOString();
    this.line('WARN', { event: 'unexpected-grant', security: true, dryRun, grant: { ...rest, created } });
  }

  /** The end of a run: what it came to, and its metrics. */
  finished(result: RunResult): void {
    const { pending, notYetGone, failures, ...counts } = result;
    this.line(failures.length > 0 ? 'ERROR' : 'INFO', {
      action: 'finished',
      ...counts,
      pending: pending.length,
      notYetGone: notYetGone.length,
      failures: failures.length,
    });
    if (result.dryRun) return;
    this.metrics({
      GrantsInForce: result.inForce,
      GrantsCreated: result.created,
      GrantsRevoked: result.revoked,
      GrantsPending: pending.length,
      UnexpectedGrants: result.unexpected,
      Failures: failures.length,
      OldestPendingMinutes: pending.reduce((most, { minutes }) => Math.max(most, minutes), 0),
      StoppedShares: result.stopped,
      CustodyFaults: result.custodyFaults,
      ...(result.materialDaysLeft !== undefined && { KeyMaterialDaysLeft: result.materialDaysLeft }),
    });
  }

  /** The run could not even begin, or broke off: one failure, and nothing known of the grants. */
  brokenOff(error: string): void {
    this.line('ERROR', { action: 'broken-off', error });
    this.metrics({ Failures: 1 });
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
  private metrics(values: Partial<Record<Metric, number>>): void {
    const Metrics = METRICS.filter((name) => values[name] !== undefined).map((Name) => ({
      Name,
      Unit: UNITLESS.has(Name) ? 'None' : 'Count',
    }));
    const record = {
      _aws: {
        Timestamp: this.clock.now(),
        CloudWatchMetrics: [{ Namespace: METRIC_NAMESPACE, Dimensions: [['FunctionName']], Metrics }],
      },
      FunctionName: this.about.functionName,
      ...values,
    };
    this.write(JSON.stringify(record));
  }

  private line(level: 'INFO' | 'WARN' | 'ERROR', fields: Fields): void {
    const time = new Date(this.clock.now()).toISOString();
    this.write(JSON.stringify({ time, level, key: this.about.key, ...fields }));
  }
}
