/** One row of values, as every format hands it to the rules. */

/** Where each column of the plan is in a row; -1 for one that the file does not have. */
export type Slots = ArrayLike<number>;

/**
 * The values of a row, all in one array of bytes: each is its text in UTF-8 as CSV would
 * have it between quotes (`2027-04-01`, `-12.50`, `true`). A value of no bytes is no value, whatever the format.
 */
export interface Row {
  readonly bytes: Uint8Array;
  /** Where the value of each slot begins in `bytes`. */
  readonly from: Int32Array;
  /** Where each ends: the first byte behind it. */
  readonly to: Int32Array;
  /** Counted from 1. */
  readonly number: number;
  /** The line of text of a column’s value, or of the row for -1; -1 for formats without lines. */
  lineOf(column: number): number;
  /** The first byte of a column’s value in the unpacked file, or of the row for -1; -1 for formats where nobody could look. */
  byteOf(column: number): number;
}
