/**
 * What the sealer writes to its log: a line of JSON for each sealing and each failure, and one record in CloudWatch’s
 * embedded metric format for each run. Event ids are in it; what the entries say is not.
 */
import { FUNCTION_METRICS, type MetricOf } from '../../lib/names';
import { type Clock, type Fields, Log, type Write } from '../../lib/runtime';

const METRICS = FUNCTION_METRICS['concordat-ledger-seal'];

/** The result of one run. */
export interface RunResult {
  sealed: number;
  /** The size of the ledger, if the run came to know it. */
  size: number | undefined;
  lagSeconds: number;
  failures: number;
  /** How often the ledger’s bucket held what no sealer has written. Each is a failure too. */
  damaged: number;
  timestampFailures: number;
}

/** A run that has done nothing yet. */
export function emptyResult(): RunResult {
  return { sealed: 0, size: undefined, lagSeconds: 0, failures: 0, damaged: 0, timestampFailures: 0 };
}

/** Writes the log of runs. */
export class Report {
  private readonly log: Log<typeof METRICS>;

  constructor(
    write: Write,
    clock: Pick<Clock, 'now'>,
    { origin, functionName }: { readonly origin: string; readonly functionName: string },
  ) {
    this.log = new Log({ write, clock, functionName, metrics: METRICS, about: { origin } });
  }

  /** A checkpoint was published and all that follows from it is done. */
  sealed(fields: Fields): void {
    this.log.line('INFO', { action: 'sealed', ...fields });
  }

  /** A timestamp was received. */
  stamped(fields: Fields): void {
    this.log.line('INFO', { action: 'stamped', ...fields });
  }

  /** Something failed, and the run goes on. */
  failed(result: RunResult, what: string, fields: Fields): void {
    result.failures += 1;
    this.log.line('ERROR', { action: 'failed', what, ...fields });
  }

  /** The bucket holds what no sealer has written: evidence of tampering, which nothing repairs. The run fails by it too. */
  damaged(result: RunResult, error: string): void {
    result.damaged += 1;
    result.failures += 1;
    this.log.line('ERROR', { event: 'ledger-damaged', security: true, error });
  }

  /** A timestamp failed, which holds up nothing. */
  notStamped(result: RunResult, fields: Fields): void {
    result.timestampFailures += 1;
    this.log.line('WARN', { action: 'not-stamped', ...fields });
  }

  /** The end of a run. */
  finished(result: RunResult): void {
    const values: Record<MetricOf<'concordat-ledger-seal'>, number> = {
      Sealed: result.sealed,
      SealingLagSeconds: result.lagSeconds,
      Failures: result.failures,
      Damaged: result.damaged,
      TimestampFailures: result.timestampFailures,
    };
    this.log.metrics(values);
  }
}
