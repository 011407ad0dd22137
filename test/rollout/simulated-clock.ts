/** A clock that runs as fast as there is work: it stands still while anything is done, and leaps to whoever waits the shortest. */
import type { RolloutClock } from '../../lib/rollout/run';

/** Time in milliseconds since 1970. */
export class SimulatedClock {
  #now = Date.UTC(2026, 11, 4, 9);
  readonly #waiting: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.#now + milliseconds;
      const behind = this.#waiting.findIndex((each) => each.at > at);
      this.#waiting.splice(behind === -1 ? this.#waiting.length : behind, 0, { at, wake });
    });
  }

  /** Wakes later, unless that is taken back. */
  after(milliseconds: number, wake: () => void): { readonly cancel: () => void } {
    const waiting = { at: this.#now + milliseconds, wake };
    const behind = this.#waiting.findIndex((each) => each.at > waiting.at);
    this.#waiting.splice(behind === -1 ? this.#waiting.length : behind, 0, waiting);
    return {
      cancel: () => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
      },
    };
  }

  /** The clock of a rollout. */
  ofRollout(): RolloutClock {
    return {
      now: () => this.now(),
      remaining: () => Number.POSITIVE_INFINITY,
      sleep: (milliseconds) => this.sleep(milliseconds),
      pause: (milliseconds) => this.sleep(milliseconds),
    };
  }

  /** Lets time pass until the work is done, or nobody waits any more: undefined then. */
  async until<T>(work: Promise<T>): Promise<T | undefined> {
    let done: { readonly value: T } | { readonly error: unknown } | undefined;
    work.then(
      (value) => {
        done = { value };
      },
      (error: unknown) => {
        done = { error };
      },
    );
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done !== undefined) break;
      const next = this.#waiting.shift();
      if (next === undefined) return undefined;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    if ('error' in done) throw done.error;
    return done.value;
  }
}
