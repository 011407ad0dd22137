/** The row that is read: its values side by side in one array of bytes. The same object serves all rows. */
import type { Spot } from '../findings';
import type { Row } from '../rules/row';

/** A row of a Parquet file. It has neither lines nor bytes that anybody could look at. */
export class ParquetRow implements Row {
  bytes = new Uint8Array(4096);
  readonly from: Int32Array;
  readonly to: Int32Array;
  number = 0;
  /** The row in which the value of each column was last of another type. */
  readonly #wrong: Float64Array;
  #length = 1;

  /** @param columns of the plan */
  constructor(columns: number) {
    this.from = new Int32Array(columns);
    this.to = new Int32Array(columns);
    this.#wrong = new Float64Array(columns).fill(-1);
  }

  /** Begins the next row. */
  begin(number: number): void {
    this.number = number;
    // The first byte is what a value is that nobody looks at: something.
    this.#length = 1;
  }

  /** There is no value. */
  clear(column: number): void {
    this.from[column] = 0;
    this.to[column] = 0;
  }

  /** There is a value, which no rule of rows looks at. */
  mark(column: number): void {
    this.from[column] = 0;
    this.to[column] = 1;
  }

  /** There is a value. */
  put(column: number, bytes: Uint8Array, from: number, to: number): void {
    const start = this.#length;
    const length = to - from;
    if (start + length > this.bytes.length) this.#grow(start + length);
    if (length > 32) this.bytes.set(bytes.subarray(from, to), start);
    else for (let n = 0; n < length; n++) this.bytes[start + n] = bytes[from + n] ?? 0;
    this.#length = start + length;
    this.from[column] = start;
    this.to[column] = start + length;
  }

  /** The value of a column is of another type. */
  isWrong(column: number): void {
    this.#wrong[column] = this.number;
  }

  /** Whether the value of a column is of its type, as far as one is there. */
  isOfType(column: number): boolean {
    return this.#wrong[column] !== this.number;
  }

  /** The place of a column’s value in this row. */
  spot(column: number): Spot {
    return { row: this.number, column, line: -1, byte: -1 };
  }

  lineOf(_column: number): number {
    return -1;
  }

  byteOf(_column: number): number {
    return -1;
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, least));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
