/** Asking KMS and S3 Control again: after what passes, as their errors are understood here. */
import * as runtime from '../../lib/runtime';
import { kindOf } from './errors';

/** Calls until it succeeds, for as long as what fails is passing and there is time. */
export function insist<T>(clock: runtime.WaitingClock, call: () => Promise<T>): Promise<T> {
  return runtime.insist(clock, call, passes);
}

/** `insist` for calls that are made elsewhere. */
export function insisting(clock: runtime.WaitingClock): runtime.Again {
  return runtime.insisting(clock, passes);
}

function passes(error: unknown): boolean {
  const kind = kindOf(error);
  return kind === 'throttled' || kind === 'transient';
}
