/**
 * Reads an ECMA-262 pattern with flag u. Whether it is one at all the runtime’s own RegExp says; here it is taken apart, and what
 * no finite automaton can do is refused by name.
 */
import {
  ALL,
  ANY,
  type CodePoints,
  complement,
  DIGITS,
  property,
  SPACE,
  union,
  WORD,
} from '../../characters/code-points';

/** A pattern, taken apart. */
export type Pattern =
  | { readonly kind: 'one-of'; readonly points: CodePoints }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'either'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly of: Pattern; readonly least: number; readonly most: number }
  /** What follows matches it, or does not. */
  | { readonly kind: 'ahead'; readonly of: Pattern; readonly negative: boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

const PATTERN_FAULTS = [
  /** It is no pattern of ECMA-262 with flag u. */
  'syntax',
  'look-behind',
  'back-reference',
  /** `\b` or `\B`. */
  'word-boundary',
  /** Flags within, such as `(?i:a)`. */
  'modifiers',
  /** `^` behind something. */
  'start-within',
  /** `^`, `$` or a look-ahead in what is repeated without end. */
  'assertion-repeated',
  /** It has too many states: what takes long to work out, or much memory. */
  'too-large',
] as const;
/** Why a pattern is not taken. */
type PatternFault = (typeof PATTERN_FAULTS)[number];

/** A pattern that is not taken. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  constructor(
    readonly fault: PatternFault,
    options?: ErrorOptions,
  ) {
    super(`the pattern is not taken: ${fault}`, options);
  }
}

/** Takes a pattern apart. @throws PatternError */
export function parsePattern(text: string): Pattern {
  try {
    new RegExp(text, 'u');
  } catch (cause) {
    throw new PatternError('syntax', { cause });
  }
  return new Reader(text).either();
}

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };

/** It reads what RegExp has taken already, and so does not look for faults of syntax. */
class Reader {
  #at = 0;
  readonly #text: readonly string[];

  constructor(text: string) {
    this.#text = [...text];
  }

  either(): Pattern {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 && options[0] ? options[0] : { kind: 'either', options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#next !== undefined && this.#next !== '|' && this.#next !== ')')
      parts.push(this.#quantified(this.#atom()));
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'sequence', parts };
  }

  #quantified(of: Pattern): Pattern {
    const counts = this.#quantifier();
    if (!counts) return of;
    // Greedy or lazy: which of several ways a whole value matches makes no difference.
    this.#take('?');
    return { kind: 'repeat', of, least: counts[0], most: counts[1] };
  }

  #quantifier(): readonly [least: number, most: number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#take('?')) return [0, 1];
    if (!this.#take('{')) return undefined;
    const [least = '', most] = this.#until('}').split(',');
    if (most === undefined) return [Number(least), Number(least)];
    return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)];
  }

  #atom(): Pattern {
    const char = this.#read();
    if (char === '(') return this.#group();
    if (char === '[') return { kind: 'one-of', points: this.#class() };
    if (char === '.') return { kind: 'one-of', points: ANY };
    if (char === '^') return { kind: 'start' };
    if (char === '$') return { kind: 'end' };
    if (char !== '\\') return one(char);
    if (this.#next === 'b' || this.#next === 'B') throw new PatternError('word-boundary');
    if (this.#next === 'k' || /[1-9]/.test(this.#next ?? '')) throw new PatternError('back-reference');
    return { kind: 'one-of', points: this.#escape() };
  }

  #group(): Pattern {
    let ahead: 'positive' | 'negative' | undefined;
    if (this.#take('?')) {
      const kind = this.#read();
      if (kind === '=') ahead = 'positive';
      else if (kind === '!') ahead = 'negative';
      else if (kind === '<') {
        if (this.#next === '=' || this.#next === '!') throw new PatternError('look-behind');
        this.#until('>');
      } else if (kind !== ':') throw new PatternError('modifiers');
    }
    const of = this.either();
    this.#read();
    return ahead ? { kind: 'ahead', of, negative: ahead === 'negative' } : of;
  }

  #class(): CodePoints {
    const negative = this.#take('^');
    const sets: CodePoints[] = [];
    while (!this.#take(']')) {
      const first = this.#classAtom();
      const [low, , more] = first;
      // A hyphen before the end of the class stands for itself.
      if (this.#next !== '-' || this.#text[this.#at + 1] === ']' || low === undefined || more !== undefined) {
        sets.push(first);
        continue;
      }
      this.#read();
      sets.push([low, this.#classAtom()[0] ?? low]);
    }
    const set = union(...sets);
    return negative ? complement(set) : set;
  }

  #classAtom(): CodePoints {
    const char = this.#read();
    if (char !== '\\') return pointOf(char);
    // In a class, \b is the backspace.
    if (this.#take('b')) return [8, 8];
    return this.#escape();
  }

  /** What stands behind a backslash. */
  #escape(): CodePoints {
    const char = this.#read();
    const control = CONTROLS[char];
    if (control !== undefined) return [control, control];
    switch (char) {
      case 'd':
        return DIGITS;
      case 'D':
        return complement(DIGITS);
      case 'w':
        return WORD;
      case 'W':
        return complement(WORD);
      case 's':
        return SPACE;
      case 'S':
        return complement(SPACE);
      case 'c': {
        const point = (this.#read().codePointAt(0) ?? 0) % 32;
        return [point, point];
      }
      case 'x':
        return this.#hex(2);
      case 'u':
        return this.#unicode();
      case 'p':
      case 'P': {
        this.#read();
        return property(`\\${char}{${this.#until('}')}}`);
      }
      default:
        return pointOf(char);
    }
  }

  #unicode(): CodePoints {
    if (this.#take('{')) {
      const point = Number.parseInt(this.#until('}'), 16);
      return [point, point];
    }
    const [high = 0] = this.#hex(4);
    const pair = this.#text.slice(this.#at, this.#at + 6).join('');
    if (high < 0xd800 || high > 0xdbff || !/^\\u[dD][c-fC-F]/.test(pair)) return [high, high];
    this.#at += 2;
    const [low = 0] = this.#hex(4);
    const point = String.fromCharCode(high, low).codePointAt(0) ?? 0;
    return [point, point];
  }

  #hex(digits: number): CodePoints {
    const point = Number.parseInt(this.#text.slice(this.#at, this.#at + digits).join(''), 16);
    this.#at += digits;
    return [point, point];
  }

  get #next(): string | undefined {
    return this.#text[this.#at];
  }

  #read(): string {
    return this.#text[this.#at++] ?? '';
  }

  #take(char: string): boolean {
    if (this.#next !== char) return false;
    this.#at++;
    return true;
  }

  #until(end: string): string {
    const from = this.#at;
    while (this.#next !== end) this.#at++;
    return this.#text.slice(from, this.#at++).join('');
  }
}

function one(char: string): Pattern {
  return { kind: 'one-of', points: pointOf(char) };
}

function pointOf(char: string): CodePoints {
  const point = char.codePointAt(0) ?? 0;
  return [point, point];
}

/** Any text. */
export const ANYTHING: Pattern = {
  kind: 'repeat',
  of: { kind: 'one-of', points: ALL },
  least: 0,
  most: Number.POSITIVE_INFINITY,
};
