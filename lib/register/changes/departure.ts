/** A departure: of organisations that leave, or that stay and hand a part over. */
import type { IsoDate } from '../calendar';
import type { Decision, Heirs } from './decision';

/** Who leaves or hands over, to whom (none where it leaves without successors), when, and what becomes of the agreements. */
export interface Departure {
  readonly heirs: Heirs;
  /** The last day on which those who leave take part, or before what is handed over passes. */
  readonly lastDay: IsoDate;
  readonly decisions: readonly Decision[];
  /** The last day on which what those who leave had shared may still be collected; `lastDay` if not given. */
  readonly windsUp?: IsoDate | undefined;
  /** What is handed over by organisations that stay; absent where they leave. */
  readonly handsOver?: string | undefined;
  /** Successors of whom it is known that they begin without any agreement. */
  readonly emptyHanded: readonly string[];
}
