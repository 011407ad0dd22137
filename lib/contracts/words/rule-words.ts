/** A rule of a contract as sentences, before it is known what came of it. */
import type { Words } from '../../words';

/** A rule in words. */
export interface RuleWords {
  /** What it is about: a column, columns, or the file. */
  readonly about: Words;
  /** What is asked, to follow “must”. */
  readonly must: Words;
  /** What to do where it is broken, to a colon and on. */
  readonly mend: Words;
  /** What the contract calls it. */
  readonly name?: string;
  /** The unit of what is measured: nothing but of metrics in percent. */
  readonly unit?: string;
  /** What is counted where it is broken. */
  readonly counts: 'values' | 'rows' | 'files';
}
