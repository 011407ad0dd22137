/** Keeps what is done for each of several apart in time, such as e-mails to one mailbox. */
import type { WaitingClock } from './invocation';

/** One run’s share of a pace: each turn of a key comes so long after the one before. What the run has worked meanwhile counts. */
export class Apart {
  /** By the key, from when on it has its next turn. */
  private readonly next = new Map<string | undefined, number>();

  /**
   * @param milliseconds between two turns of a key
   * @param first from when on a key has its first turn, in milliseconds since 1970; at once if not given
   */
  constructor(
    private readonly clock: Pick<WaitingClock, 'now' | 'sleep'>,
    private readonly milliseconds: number,
    private readonly first = 0,
  ) {}

  /** Waits for the next turn of a key, and takes it. */
  async turn(key: string | undefined): Promise<void> {
    const { clock, next } = this;
    const early = (next.get(key) ?? this.first) - clock.now();
    if (early > 0) await clock.sleep(early);
    next.set(key, clock.now() + this.milliseconds);
  }
}
