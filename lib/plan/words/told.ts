/** A change in a sentence, and whether it widens what anybody may do. */

/** Comes, goes, changes, or is to be looked at first. */
export type Mark = '+' | '-' | '~' | '!';

/** One change. Code and names of things in AWS stand between backticks. */
export interface Told {
  readonly mark: Mark;
  readonly sentence: string;
  /** What belongs to it, a line each. */
  readonly more: readonly string[];
  readonly widens: boolean;
}
