/** Asking again, and not asking too fast. */
import { kindOf } from './errors';
import type { Again, Clock } from './ports';

/** Waits double, up to this. */
export const LONGEST_WAIT = 15_000;
const FIRST_WAIT = 200;
const ATTEMPTS = 6;

/** Calls until it succeeds, for as long as what fails is passing and there is time. */
export async function insist<T>(clock: Clock, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1, wait = FIRST_WAIT; ; attempt++, wait *= 2) {
    try {
      return await call();
    } catch (error) {
      const kind = kindOf(error);
      const passing = kind === 'throttled' || kind === 'transient';
      if (!passing || attempt === ATTEMPTS || clock.remaining() <= wait) throw error;
      await clock.sleep(wait);
    }
  }
}

/** `insist` for calls that are made elsewhere. */
export function insisting(clock: Clock): Again {
  return (call) => insist(clock, call);
}

/** Lets so many calls a second pass. */
export class Pace {
  private next = 0;

  constructor(
    private readonly clock: Clock,
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
