/** Asking again what passes by itself: a line that is down, a server that is busy. */

import { failureOf } from '../../../client/in-browsers';
import { StoreFailure } from '../../../delivery';

/** Milliseconds before each further try. */
const WAITS = [500, 1_500, 4_000, 8_000];

/**
 * Makes a call, and again where what was in the way passes. While the browser knows that it is offline it waits until it is not.
 * @throws StoreFailure, DeliveryRefused: what was in the way at the last try
 */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let times = 0; ; times++) {
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error);
      const wait = WAITS[times];
      if (!(failure instanceof StoreFailure) || !passes(failure) || wait === undefined) throw failure;
      await (navigator.onLine ? new Promise((done) => setTimeout(done, wait)) : online());
    }
  }
}

function passes({ kind }: StoreFailure): boolean {
  return kind === 'unreachable' || kind === 'busy';
}

/** Once the browser says that it is online. */
export function online(): Promise<void> {
  return new Promise((done) => {
    if (navigator.onLine) done();
    else addEventListener('online', () => done(), { once: true });
  });
}
