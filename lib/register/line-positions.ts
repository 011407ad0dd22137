/** Turns offsets in a text into lines and columns, counted from 1 in UTF-16 code units. */
export class LinePositions {
  readonly #starts: number[] = [0];

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The line and column of an offset; within the line, or just after its last character. */
  at(offset: number): { line: number; column: number } {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low] ?? 0;
    const next = this.#starts[low + 1];
    const end = next === undefined ? this.text.length : next - (this.text[next - 2] === '\r' ? 2 : 1);
    return { line: low + 1, column: 1 + Math.max(0, Math.min(offset, end) - start) };
  }
}
