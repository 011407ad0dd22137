/** All that one column asks of a single value. */

/**
 * The rules of a column for one value, which is a range of bytes in UTF-8 and not empty: what is asked of no value (`required`)
 * is for the one who reads rows. GSS codes that were to be in use on the day of another column are asked by `RowRules`.
 */
export interface ValueRules {
  /** Whether the value keeps every rule. Quick: no string is made. */
  holds(bytes: Uint8Array, from: number, to: number): boolean;
  /** The rules that it breaks, by their numbers in the findings; none where it holds. A value of another type breaks that rule alone. */
  broken(bytes: Uint8Array, from: number, to: number): readonly number[];
}
