/** A change in a sentence, and whether it widens what anybody may do. */

import type { Words } from '../../words';

/** Comes, goes, changes, or is to be looked at first. */
type Mark = '+' | '-' | '~' | '!';

/** One change. Names of things in AWS, and what can be copied, are code. */
export interface Told {
  readonly mark: Mark;
  readonly sentence: Words;
  /** What belongs to it, a line each. */
  readonly more: readonly Words[];
  readonly widens: boolean;
}
