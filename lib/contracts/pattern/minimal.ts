/**
 * The least automaton that takes the same values (Hopcroft 1971): states that no value tells apart become one. Tables are then as
 * small as can be, however a pattern was written.
 */
import type { Automaton } from '../../wire/contracts';

/** @param automaton state 0 has no way to match, and state 1 is where it begins; so it is in what comes of it */
export function minimal({ bounds, classes, next, accepts }: Automaton): Automaton {
  const width = Math.max(...classes) + 1;
  const count = next.length / width;
  const block = partsOf(next, accepts, width, count);
  // Numbered anew from where it begins, in the order in which they are reached. Where nothing matches, the beginning is a dead end.
  const dead = block[0] ?? 0;
  const numbers = new Map([[dead, 0]]);
  const members: number[] = [0];
  if (block[1] === dead) members.push(0);
  const numberOf = (state: number) => {
    const known = numbers.get(block[state] ?? 0);
    if (known !== undefined) return known;
    numbers.set(block[state] ?? 0, members.length);
    return members.push(state) - 1;
  };
  numberOf(1);
  const moved: number[] = [];
  for (let state = 0; state < members.length; state++)
    for (let read = 0; read < width; read++)
      moved.push(numberOf(next[(members[state] ?? 0) * width + read] ?? 0));
  const taken = new Set(accepts);
  return {
    bounds,
    classes,
    next: moved,
    accepts: [...members.keys()].filter((state) => taken.has(members[state] ?? 0)),
  };
}

/** The part of each state, by number: states of one part are not told apart. */
function partsOf(
  next: readonly number[],
  accepts: readonly number[],
  width: number,
  count: number,
): Int32Array {
  const before = predecessors(next, width, count);
  const parts = new Parts(count);
  // What is still to be told apart by: a part and a class of characters, once each.
  const waiting: number[] = [];
  const isWaiting = new Uint8Array(count * width);
  const wait = (part: number, read: number) => {
    isWaiting[part * width + read] = 1;
    waiting.push(part * width + read);
  };
  const split = (states: readonly number[]) => {
    for (const [old, made] of parts.split(states))
      for (let read = 0; read < width; read++) {
        if (isWaiting[old * width + read]) wait(made, read);
        else wait(parts.size(made) <= parts.size(old) ? made : old, read);
      }
  };
  split(accepts);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    isWaiting[at] = 0;
    const read = at % width;
    split([...parts.members((at - read) / width)].flatMap((state) => before(state, read)));
  }
  return parts.of;
}

/** For each state and class, the states from which it is reached by one character of that class. */
function predecessors(next: readonly number[], width: number, count: number) {
  const begins = new Int32Array(count * width + 1);
  const keyOf = (at: number) => (next[at] ?? 0) * width + (at % width) + 1;
  for (let at = 0; at < next.length; at++) begins[keyOf(at)] = (begins[keyOf(at)] ?? 0) + 1;
  for (let n = 1; n < begins.length; n++) begins[n] = (begins[n] ?? 0) + (begins[n - 1] ?? 0);
  const filled = begins.slice();
  const states = new Int32Array(next.length);
  for (let at = 0; at < next.length; at++) {
    const key = keyOf(at) - 1;
    const to = filled[key] ?? 0;
    filled[key] = to + 1;
    states[to] = Math.floor(at / width);
  }
  return (state: number, read: number): number[] => {
    const key = state * width + read;
    return [...states.subarray(begins[key], begins[key + 1])];
  };
}

/** States in parts, of which each lies together. */
class Parts {
  /** The part of each state. */
  readonly of: Int32Array;
  readonly #states: Int32Array;
  readonly #places: Int32Array;
  readonly #first: number[] = [0];
  readonly #sizes: number[];
  readonly #marked: number[] = [0];

  constructor(count: number) {
    this.of = new Int32Array(count);
    this.#states = Int32Array.from({ length: count }, (_, n) => n);
    this.#places = this.#states.slice();
    this.#sizes = [count];
  }

  size(part: number): number {
    return this.#sizes[part] ?? 0;
  }

  members(part: number): Int32Array {
    const first = this.#first[part] ?? 0;
    return this.#states.subarray(first, first + this.size(part));
  }

  /** Takes some states, each once, out of their parts. @returns each part that was cut, with what was made of those in it */
  split(states: readonly number[]): (readonly [old: number, made: number])[] {
    const touched: number[] = [];
    for (const state of states) {
      const part = this.of[state] ?? 0;
      const marked = this.#marked[part] ?? 0;
      if (marked === 0) touched.push(part);
      this.#swap(this.#places[state] ?? 0, (this.#first[part] ?? 0) + marked);
      this.#marked[part] = marked + 1;
    }
    return touched.flatMap((part) => {
      const marked = this.#marked[part] ?? 0;
      this.#marked[part] = 0;
      if (marked === this.size(part)) return [];
      const made = this.#first.length;
      const first = this.#first[part] ?? 0;
      this.#first.push(first);
      this.#sizes.push(marked);
      this.#marked.push(0);
      this.#first[part] = first + marked;
      this.#sizes[part] = this.size(part) - marked;
      for (const state of this.members(made)) this.of[state] = made;
      return [[part, made] as const];
    });
  }

  #swap(a: number, b: number): void {
    const [one = 0, other = 0] = [this.#states[a], this.#states[b]];
    this.#states[a] = other;
    this.#states[b] = one;
    this.#places[other] = a;
    this.#places[one] = b;
  }
}
