/**
 * What the sealer writes to its log: a line of JSON for each sealing and each failure, and one record in CloudWatch’s
 * embedded metric format for each run. Event ids are in it; what the entries say is not.
 */
import type { Clock, Write } from './ports';

/** The namespace of the metrics. Their one dimension is the function’s name. */
export const METRIC_NAMESPACE = 'Concordat/Ledger';
/** The metrics of a run. `SealingLagSeconds`: the longest that an entry of the run had waited; 0 if there was none. */
export const METRICS = ['Sealed', 'SealingLagSeconds', 'Failures', 'TimestampFailures'] as const;

/** The result of one run. */
export interface RunResult {
  sealed: number;
  /** The size of the ledger, if the run came to know it. */
  size: number | undefined;
  lagSeconds: number;
  failures: number;
  timestampFailures: number;
}

/** A run that has done nothing yet. */
export function emptyResult(): RunResult {
  return { sealed: 0, size: undefined, lagSeconds: 0, failures: 0, timestampFailures: 0 };
}

type Fields = Readonly<Record<string, unknown>>;

/** Writes the log of runs. */
export class Report {
  constructor(
    private readonly write: Write,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly about: { readonly origin: string; readonly functionName: string },
  ) {}

  /** A checkpoint was published and all that follows from it is done. */
  sealed(fields: Fields): void {
    this.line('INFO', { action: 'sealed', ...fields });
  }

  /** A timestamp was received. */
  stamped(fields: Fields): void {
    this.line('INFO', { action: 'stamped', ...fields });
  }

  /** Something failed, and the run goes on. */
  failed(result: RunResult, what: string, fields: Fields): void {
    result.failures += 1;
    this.line('ERROR', { action: 'failed', what, ...fields });
  }

  /** A timestamp failed, which holds up nothing. */
  notStamped(result: RunResult, fields: Fields): void {
    result.timestampFailures += 1;
    this.line('WARN', { action: 'not-stamped', ...fields });
  }

  /** The end of a run. */
  finished(result: RunResult): void {
    this.write(
      JSON.stringify({
        _aws: {
          Timestamp: this.clock.now(),
          CloudWatchMetrics: [
            {
              Namespace: METRIC_NAMESPACE,
              Dimensions: [['FunctionName']],
              Metrics: METRICS.map((Name) => ({
                Name,
                Unit: Name === 'SealingLagSeconds' ? 'Seconds' : 'Count',
              })),
            },
          ],
        },
        FunctionName: this.about.functionName,
        Sealed: result.sealed,
        SealingLagSeconds: result.lagSeconds,
        Failures: result.failures,
        TimestampFailures: result.timestampFailures,
      }),
    );
  }

  private line(level: 'INFO' | 'WARN' | 'ERROR', fields: Fields): void {
    const time = new Date(this.clock.now()).toISOString();
    this.write(JSON.stringify({ time, level, origin: this.about.origin, ...fields }));
  }
}
