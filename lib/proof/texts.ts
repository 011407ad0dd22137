/**
 * Texts that patterns tell apart. For some patterns with wildcards it finds one text for every combination of patterns that
 * some text fits, so that asking about these texts asks about all.
 */
import { AssemblyError } from '../assembly';
import { SaidOften } from '../iam';

/** One pattern, and what of the text stands before the part that varies. */
export interface Pattern {
  readonly pattern: string;
  /** Fixed; where two policies call a resource by two names, each has its own. */
  readonly before: string;
}

/** More states than this are given up: the patterns are too many to tell apart. */
const MOST_STATES = 60_000;
/** The first of these that no pattern waits for stands for all other characters. */
const OTHERS = 'xyz0123456789';

/** Which texts may be asked about, as names go. */
export interface Names {
  readonly whole: RegExp;
  /** What is none, and becomes one by what more is written after it. From what else is none no name comes. */
  readonly begun: RegExp;
}

const NOT_EMPTY: Names = { whole: /^.+$/s, begun: /^$/ };

const found = new Map<Names, Map<string, readonly string[]>>();

/**
 * One text for each combination of patterns that any name fits, that of none among them; of those that only a begun name fits, that.
 * @throws AssemblyError if there are too many combinations; it says of which patterns
 */
export function textsFor(patterns: readonly Pattern[], names: Names = NOT_EMPTY): readonly string[] {
  const known = found.get(names) ?? new Map<string, readonly string[]>();
  found.set(names, known);
  // What is left of each pattern once the fixed part is read; where nothing is left, no text fits.
  const rests = new Map<string, readonly string[]>();
  for (const { pattern, before } of patterns) {
    const rest = restOf(pattern, before);
    if (rest.length > 0) rests.set(rest.join('\n'), rest);
  }
  const name = [...rests.keys()].sort().join('\n\n');
  let texts = known.get(name);
  if (texts === undefined) {
    texts = search([...rests.values()], names);
    if (texts === undefined) throw new AssemblyError(tooMany(patterns));
    known.set(name, texts);
  }
  return texts;
}

/** How many patterns are shown of those that are too many. */
const MOST_SHOWN = 5;

function tooMany(patterns: readonly Pattern[]): string {
  const wild = [...new Set(patterns.map(({ pattern }) => pattern))].filter((each) => /[*?]/.test(each));
  const more = wild.length > MOST_SHOWN ? `, and ${wild.length - MOST_SHOWN} more` : '';
  return `policies have patterns with more combinations than can be told apart, so nothing is proven: ${wild.slice(0, MOST_SHOWN).join(', ')}${more}. Write them with fewer wildcards, or as names`;
}

/** By the fixed part, what is left of each pattern: both are the same for all who ask by one way. */
const left = new SaidOften<Map<string, readonly string[]>>();

/** What is left of a pattern once the fixed part is read; nothing where that does not fit. */
function restOf(pattern: string, before: string): readonly string[] {
  const known = left.of(before, () => new Map());
  let rest = known.get(pattern);
  if (rest === undefined) {
    let states: readonly number[] = [0];
    if (/[*?]/.test(pattern)) states = closure(pattern, states);
    if (pattern.startsWith(before) && !/[*?]/.test(before)) states = closure(pattern, [before.length]);
    else for (const each of before) states = states.length === 0 ? states : step(pattern, states, each);
    rest = states.map((at) => pattern.slice(at));
    known.set(pattern, rest);
  }
  return rest;
}

/** Goes through all patterns at once, character by character, shortest texts first; undefined where there are too many. */
function search(patterns: readonly (readonly string[])[], { whole, begun }: Names): string[] | undefined {
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  let front: { readonly at: readonly (readonly string[])[]; readonly text: string }[] = [
    { at: patterns, text: '' },
  ];
  while (front.length > 0) {
    const next: typeof front = [];
    for (const { at, text } of front) {
      const fits = at.map((rests) => (rests.includes('') ? 1 : 0)).join('');
      const before = texts.get(fits);
      if (before === undefined || (!whole.test(before) && whole.test(text))) texts.set(fits, text);
      for (const character of nextIn(at)) {
        const more = text + character;
        const isName = whole.test(more);
        // It would stand in the way of a name of which the patterns say the same so far.
        if (!isName && !begun.test(more)) continue;
        const to = at.map((rests) => advance(rests, character));
        // A begun name, such as the empty text, leads to names of which the patterns say the same.
        const key = isName ? keyOf(to) : `begun\n\n${keyOf(to)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > MOST_STATES) return undefined;
        next.push({ at: to, text: more });
      }
    }
    front = next;
  }
  return [...texts.values()];
}

/** The characters that some pattern waits for, and one that none does. */
function nextIn(at: readonly (readonly string[])[]): Set<string> {
  const characters = new Set<string>();
  for (const rests of at)
    for (const rest of rests) {
      const first = rest[0];
      if (first !== undefined && first !== '*' && first !== '?') characters.add(first);
    }
  for (const other of OTHERS)
    if (!characters.has(other)) {
      characters.add(other);
      break;
    }
  return characters;
}

function advance(rests: readonly string[], character: string): readonly string[] {
  const next = new Set<string>();
  for (const rest of rests) {
    const first = rest[0];
    if (first === '*') next.add(rest);
    else if (first === '?' || first === character) next.add(rest.slice(1));
  }
  for (const rest of next) if (rest[0] === '*') next.add(rest.slice(1));
  return [...next].sort();
}

function keyOf(states: readonly (readonly string[])[]): string {
  return states.map((each) => each.map((rest) => `.${rest}`).join('\n')).join('\n\n');
}

/** The places in the pattern that a text so far can have come to. */
function closure(pattern: string, states: readonly number[]): number[] {
  const all = new Set(states);
  for (const at of all) if (pattern[at] === '*') all.add(at + 1);
  return [...all].sort((a, b) => a - b);
}

function step(pattern: string, states: readonly number[], character: string): number[] {
  const next: number[] = [];
  for (const at of states) {
    const token = pattern[at];
    if (token === '*') next.push(at);
    else if (token === '?' || token === character) next.push(at + 1);
  }
  return next.length === 0 ? next : closure(pattern, next);
}
