/** Asking again, and not asking too fast. */
import { setTimeout } from 'node:timers/promises';
import { isDenied, isPassing } from './again';
import type { WaitingClock } from './invocation';

/** Waits double, up to this, in milliseconds. */
export const LONGEST_WAIT = 15_000;
const FIRST_WAIT = 200;
const ATTEMPTS = 6;
const FIRST_WAIT_FOR_RIGHTS = 1_000;
const LONGEST_WAIT_FOR_RIGHTS = 8_000;

/** The clock of a run, and how patient it is where it is refused. */
export interface RunClock extends WaitingClock {
  /**
   * Until when the rights of this function may still be on their way to where they are asked for, in milliseconds since
   * 1970: what is refused before is asked again. Where it is not set, a refusal is taken at its word.
   */
  readonly rightsSettleBy?: number | undefined;
}

/** Calls until it succeeds, as `insist` does; for what takes several calls, each of which is to be repeated by itself. */
export type Again = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Calls until it succeeds, at most six times, for as long as what fails is passing and there is time; and for want of rights,
 * until these must have arrived.
 * @param passes which errors to ask again after; `isPassing` if not given
 */
export async function insist<T>(
  clock: RunClock,
  call: () => Promise<T>,
  passes: (error: unknown) => boolean = isPassing,
): Promise<T> {
  const settled = clock.rightsSettleBy ?? Number.NEGATIVE_INFINITY;
  for (let wait = FIRST_WAIT_FOR_RIGHTS; ; wait = Math.min(wait * 2, LONGEST_WAIT_FOR_RIGHTS)) {
    try {
      return await whilePassing(clock, call, passes);
    } catch (error) {
      if (!isDenied(error) || clock.now() + wait > settled || clock.remaining() <= wait) throw error;
      await clock.sleep(wait);
    }
  }
}

async function whilePassing<T>(
  clock: WaitingClock,
  call: () => Promise<T>,
  passes: (error: unknown) => boolean,
): Promise<T> {
  for (let attempt = 1, wait = FIRST_WAIT; ; attempt++, wait *= 2) {
    try {
      return await call();
    } catch (error) {
      if (!passes(error) || attempt === ATTEMPTS || clock.remaining() <= wait) throw error;
      await clock.sleep(wait);
    }
  }
}

/** `insist` for calls that are made elsewhere. */
export function insisting(clock: RunClock): Again {
  return (call) => insist(clock, call);
}

/** How often a refusal is heard before it is believed. */
const HEARD = 3;

/**
 * Insists, and takes what does not pass at its word only where it is heard three times, a second and then two apart: before
 * something is done that cannot be taken back. Once believed, a refusal for want of rights is believed at once in later calls.
 */
export function doubting(clock: RunClock): Again {
  let believed = false;
  return async (call) => {
    for (let heard = 1, wait = FIRST_WAIT_FOR_RIGHTS; ; heard++, wait *= 2) {
      try {
        return await insist(clock, call);
      } catch (error) {
        if (isPassing(error) || (believed && isDenied(error)) || clock.remaining() <= wait) throw error;
        if (heard === HEARD) {
          believed ||= isDenied(error);
          throw error;
        }
        await clock.sleep(wait);
      }
    }
  };
}

/** Insists by the clock on the wall, for what keeps no clock of its own: six seconds at most, which every run of ours has. */
export const patiently: Again = insisting({
  now: Date.now,
  remaining: () => Number.POSITIVE_INFINITY,
  sleep: (milliseconds) => setTimeout(milliseconds),
});

/** Lets so many calls a second pass. */
export class Pace {
  private next = 0;

  constructor(
    private readonly clock: Pick<WaitingClock, 'now' | 'sleep'>,
    private readonly perSecond: number,
  ) {}

  /** Waits for the next turn. */
  async turn(): Promise<void> {
    const now = this.clock.now();
    const at = Math.max(now, this.next);
    this.next = at + 1000 / this.perSecond;
    if (at > now) await this.clock.sleep(at - now);
  }
}
