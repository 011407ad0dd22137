/** Sets of Unicode code points, as runs in order. */

/** Both ends count. */
type Run = readonly [first: number, last: number];
/** Runs in order that neither overlap nor touch. */
export type CodePoints = readonly Run[];

const LAST = 0x10_ff_ff;
/** What `.` does not match (ECMA-262, LineTerminator). */
const LINE_ENDS: CodePoints = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x20_28, 0x20_29],
];

export const DIGITS: CodePoints = [[0x30, 0x39]];
/** With flag u and without flag i. */
export const WORD: CodePoints = unionOf([DIGITS, [[0x41, 0x5a]], [[0x5f, 0x5f]], [[0x61, 0x7a]]]);
/** ECMA-262, WhiteSpace and LineTerminator. */
export const SPACE: CodePoints = unionOf([
  LINE_ENDS,
  [
    [0x09, 0x0c],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x16_80, 0x16_80],
    [0x20_00, 0x20_0a],
    [0x20_2f, 0x20_2f],
    [0x20_5f, 0x20_5f],
    [0x30_00, 0x30_00],
    [0xfe_ff, 0xfe_ff],
  ],
]);
export const ANY: CodePoints = complementOf(LINE_ENDS);

/** All that is in one of the sets. */
export function unionOf(sets: readonly CodePoints[]): CodePoints {
  const runs = sets.flat().sort(([a], [b]) => a - b);
  const out: [number, number][] = [];
  for (const [first, last] of runs) {
    const before = out.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else out.push([first, last]);
  }
  return out;
}

/** All that is not in the set. */
export function complementOf(set: CodePoints): CodePoints {
  const out: Run[] = [];
  let from = 0;
  for (const [first, last] of set) {
    if (first > from) out.push([from, first - 1]);
    from = last + 1;
  }
  if (from <= LAST) out.push([from, LAST]);
  return out;
}

/**
 * What a property of Unicode holds, such as `L` or `Script=Greek`, by the version of Unicode of this Node. It asks for each code
 * point, which takes some tens of milliseconds, and is remembered.
 */
export function propertyOf(name: string): CodePoints {
  const known = PROPERTIES.get(name);
  if (known !== undefined) return known;
  const test = new RegExp(`^\\p{${name}}$`, 'u');
  const out: Run[] = [];
  let from = -1;
  for (let point = 0; point <= LAST + 1; point += 1) {
    const within = point <= LAST && test.test(String.fromCodePoint(point));
    if (within && from < 0) from = point;
    else if (!within && from >= 0) {
      out.push([from, point - 1]);
      from = -1;
    }
  }
  PROPERTIES.set(name, out);
  return out;
}

const PROPERTIES = new Map<string, CodePoints>();
