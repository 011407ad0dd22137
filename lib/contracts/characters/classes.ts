/** Classes of characters: those that none of some sets tells apart. An automaton then has one column for each class. */
import { type CodePoints, LAST_CODE_POINT } from './code-points';

/** All characters, parted into classes. */
export interface Classes {
  /** The first character of each run, in order from 0 up; neighbouring runs may be of one class. */
  readonly starts: readonly number[];
  /** The class of each run. Classes are numbered as they first occur. */
  readonly classOf: readonly number[];
  /** For each class, the numbers of the sets that hold its characters, in order. */
  readonly members: readonly (readonly number[])[];
}

/** Parts all characters by sets. @param cuts characters at which a run is to begin, whatever the sets */
export function classesOf(sets: readonly CodePoints[], cuts: readonly number[] = []): Classes {
  const borders = sets.flatMap((set) => set.map((point, n) => (n % 2 === 0 ? point : point + 1)));
  const starts = [...new Set([0, ...cuts, ...borders])]
    .filter((point) => point <= LAST_CODE_POINT)
    .sort((a, b) => a - b);
  const numbers = new Map<string, number>();
  const members: number[][] = [];
  // Where each set has been read to: characters come in order.
  const at = sets.map(() => 0);
  const classOf = starts.map((start) => {
    const within = sets.flatMap((set, n) => {
      while ((set[(at[n] ?? 0) + 1] ?? Number.POSITIVE_INFINITY) < start) at[n] = (at[n] ?? 0) + 2;
      return (set[at[n] ?? 0] ?? Number.POSITIVE_INFINITY) <= start ? [n] : [];
    });
    const key = within.join();
    const known = numbers.get(key) ?? members.push(within) - 1;
    numbers.set(key, known);
    return known;
  });
  return { starts, classOf, members };
}
