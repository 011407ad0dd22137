/** What comes of two builds that were measured in turn: how many times what the one took the other took, pair by pair. */
import type { MeasureName } from './measures';
import { median } from './results';
import type { Usage } from './run';

/** One run of each build, the one straight after the other. */
export interface Pair {
  /** The commit that is compared with. */
  readonly before: Usage;
  /** This build. */
  readonly now: Usage;
}

/** One measure of one register by two builds. */
export interface Comparison {
  readonly register: string;
  readonly organisations: number;
  readonly agreements: number;
  readonly measure: MeasureName;
  readonly pairs: readonly Pair[];
  /** Why there are no further pairs, where a build did not come to its end. */
  readonly failure?: string;
}

/** The ratios of some pairs. */
export interface Ratios {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * What this build took as a share of what the other took, in each pair: what else the machine did fell on both alike.
 * Undefined if there are no pairs.
 */
export function ratiosOf(pairs: readonly Pair[], figure: keyof Usage): Ratios | undefined {
  if (pairs.length === 0) return undefined;
  const ratios = pairs.map(({ before, now }) => now[figure] / before[figure]);
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
