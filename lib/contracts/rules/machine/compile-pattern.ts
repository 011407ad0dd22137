/** Makes the automaton of a pattern, which takes what the whole pattern matches from the first to the last character. */
import { classesOf } from '../../characters/classes';
import { type CodePoints, LAST_CODE_POINT } from '../../characters/code-points';
import { type Expression, Expressions } from './expression';
import { type Machine, MOST_STATES } from './machine';
import { ANYTHING, type Pattern, PatternError, parsePattern } from './parse-pattern';

/** As many derivatives as are worked out in about a second. */
const MOST_WORK = 1_000_000;
/** The most classes of characters. */
const MOST_CLASSES = 1_000;
/** The first character that takes more than one byte of UTF-8. */
const FIRST_OF_MANY_BYTES = 128;

/** The automaton of an ECMA-262 pattern with flag u. @throws PatternError where there is none */
export function compilePattern(text: string): Machine {
  return compile(parsePattern(text));
}

function compile(pattern: Pattern): Machine {
  const sets = setsIn(pattern);
  const { classes, ascii, starts, classOf } = partition([...sets.values()].map(({ points }) => points));
  const all = new Expressions(classes.length, (read, set) => classes[read]?.includes(set) ?? false);
  const start = new Languages(all, sets).of(pattern, all.empty, true);

  const states = new Map<Expression, number>([[start, 0]]);
  const next: number[] = [];
  const accepts: number[] = [];
  for (const state of states.keys()) {
    accepts.push(state.nullable ? 1 : 0);
    for (let read = 0; read < classes.length; read++) {
      const to = all.derivative(state, read);
      let number = states.get(to);
      if (number === undefined) {
        number = states.size;
        states.set(to, number);
        if (number >= MOST_STATES || all.work > MOST_WORK) throw new PatternError('too-large');
      }
      next.push(number);
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

/** Sets of characters by what they hold, each with its number. */
type Sets = ReadonlyMap<string, { readonly number: number; readonly points: CodePoints }>;

function setsIn(pattern: Pattern): Sets {
  const sets = new Map<string, { number: number; points: CodePoints }>();
  const visit = (each: Pattern): void => {
    if (each.kind === 'one-of') {
      const key = each.points.join();
      if (!sets.has(key)) sets.set(key, { number: sets.size, points: each.points });
    } else if (each.kind === 'sequence') each.parts.forEach(visit);
    else if (each.kind === 'either') each.options.forEach(visit);
    else if (each.kind === 'repeat' || each.kind === 'ahead') visit(each.of);
  };
  visit(pattern);
  visit(ANYTHING);
  return sets;
}

/** The classes that the sets make, as an automaton has them: those below 128 by their byte, and the runs from 128 on. */
function partition(sets: readonly CodePoints[]) {
  const { starts, classOf, members } = classesOf(sets, [FIRST_OF_MANY_BYTES]);
  if (members.length > MOST_CLASSES) throw new PatternError('too-large');
  const above = starts.indexOf(FIRST_OF_MANY_BYTES);
  const ascii = Uint16Array.from({ length: FIRST_OF_MANY_BYTES }, (_, byte) => {
    let at = 0;
    while ((starts[at + 1] ?? LAST_CODE_POINT) <= byte) at++;
    return classOf[at] ?? 0;
  });
  return {
    classes: members,
    ascii,
    starts: Uint32Array.from(starts.slice(above)),
    classOf: Uint16Array.from(classOf.slice(above)),
  };
}

/** Patterns as expressions. A pattern is made with what follows it: so a look-ahead, and `$`, speak of the rest of the value. */
class Languages {
  readonly #all: Expressions;
  readonly #sets: Sets;

  constructor(all: Expressions, sets: Sets) {
    this.#all = all;
    this.#sets = sets;
  }

  /** @param atStart whether nothing stands before */
  of(pattern: Pattern, rest: Expression, atStart: boolean): Expression {
    const all = this.#all;
    switch (pattern.kind) {
      case 'one-of':
        return all.followed(all.oneOf(this.#sets.get(pattern.points.join())?.number ?? 0), rest);
      case 'sequence': {
        const { parts } = pattern;
        const first = parts.findIndex((each) => !isAssertion(each));
        return parts.reduceRight(
          (after, each, n) => this.of(each, after, atStart && (first < 0 || n <= first)),
          rest,
        );
      }
      case 'either':
        // What has no assertion is made by itself, so that what follows is not made again for each.
        if (!hasAssertion(pattern))
          return all.followed(
            all.or(...pattern.options.map((each) => this.of(each, all.empty, false))),
            rest,
          );
        return all.or(...pattern.options.map((each) => this.of(each, rest, atStart)));
      case 'repeat':
        return this.#repeated(pattern, rest, atStart);
      case 'ahead': {
        const ahead = this.of(pattern.of, all.anything, atStart);
        return all.and(rest, pattern.negative ? all.not(ahead) : ahead);
      }
      case 'start':
        if (!atStart) throw new PatternError('start-within');
        return rest;
      case 'end':
        return all.and(rest, all.empty);
    }
  }

  #repeated(pattern: Pattern & { kind: 'repeat' }, rest: Expression, atStart: boolean): Expression {
    const { of, least, most } = pattern;
    const all = this.#all;
    if (!hasAssertion(of)) return all.followed(all.repeat(this.of(of, all.empty, false), least, most), rest);
    if (most > 1) throw new PatternError('assertion-repeated');
    if (most === 0) return rest;
    const once = this.of(of, rest, atStart);
    return least === 1 ? once : all.or(rest, once);
  }
}

function isAssertion({ kind }: Pattern): boolean {
  return kind === 'start' || kind === 'end' || kind === 'ahead';
}

function hasAssertion(pattern: Pattern): boolean {
  if (isAssertion(pattern)) return true;
  if (pattern.kind === 'sequence') return pattern.parts.some(hasAssertion);
  if (pattern.kind === 'either') return pattern.options.some(hasAssertion);
  return pattern.kind === 'repeat' && hasAssertion(pattern.of);
}
