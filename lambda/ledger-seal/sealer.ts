/** What one invocation of the sealer does: seal, then ask for a timestamp, then report. */
import {
  type Clock,
  described,
  failuresIn,
  type LambdaContext,
  RunFailedError,
  type Write,
} from '../../lib/runtime';
import type { BatchLimits } from './batch';
import type { Environment } from './environment';
import { LedgerDamagedError } from './errors';
import type { LogSigner, Staging, Store } from './ports';
import { Checkpoints } from './publish';
import { emptyResult, Report, type RunResult } from './report';
import { seal } from './seal';
import { Stamper } from './stamp';

/** The function’s clients, and its environment. */
export interface Wiring {
  readonly environment: Environment;
  readonly limits: BatchLimits;
  readonly store: Store;
  readonly staging: Staging;
  readonly signer: LogSigner;
}

/** What the handler is built from. */
export interface SealerProps {
  readonly wire: () => Wiring;
  readonly fetch: typeof fetch;
  readonly nonce: () => Uint8Array;
  readonly write: Write;
  readonly now: () => number;
}

/** Keeps between invocations what need not be read again. */
export class Sealer {
  private ready: { wiring: Wiring; checkpoints: Checkpoints; stamper: Stamper | undefined } | undefined;
  private clock: Clock = { now: () => this.props.now(), remaining: () => this.left() };
  private left: () => number = () => 0;

  constructor(private readonly props: SealerProps) {}

  /**
   * `{}` seals what is staged; `{ "again": true }` first finishes every claim again.
   * @throws RunFailedError if anything failed: the next run repairs it
   */
  async handle(event: unknown, context: LambdaContext): Promise<RunResult> {
    this.left = () => context.getRemainingTimeInMillis();
    this.ready ??= this.prepare();
    const { wiring, checkpoints, stamper } = this.ready;
    const report = this.report(wiring);
    const result = emptyResult();
    try {
      const { store, staging, limits } = wiring;
      await seal(
        { store, staging, checkpoints, clock: this.clock, report, limits },
        result,
        (event as { again?: unknown } | null)?.again === true,
      );
    } catch (error) {
      for (const failure of failuresIn(error)) {
        if (failure instanceof LedgerDamagedError) report.damaged(result, described(failure));
        else report.failed(result, 'the run broke off', { error: described(failure) });
      }
    }
    await stamper?.stamp(result);
    report.finished(result);
    if (result.failures > 0) throw new RunFailedError(`${result.failures} failed; each is in the log`);
    return result;
  }

  private prepare() {
    const wiring = this.props.wire();
    const { environment, store, signer } = wiring;
    const checkpoints = new Checkpoints(store, signer, environment);
    const { fetch, nonce } = this.props;
    const rest = { store, fetch, nonce, clock: this.clock, report: this.report(wiring) };
    const { timestampUrl: url } = environment;
    const stamper = url === undefined ? undefined : new Stamper({ ...rest, url });
    return { wiring, checkpoints, stamper };
  }

  private report({ environment }: Wiring): Report {
    return new Report(this.props.write, this.clock, environment);
  }
}
