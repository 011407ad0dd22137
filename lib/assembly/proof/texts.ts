/**
 * Texts that patterns tell apart. For some patterns with wildcards it finds one text for every combination of patterns that
 * some text fits, so that asking about these texts asks about all.
 */

/** One pattern, and what of the text stands before the part that varies. */
export interface Pattern {
  readonly pattern: string;
  /** Fixed; where two policies call a resource by two names, each has its own. */
  readonly before: string;
}

/** More states than this are given up: the patterns are too many to tell apart. */
const MOST_STATES = 60_000;
/** Stands for every character that no pattern names. */
const OTHER = 'x';

/** There are too many combinations. */
export class TooManyTexts extends Error {
  override readonly name = 'TooManyTexts';
}

const found = new Map<string, readonly string[]>();

/** One text for each combination of patterns that any text fits, that of none among them. @throws TooManyTexts */
export function textsFor(patterns: readonly Pattern[]): readonly string[] {
  const distinct = [...new Map(patterns.map((each) => [`${each.before}\n${each.pattern}`, each])).entries()].sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  const name = distinct.map(([key]) => key).join('\n\n');
  let texts = found.get(name);
  if (texts === undefined) {
    texts = search(distinct.map(([, each]) => each));
    found.set(name, texts);
  }
  return texts;
}

/** Goes through all patterns at once, character by character, shortest texts first. */
function search(patterns: readonly Pattern[]): string[] {
  const alphabet = new Set([OTHER, '/']);
  for (const { pattern, before } of patterns) {
    // What the fixed part has used up cannot come again, unless a wildcard came first.
    const used = pattern.startsWith(before) && !/[*?]/.test(before) ? before.length : 0;
    for (const each of pattern.slice(used)) alphabet.add(each);
  }
  alphabet.delete('*');
  alphabet.delete('?');
  const start = patterns.map(({ pattern, before }) => {
    let states = closure(pattern, [0]);
    for (const each of before) states = step(pattern, states, each);
    return states;
  });
  const texts = new Map<string, string>();
  const seen = new Set([keyOf(start)]);
  let front: { readonly at: readonly (readonly number[])[]; readonly text: string }[] = [{ at: start, text: '' }];
  while (front.length > 0) {
    const next: typeof front = [];
    for (const { at, text } of front) {
      const fits = patterns.map(({ pattern }, n) => (at[n]?.includes(pattern.length) ? 1 : 0)).join('');
      // An empty text is no name; where it alone fits, it is kept all the same.
      const before = texts.get(fits);
      if (before === undefined || before === '') texts.set(fits, text);
      for (const character of alphabet) {
        const to = patterns.map(({ pattern }, n) => step(pattern, at[n] ?? [], character));
        const key = keyOf(to);
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > MOST_STATES) throw new TooManyTexts('there are too many patterns to tell apart');
        next.push({ at: to, text: text + character });
      }
    }
    front = next;
  }
  return [...texts.values()];
}

function keyOf(states: readonly (readonly number[])[]): string {
  return states.map((each) => each.join('.')).join('|');
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
