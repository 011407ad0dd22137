/**
 * Deterministic finite automata over characters: one step for each character, however the pattern was written, so that no value
 * can make a check slow. Characters that no part of a pattern tells apart are one class.
 */
import type { Automaton } from '../../../wire/contracts';
import { characterAt } from './utf-8';

/** An automaton. State 0 is where it begins. */
export interface Machine {
  /** How many classes of characters there are. */
  readonly classes: number;
  /** The class of each character below 128. */
  readonly ascii: Uint16Array;
  /** The first characters of the ranges from 128 on, in order; the first of them is 128. */
  readonly starts: Uint32Array;
  /** The class of each of those ranges. */
  readonly classOf: Uint16Array;
  /** The state after a character, by `state * classes + class`. */
  readonly next: Uint16Array;
  /** Whether a value may end in a state: 1 or 0. */
  readonly accepts: Uint8Array;
}

/** The most states of one automaton. */
export const MOST_STATES = 10_000;

/** The automaton of a plan as one that is ready for use. There, state 1 is where it begins, and state 0 that of no way to match. */
export function machineOf({ bounds, classes, next, accepts }: Automaton): Machine {
  const count = Math.max(...classes) + 1;
  const states = next.length / count;
  // The first two change places.
  const moved = (state: number) => (state < 2 ? 1 - state : state);
  const classAt = (point: number) => classes[bounds.findLastIndex((bound) => bound <= point)] ?? 0;
  const starts = Uint32Array.from([...new Set([128, ...bounds.filter((bound) => bound > 128)])]);
  const taken = new Set(accepts);
  return {
    classes: count,
    ascii: Uint16Array.from({ length: 128 }, (_, point) => classAt(point)),
    starts,
    classOf: Uint16Array.from(starts, classAt),
    next: Uint16Array.from({ length: next.length }, (_, n) =>
      moved(next[moved(Math.floor(n / count)) * count + (n % count)] ?? 0),
    ),
    accepts: Uint8Array.from({ length: states }, (_, state) => (taken.has(moved(state)) ? 1 : 0)),
  };
}

/** The class of a character from 128 on. */
export function classOfPoint({ starts, classOf }: Machine, point: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= point) low = middle;
    else high = middle - 1;
  }
  return classOf[low] ?? 0;
}

/** Whether a whole value, which is UTF-8, is taken. */
export function matches(machine: Machine, bytes: Uint8Array, from: number, to: number): boolean {
  const { ascii, next, classes, accepts } = machine;
  let state = 0;
  let at = from;
  while (at < to) {
    const byte = bytes[at] ?? 0;
    if (byte < 128) {
      state = next[state * classes + (ascii[byte] ?? 0)] ?? 0;
      at++;
    } else {
      const character = characterAt(bytes, at, to);
      if (character < 0) return false;
      state = next[state * classes + classOfPoint(machine, character >> 3)] ?? 0;
      at += character & 7;
    }
  }
  return accepts[state] === 1;
}

/**
 * The automaton that takes what both take, or nothing where it would have more states than `most`.
 */
export function both(a: Machine, b: Machine, most = MOST_STATES): Machine | undefined {
  const pairs = new Map<number, number>();
  const classKey = (one: number, other: number) => {
    const key = one * b.classes + other;
    const known = pairs.get(key);
    if (known !== undefined) return known;
    pairs.set(key, pairs.size);
    return pairs.size - 1;
  };
  const ascii = Uint16Array.from(a.ascii, (one, n) => classKey(one, b.ascii[n] ?? 0));
  const starts = Uint32Array.from([...new Set([...a.starts, ...b.starts])].sort((x, y) => x - y));
  const classOf = Uint16Array.from(starts, (point) =>
    classKey(classOfPoint(a, point), classOfPoint(b, point)),
  );
  const classes = [...pairs.keys()].map((key) => [Math.floor(key / b.classes), key % b.classes] as const);
  const states = new Map<number, number>([[0, 0]]);
  const next: number[] = [];
  const accepts: number[] = [];
  const width = b.accepts.length;
  for (const pair of states.keys()) {
    const [one, other] = [Math.floor(pair / width), pair % width];
    accepts.push((a.accepts[one] ?? 0) & (b.accepts[other] ?? 0));
    for (const [left, right] of classes) {
      const to = (a.next[one * a.classes + left] ?? 0) * width + (b.next[other * b.classes + right] ?? 0);
      let state = states.get(to);
      if (state === undefined) {
        state = states.size;
        if (state >= most) return undefined;
        states.set(to, state);
      }
      next.push(state);
    }
  }
  return {
    classes: classes.length,
    ascii,
    starts,
    classOf,
    next: Uint16Array.from(next),
    accepts: Uint8Array.from(accepts),
  };
}
