/**
 * Makes a pattern into a deterministic automaton (subset construction; Aho, Lam, Sethi and Ullman, Compilers, section 3.7). Then
 * the time that a value takes is its length, whatever the pattern: there is no backtracking that a value could be made to draw
 * out. What would need too many states is refused.
 */
import type { Automaton } from '../../wire/contracts';
import { classesOf } from '../characters/classes';
import type { CodePoints } from '../characters/code-points';
import { minimal } from './minimal';
import { type Part, PatternFault, readPattern } from './read';

const MOST_PLACES = 20_000;
const MOST_STATES = 5_000;
const MOST_STEPS = 20_000_000;
const MOST_CELLS = 200_000;

/**
 * The automaton of a pattern, which is held against whole values.
 * @throws PatternFault if it is not valid, asks what is not carried out, or is too large
 */
export function automatonOf(source: string): Automaton {
  return minimal(determined(new Places(readPattern(source))));
}

type Guard = 'begins' | 'ends' | undefined;

/** The places within a pattern, and the ways between them (Thompson’s construction). The last is reached by what matches. */
class Places {
  /** The ways that take no character, from each place. */
  readonly free: [to: number, guard: Guard][][] = [];
  /** The way that takes a character, from each place. */
  readonly taking: ([set: CodePoints, to: number] | undefined)[] = [];
  readonly last: number;
  readonly #sets = new Map<string, CodePoints>();

  constructor(part: Part) {
    this.last = this.#add(part, this.#place());
  }

  #place(): number {
    if (this.free.length >= MOST_PLACES) throw tooLarge();
    this.taking.push(undefined);
    return this.free.push([]) - 1;
  }

  /** Equal sets become one, so that they are told apart once. */
  #same(set: CodePoints): CodePoints {
    const key = set.join(' ');
    const known = this.#sets.get(key) ?? set;
    this.#sets.set(key, known);
    return known;
  }

  #way(from: number, to: number, guard?: Guard): void {
    (this.free[from] as [number, Guard][]).push([to, guard]);
  }

  /** Adds a part that begins at a place, and gives the place where it ends. */
  #add(part: Part, from: number): number {
    switch (part.kind) {
      case 'one-of': {
        const to = this.#place();
        this.taking[from] = [this.#same(part.set), to];
        // A place takes characters one way only, so what follows begins at a place of its own.
        const after = this.#place();
        this.#way(to, after);
        return after;
      }
      case 'sequence':
        return part.parts.reduce((at, each) => this.#add(each, at), from);
      case 'either': {
        const ends = part.parts.map((each) => {
          const start = this.#place();
          this.#way(from, start);
          return this.#add(each, start);
        });
        const to = this.#place();
        for (const end of ends) this.#way(end, to);
        return to;
      }
      case 'repeat':
        return this.#repeat(part.part, part.least, part.most, from);
      case 'begins':
      case 'ends': {
        const to = this.#place();
        this.#way(from, to, part.kind);
        return to;
      }
    }
  }

  #repeat(part: Part, least: number, most: number, from: number): number {
    let at = from;
    for (let times = 0; times < least; times += 1) at = this.#add(part, at);
    const to = this.#place();
    if (most === Number.POSITIVE_INFINITY) {
      const start = this.#place();
      this.#way(at, start);
      this.#way(start, to);
      this.#way(this.#add(part, start), start);
      return to;
    }
    for (let times = least; times < most; times += 1) {
      this.#way(at, to);
      const start = this.#place();
      this.#way(at, start);
      at = this.#add(part, start);
    }
    this.#way(at, to);
    return to;
  }

  /** The places that are reached from some without taking a character, in order. */
  reached(from: Iterable<number>, begins: boolean, ends: boolean): number[] {
    const found = new Set(from);
    for (const place of found)
      for (const [to, guard] of this.free[place] ?? [])
        if (guard === undefined || (guard === 'begins' ? begins : ends)) found.add(to);
    return [...found].sort((a, b) => a - b);
  }
}

function determined(places: Places): Automaton {
  const { bounds, classes, members } = alphabetOf(places);
  const numberOf = new Map<string, number>();
  const sets: number[][] = [[], []];
  const next: number[] = new Array(members.length).fill(0);
  const accepts: number[] = [];
  let steps = 0;
  const first = places.reached([0], true, false);
  sets[1] = first;
  if (places.reached(first, true, true).includes(places.last)) accepts.push(1);
  for (let state = 1; state < sets.length; state += 1) {
    const set = sets[state] as number[];
    for (let of = 0; of < members.length; of += 1) {
      const to = new Set<number>();
      for (const place of set) {
        const way = places.taking[place];
        if (way !== undefined && members[of]?.has(way[0])) to.add(way[1]);
      }
      steps += set.length;
      if (to.size === 0) {
        next.push(0);
        continue;
      }
      const reached = places.reached(to, false, false);
      steps += reached.length;
      const key = reached.join();
      let known = numberOf.get(key);
      if (known === undefined) {
        known = sets.push(reached) - 1;
        numberOf.set(key, known);
        if (places.reached(reached, false, true).includes(places.last)) accepts.push(known);
      }
      next.push(known);
      if (sets.length > MOST_STATES || steps > MOST_STEPS || sets.length * members.length > MOST_CELLS)
        throw tooLarge();
    }
  }
  return { bounds, classes, next, accepts };
}

/** What the pattern tells apart: the runs of characters, the class of each, and the sets that each class is in. */
function alphabetOf(places: Places): {
  bounds: number[];
  classes: number[];
  members: ReadonlySet<CodePoints | undefined>[];
} {
  const sets = [...new Set(places.taking.flatMap((way) => (way === undefined ? [] : [way[0]])))];
  const { starts, classOf, members } = classesOf(sets);
  const begins = starts.map((_, n) => n).filter((n) => n === 0 || classOf[n] !== classOf[n - 1]);
  return {
    bounds: begins.map((n) => starts[n] ?? 0),
    classes: begins.map((n) => classOf[n] ?? 0),
    members: members.map((numbers) => new Set(numbers.map((n) => sets[n]))),
  };
}

function tooLarge(): PatternFault {
  return new PatternFault('is too large to be carried out in one step for each character', {
    fix: 'make it shorter: say lengths by minLength and maxLength, and leave out alternatives that begin alike',
  });
}
