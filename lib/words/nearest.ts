/** Finds the word that a writer most likely meant. */

/** American spellings of words that the register spells the British way. */
const AMERICAN: readonly (readonly [RegExp, string])[] = [
  [/iz(e|ed|es|ing|ation|ations)(?=[A-Z-]|$)/g, 'is$1'],
  [/yz(e|ed|es|ing)(?=[A-Z-]|$)/g, 'ys$1'],
  [/icense(?=[A-Z-]|$)/g, 'icence'],
  [/enter(?=[A-Z-]|$)/g, 'entre'],
  [/olor/g, 'olour'],
  [/ehavior/g, 'ehaviour'],
  [/efense(?=[A-Z-]|$)/g, 'efence'],
];

/** British spellings of names that AWS or a standard spells the American way. */
const BRITISH: readonly (readonly [RegExp, string])[] = [
  [/is(e|ed|es|ing|ation|ations)(?=[A-Z-]|$)/g, 'iz$1'],
];

/** Why the nearest word is thought to be meant. */
export interface Nearest {
  readonly word: string;
  readonly because: 'spelling' | 'american' | 'british';
}

/**
 * The allowed word nearest to what was written, or undefined if none is near.
 * Near means: the other side's spelling, or at most one edit for each three letters (at least one, and no more than
 * three), counting a swap of neighbours as one edit (optimal string alignment distance).
 */
export function nearest(found: string, allowed: readonly string[]): Nearest | undefined {
  for (const [because, respellings] of [
    ['american', AMERICAN],
    ['british', BRITISH],
  ] as const) {
    const respelt = respell(found, respellings);
    const exact = respelt === found ? undefined : allowed.find((word) => word === respelt);
    if (exact !== undefined) return { word: exact, because };
  }
  const simplified = simplify(found);
  let best: { word: string; distance: number } | undefined;
  for (const word of allowed) {
    const other = simplify(word);
    const letters = Math.max(simplified.length, other.length);
    const bound = Math.min(3, Math.max(1, Math.floor(letters / 3)));
    const distance = editDistance(simplified, other, bound);
    if (distance <= bound && (best === undefined || distance < best.distance)) best = { word, distance };
  }
  return best && { word: best.word, because: 'spelling' };
}

function respell(word: string, respellings: readonly (readonly [RegExp, string])[]): string {
  return respellings.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), word);
}

function simplify(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, '');
}

/**
 * Optimal string alignment distance; gives `bound + 1` for anything further apart than `bound`.
 * @internal Only tests import it.
 */
export function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length] ?? 0, bound + 1);
}
