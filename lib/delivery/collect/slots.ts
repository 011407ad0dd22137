/** How much goes on at once, however many objects and ranges there are. */
export class Slots {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  /** @param most at least one */
  constructor(most: number) {
    this.free = most;
  }

  /** Does something once there is room for it. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
