/** Asking AWS again: after what passes, as its errors are understood here. */
import * as runtime from '../../lib/runtime';
import { isDenied, kindOf } from './errors';

/** The clock of a run. */
export interface RunClock extends runtime.WaitingClock {
  /**
   * Until when the rights of this function may still be on their way to where they are asked for, in milliseconds since
   * 1970: what is refused before is asked again. Only a run that CloudFormation waits for has it.
   */
  readonly rightsSettleBy?: number | undefined;
}

const FIRST_WAIT_FOR_RIGHTS = 1_000;
const LONGEST_WAIT_FOR_RIGHTS = 8_000;

/** Calls until it succeeds, for as long as what fails is passing and there is time. */
export async function insist<T>(clock: RunClock, call: () => Promise<T>): Promise<T> {
  const settled = clock.rightsSettleBy ?? Number.NEGATIVE_INFINITY;
  for (let wait = FIRST_WAIT_FOR_RIGHTS; ; wait = Math.min(wait * 2, LONGEST_WAIT_FOR_RIGHTS)) {
    try {
      return await runtime.insist(clock, call, passes);
    } catch (error) {
      if (!isDenied(error) || clock.now() + wait > settled || clock.remaining() <= wait) throw error;
      await clock.sleep(wait);
    }
  }
}

/** `insist` for calls that are made elsewhere. */
export function insisting(clock: RunClock): runtime.Again {
  return (call) => insist(clock, call);
}

function passes(error: unknown): boolean {
  const kind = kindOf(error);
  return kind === 'throttled' || kind === 'transient';
}
