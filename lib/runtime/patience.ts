/** Asking again, and not asking too fast. */
import { isPassing } from './again';
import type { WaitingClock } from './invocation';

/** Waits double, up to this, in milliseconds. */
export const LONGEST_WAIT = 15_000;
const FIRST_WAIT = 200;
const ATTEMPTS = 6;

/** Calls until it succeeds, as `insist` does; for what takes several calls, each of which is to be repeated by itself. */
export type Again = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Calls until it succeeds, at most six times, for as long as what fails is passing and there is time.
 * @param passes which errors to ask again after; `isPassing` if not given
 */
export async function insist<T>(
  clock: WaitingClock,
  call: () => Promise<T>,
  passes: (error: unknown) => boolean = isPassing,
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
