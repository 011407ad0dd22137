/** Sets of Unicode code points, as sorted ranges that do not touch: first, last, first, last … */

/** A set of code points. */
export type CodePoints = readonly number[];

export const LAST_CODE_POINT = 0x10ffff;
export const DIGITS: CodePoints = [0x30, 0x39];
/** ECMA-262’s WordCharacters. */
export const WORD: CodePoints = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
/** ECMA-262’s WhiteSpace and LineTerminator. */
export const SPACE: CodePoints = [
  ...[0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029],
  ...[0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff],
];
/** What `.` does not match. */
const LINE_ENDS: CodePoints = [0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029];

/** What `.` matches. */
export const ANY: CodePoints = complement(LINE_ENDS);

/** All that is in one of them. */
export function union(...sets: readonly CodePoints[]): CodePoints {
  const ranges = sets.flatMap((set) => pairs(set)).sort(([a], [b]) => a - b);
  const joined: number[] = [];
  for (const [first, last] of ranges) {
    const end = joined.at(-1);
    if (end !== undefined && first <= end + 1) joined[joined.length - 1] = Math.max(end, last);
    else joined.push(first, last);
  }
  return joined;
}

/** All code points that are not in it. */
export function complement(set: CodePoints): CodePoints {
  const rest: number[] = [];
  let next = 0;
  for (const [first, last] of pairs(set)) {
    if (first > next) rest.push(next, first - 1);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) rest.push(next, LAST_CODE_POINT);
  return rest;
}

const properties = new Map<string, CodePoints>();

/**
 * The set of `\p{…}`, such as `\p{Lu}`, asked of the runtime’s own Unicode for each code point. That takes some tens of
 * milliseconds, and is remembered.
 * @throws SyntaxError for one that there is not
 */
export function property(name: string): CodePoints {
  const known = properties.get(name);
  if (known) return known;
  const one = new RegExp(`^${name}$`, 'u');
  const set: number[] = [];
  for (let point = 0; point <= LAST_CODE_POINT; point++) {
    if (!one.test(String.fromCodePoint(point))) continue;
    if (set.at(-1) === point - 1) set[set.length - 1] = point;
    else set.push(point, point);
  }
  properties.set(name, set);
  return set;
}

function pairs(set: CodePoints): (readonly [number, number])[] {
  return Array.from({ length: set.length / 2 }, (_, n) => [set[2 * n] ?? 0, set[2 * n + 1] ?? 0] as const);
}
