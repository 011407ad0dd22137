/**
 * Timestamps of a third party on checkpoints. It comes after all sealing of a run, and an authority never fails it: one that
 * is down costs a few seconds and a line in the log.
 */
import {
  CHECKPOINT,
  checkpointPath,
  parseCheckpoint,
  timestampOf,
  timestampPath,
  timestampRequest,
} from '../../lib/ledger';
import { type Clock, described } from '../../lib/runtime';
import { LedgerDamagedError } from './errors';
import type { Store } from './ports';
import type { Report, RunResult } from './report';

const LONGEST_WAIT = 5_000;
/** Milliseconds from one timestamp to the next. */
const EVERY = 3_600_000;
/** A token is some kilobytes, with the chain of certificates. */
const MOST_REPLY_BYTES = 256 * 1024;

/** What asking needs. */
export interface StampProps {
  readonly store: Store;
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly nonce: () => Uint8Array;
  readonly clock: Clock;
  readonly report: Report;
}

/** Asks one authority. */
export class Stamper {
  private last = Number.NEGATIVE_INFINITY;

  constructor(private readonly props: StampProps) {}

  /**
   * Asks for a timestamp on the newest checkpoint, if one is due and there is time. Nothing is thrown; a ledger that is
   * damaged is reported as such, and fails the run.
   */
  async stamp(result: RunResult): Promise<void> {
    const { clock, report } = this.props;
    if (clock.now() - this.last < EVERY || clock.remaining() < 2 * LONGEST_WAIT) return;
    try {
      await this.ask();
      this.last = clock.now();
    } catch (error) {
      if (error instanceof LedgerDamagedError) report.damaged(result, described(error));
      else report.notStamped(result, { error: described(error) });
    }
  }

  private async ask(): Promise<void> {
    const { store, url, fetch, nonce, report } = this.props;
    const newest = await store.get(CHECKPOINT);
    if (!newest) return;
    const size = sizeOf(newest.bytes);
    if (await store.get(timestampPath(size, 'tsr'))) return;
    // This copy is written once; witnesses may add cosignatures to `checkpoint`.
    const signed = await store.get(checkpointPath(size));
    if (!signed) throw new LedgerDamagedError(`${checkpointPath(size)} is missing`);
    const query = timestampPath(size, 'tsq');
    await store.create(query, timestampRequest(signed.bytes, nonce()));
    const request = (await store.get(query))?.bytes ?? Buffer.of();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: Buffer.from(request),
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    if (!response.ok) throw new Error(`the authority answered ${response.status}`);
    const reply = Buffer.from(await response.arrayBuffer());
    if (reply.length > MOST_REPLY_BYTES) throw new Error(`the reply has ${reply.length} bytes`);
    const time = timestampOf(reply, request);
    await store.create(timestampPath(size, 'tsr'), reply);
    report.stamped({ size, time: time.toISOString() });
  }
}

/** Only sealers write it. @throws LedgerDamagedError */
function sizeOf(checkpoint: Uint8Array): number {
  try {
    return parseCheckpoint(checkpoint).size;
  } catch (error) {
    throw new LedgerDamagedError(`${CHECKPOINT} can’t be read`, { cause: error });
  }
}
