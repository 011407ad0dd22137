/** What a proof comes to. */
import type { Answer } from './examine';
import type { ImpliedShare } from './shares';

/** What the proof came to. */
export interface Proof {
  readonly organisations: number;
  /** Ordered pairs of organisations. */
  readonly pairs: number;
  readonly shares: number;
  /** Requests that the engine decided. */
  readonly asked: number;
  /** Requests that were each compared with what agreements imply. */
  readonly compared: number;
  /** Requests that these stand for: the same for every asker and every action of one class. */
  readonly covered: number;
  readonly differences: readonly Answer[];
  readonly notJudged: readonly Answer[];
  /** Shares that the agreements imply, for which there is no access point. */
  readonly withoutAccessPoint: readonly ImpliedShare[];
  readonly notUnderstood: readonly string[];
}
