/** Statements as JSON, and whom changes of them bring in. */

/** A statement, with functions of CloudFormation in it. */
export type Statement = Readonly<Record<string, unknown>>;

/** An account that no register names. */
export const STRANGER = '999999999999';

/** A list, or what stands for a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
