/**
 * What the broker writes to its log: a line of JSON for each action, and one record in CloudWatch’s embedded metric format
 * for each run. Nothing here is personal data: the names are those of shares.
 */
import { FUNCTION_METRICS, type MetricOf } from '../../lib/names';
import { type Clock, type Fields, Log, type Write } from '../../lib/runtime';
import type { Grant } from './ports';
import type { Failure, RunResult } from './result';

const METRICS = FUNCTION_METRICS['concordat-grant-broker'];
/** What each run reports at its end: all, but for the days that key material has left where it has no end, and liftings. */
type AtTheEnd = Exclude<MetricOf<'concordat-grant-broker'>, 'KeyMaterialDaysLeft' | 'StopsLifted'>;

/** Writes the log of one run. */
export class Report {
  private readonly log: Log<typeof METRICS>;

  constructor(
    write: Write,
    clock: Pick<Clock, 'now'>,
    { key, functionName }: { readonly key: string; readonly functionName: string },
  ) {
    this.log = new Log({ write, clock, functionName, metrics: METRICS, about: { key } });
  }

  /** Something was done, or in a dry run would be. */
  action(action: string, fields: Fields): void {
    this.log.line('INFO', { action, ...fields });
  }

  /** What an access point’s policy allowed could not be kept when it was closed: only a deployment brings it back. */
  policyLost(share: string, why: string): void {
    this.log.line('WARN', { action: 'policy-lost', share, why });
  }

  /** Something failed. */
  failure(failure: Failure): void {
    this.log.line('ERROR', { action: 'failed', ...failure });
  }

  /** A step of an emergency stop, or of its lifting. The ledger has the same step from CloudTrail, not from this line. */
  emergency(fields: Fields & { readonly failed: boolean }): void {
    this.log.line(fields.failed ? 'ERROR' : 'WARN', { event: 'emergency-stop', security: true, ...fields });
  }

  /** So many shares were stopped: told at once, and not only by the next run. */
  stopped(shares: number): void {
    this.log.metrics({ StoppedShares: shares });
  }

  /** A stop was lifted, of so many shares that are listed. */
  lifted(shares: number): void {
    this.log.metrics({ StopsLifted: Math.max(1, shares) });
  }

  /** A grant was made outside the register. The ledger has it from CloudTrail, not from this line. */
  unexpectedGrant(grant: Grant, dryRun: boolean): void {
    const { createdAt, ...rest } = grant;
    const created = new Date(createdAt).toISOString();
    this.log.line('WARN', { event: 'unexpected-grant', security: true, dryRun, grant: { ...rest, created } });
  }

  /** The end of a run: what it came to, and its metrics. */
  finished(result: RunResult): void {
    const { pending, notYetGone, failures, stoppedShares, ...counts } = result;
    this.log.line(failures.length > 0 ? 'ERROR' : 'INFO', {
      action: 'finished',
      ...counts,
      stopped: stoppedShares.length,
      pending: pending.length,
      notYetGone: notYetGone.length,
      failures: failures.length,
    });
    if (result.dryRun) return;
    const counted: Record<AtTheEnd, number> = {
      GrantsInForce: result.inForce,
      GrantsCreated: result.created,
      GrantsRevoked: result.revoked,
      GrantsPending: pending.length,
      UnexpectedGrants: result.unexpected,
      Failures: failures.length,
      OldestPendingMinutes: pending.reduce((most, { minutes }) => Math.max(most, minutes), 0),
      StoppedShares: stoppedShares.length,
      StopsHeld: result.closedAgain,
      CustodyFaults: result.custodyFaults,
    };
    const { materialDaysLeft: days } = result;
    this.log.metrics({ ...counted, ...(days !== undefined && { KeyMaterialDaysLeft: days }) });
  }

  /** The run could not even begin, or broke off: one failure, and nothing known of the grants. */
  brokenOff(error: string): void {
    this.log.line('ERROR', { action: 'broken-off', error });
    this.log.metrics({ Failures: 1 });
  }
}
