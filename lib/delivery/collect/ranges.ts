/** In which ranges an object is fetched, and which of them are there. */

const MEBIBYTE = 2 ** 20;
/** Small enough to be fetched again after an interruption, large enough for few requests. */
const USUAL = 8 * MEBIBYTE;
/** A journal of 50 TB, the largest object of S3, is then still a short one. */
const MOST_RANGES = 50_000;

/** How an object is taken apart: ranges of one size, but for the last. An empty object has one, which is empty. */
export interface RangePlan {
  readonly bytes: number;
  readonly rangeBytes: number;
  readonly count: number;
}

/** Some bytes of an object; `to` is the first that does not belong to it. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The plan for an object of so many bytes. It depends on nothing else, so that what was begun fits what goes on.
 * @param usual the bytes of a range, where that does not make too many
 */
export function rangePlan(bytes: number, usual = USUAL): RangePlan {
  const least = Math.ceil(bytes / MOST_RANGES / MEBIBYTE) * MEBIBYTE;
  const rangeBytes = Math.max(usual, bytes > MOST_RANGES * usual ? least : 0);
  return { bytes, rangeBytes, count: Math.max(1, Math.ceil(bytes / rangeBytes)) };
}

/** One range of it. @throws RangeError where the plan has no such range */
export function rangeAt({ bytes, rangeBytes, count }: RangePlan, index: number): ByteRange {
  if (!(index >= 0 && index < count)) throw new RangeError(`there is no range ${index} of ${count}`);
  return { from: index * rangeBytes, to: Math.min(bytes, (index + 1) * rangeBytes) };
}

/** Runs of indexes, both ends counted, in order and apart: `[[0, 4], [7, 7]]`. */
export type Runs = readonly (readonly [first: number, last: number])[];

/** Indexes as runs. */
export function runsOf(indexes: Iterable<number>): Runs {
  const runs: [number, number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && index <= last[1] + 1) last[1] = Math.max(last[1], index);
    else runs.push([index, index]);
  }
  return runs;
}

/** The indexes of runs, or undefined where they are none of a plan with so many ranges. */
export function indexesOf(runs: Runs, count: number): Set<number> | undefined {
  const indexes = new Set<number>();
  let before = -1;
  for (const [first, last] of runs) {
    if (
      !Number.isInteger(first) ||
      !Number.isInteger(last) ||
      first <= before ||
      last < first ||
      last >= count
    )
      return undefined;
    for (let index = first; index <= last; index++) indexes.add(index);
    before = last;
  }
  return indexes;
}
