/** What a setting is to be: a value, or a rule where several would do. */

/** A rule for a setting. It holds for a setting that is not there only where it says so. */
export interface Rule {
  readonly kind: 'rule';
  readonly says:
    | { readonly is: 'anything' }
    /** The value, or nothing, which comes to the same. */
    | { readonly is: 'unless given'; readonly value: unknown }
    | { readonly is: 'at least'; readonly least: number }
    | { readonly is: 'between'; readonly least: number; readonly most: number }
    /** Text that a pattern allows, in words. */
    | { readonly is: 'text'; readonly words: string }
    /** One of several values. */
    | { readonly is: 'one of'; readonly values: readonly unknown[] };
  readonly holds: (found: unknown) => boolean;
}

/** A setting as it is to be; a list may be in any order. */
export type Wanted = Rule | string | number | boolean | readonly Wanted[] | WantedGroup;
/** Settings by their names. Any other is not known. */
export interface WantedGroup {
  readonly [name: string]: Wanted;
}

/** Judged elsewhere, or of no effect. */
export const ANYTHING: Rule = { kind: 'rule', says: { is: 'anything' }, holds: () => true };

/** What AWS takes where nothing is given. */
export function unlessGiven(value: string | number | boolean): Rule {
  return {
    kind: 'rule',
    says: { is: 'unless given', value },
    holds: (found) => found === undefined || same(found, value),
  };
}

export function atLeast(least: number): Rule {
  return { kind: 'rule', says: { is: 'at least', least }, holds: (found) => Number(found) >= least };
}

export function between(least: number, most: number): Rule {
  return {
    kind: 'rule',
    says: { is: 'between', least, most },
    holds: (found) => Number(found) >= least && Number(found) <= most,
  };
}

export function oneOf(...values: readonly (string | number)[]): Rule {
  return {
    kind: 'rule',
    says: { is: 'one of', values },
    holds: (found) => values.some((each) => same(found, each)),
  };
}

export function textLike(pattern: RegExp, words: string): Rule {
  return {
    kind: 'rule',
    says: { is: 'text', words },
    holds: (found) => typeof found === 'string' && pattern.test(found),
  };
}

/** Text of which something is to hold, in words. */
export function textThat(words: string, holds: (text: string) => boolean): Rule {
  return {
    kind: 'rule',
    says: { is: 'text', words },
    holds: (found) => typeof found === 'string' && holds(found),
  };
}

/** What is found, and what it lacks. Only of what lacks them, so it never holds. */
export function withAsWell(lacking: readonly string[]): Rule {
  return {
    kind: 'rule',
    says: { is: 'text', words: `these, and ${lacking.join(', ')} as well` },
    holds: () => false,
  };
}

/** Where a setting is not as it is to be. */
export interface Mismatch {
  /** From the properties: `Environment`, `Variables`, `KEY_ARN`. */
  readonly path: readonly string[];
  /** Undefined where it is not there. */
  readonly found: unknown;
  /** Undefined of a setting that is not known. */
  readonly wanted: Wanted | undefined;
}

/** Nearly all settings are right, so nothing is made for those that are. */
const RIGHT: readonly Mismatch[] = [];

/** Everything in which settings are not as they are to be, each with its path from here. */
export function mismatchesIn(found: unknown, wanted: Wanted): readonly Mismatch[] {
  if (isRule(wanted)) return wanted.holds(found) ? RIGHT : otherwise(found, wanted);
  if (typeof wanted !== 'object') return same(found, wanted) ? RIGHT : otherwise(found, wanted);
  if (isList(wanted)) return inList(found, wanted);
  return isGroup(found) ? inGroup(found, wanted) : otherwise(found, wanted);
}

function otherwise(found: unknown, wanted: Wanted): Mismatch[] {
  return [{ path: [], found, wanted }];
}

function inGroup(found: Readonly<Record<string, unknown>>, wanted: WantedGroup): readonly Mismatch[] {
  let wrong: Mismatch[] | undefined;
  for (const name of Object.keys(found)) {
    if (Object.hasOwn(wanted, name)) continue;
    wrong ??= [];
    wrong.push({ path: [name], found: found[name], wanted: undefined });
  }
  for (const name of Object.keys(wanted)) {
    const inMember = mismatchesIn(found[name], wanted[name] as Wanted);
    if (inMember.length === 0) continue;
    wrong ??= [];
    wrong.push(...below(name, inMember));
  }
  return wrong ?? RIGHT;
}

/** The same, seen from one level above. */
function below(name: string, mismatches: readonly Mismatch[]): Mismatch[] {
  return mismatches.map((each) => ({ ...each, path: [name, ...each.path] }));
}

/** A list that is wrong in one member is wrong there; else all of it is. */
function inList(found: unknown, wanted: readonly Wanted[]): readonly Mismatch[] {
  if (!Array.isArray(found)) return otherwise(found, wanted);
  if (sameLists(found, wanted)) return RIGHT;
  const wrong = wanted.flatMap((each, at) => {
    const inMember = below(String(at), mismatchesIn(found[at], each));
    return inMember.length === 0 ? [] : [inMember];
  });
  const [only = []] = wrong;
  return found.length === wanted.length && wrong.length === 1 ? only : otherwise(found, wanted);
}

/** Each member of one list has its own in the other. */
function sameLists(found: readonly unknown[], wanted: readonly Wanted[]): boolean {
  const left = [...wanted];
  return (
    found.length === wanted.length &&
    found.every((each) => {
      const at = left.findIndex((one) => mismatchesIn(each, one).length === 0);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}

/** CloudFormation takes `"900"` for 900 and `"true"` for true. */
function same(found: unknown, wanted: string | number | boolean | unknown): boolean {
  if (found === wanted) return true;
  const isPlain = typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean';
  return isPlain && String(found) === String(wanted);
}

export function isRule(wanted: Wanted): wanted is Rule {
  return typeof wanted === 'object' && 'holds' in wanted && typeof wanted.holds === 'function';
}

function isList(wanted: Exclude<Wanted, string>): wanted is readonly Wanted[] {
  return Array.isArray(wanted);
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
