/** What is found in one line, until it is known that the line as a whole can be read. */

/** Rules that a line breaks, with the places of the values: kept as numbers, and empty for most lines. */
export class Pending {
  /** Of each finding: the rule, the column in the plan (-1 for none), and the first byte of the value in the scanned bytes. */
  readonly #numbers: number[] = [];

  /** A rule is broken by a value. */
  add(rule: number, column: number, byte: number): void {
    this.#numbers.push(rule, column, byte);
  }

  /** Forgets what was found. */
  clear(): void {
    this.#numbers.length = 0;
  }

  get some(): boolean {
    return this.#numbers.length > 0;
  }

  /** Tells each, in the order in which they were found. */
  each(tell: (rule: number, column: number, byte: number) => void): void {
    const numbers = this.#numbers;
    for (let n = 0; n < numbers.length; n += 3)
      tell(numbers[n] ?? 0, numbers[n + 1] ?? 0, numbers[n + 2] ?? 0);
  }
}
