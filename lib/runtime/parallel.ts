/** Doing several things at once, and not too many: the items of a list, or whatever comes. */

/**
 * Does something with each item, at most `most` at a time. After a failure it begins no more, waits for those that were
 * begun, and throws: the error itself, or an AggregateError where several failed.
 *
 * It waits because a function that answers is frozen: what was still under way would go on in the next run, beside that
 * run's own work and with nobody to see it fail. It tells every failure because the first need not be the gravest: evidence
 * of tampering may fail beside a throttled write. Libraries do one or the other (p-map rejects at once, or does all).
 */
export async function inParallel<T>(
  items: Iterable<T>,
  most: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const lane = async () => {
    for (let next = rest.next(); !next.done; next = rest.next()) {
      try {
        await act(next.value);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} failed side by side`);
  if (failures.length > 0) throw failures[0];
}

/** Does what it is given, at most so many at a time, in the order in which it was given. What fails, fails for its giver. */
export class Lanes {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(most: number) {
    this.free = most;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
