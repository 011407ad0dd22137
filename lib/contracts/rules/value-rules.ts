/** All that one column asks of a single value. */
import type { PlannedColumn, ScalarType } from '../../wire/contracts';
import { PlanError } from '../errors';
import type { Findings } from '../findings';
import { gssLookup } from '../gss/lookup';
import type { GssLookup } from '../gss-lookup';
import { automatonOf } from '../pattern/automaton';
import { formOf, TEXT_FORMATS } from './forms';
import { GssCodes, withCodes } from './gss-codes';
import { listMachine, nhsNumberMachine } from './machine/known-machines';
import { both, type Machine, machineOf, matches } from './machine/machine';
import { lengthOf } from './machine/utf-8';
import { atLeast, atMost, multipleOf } from './number-bounds';
import { compareDecimals, factorOf, isMultiple } from './order/decimal';
import { orderOf } from './order/order';

/** Asks something of a value, a range of bytes. */
export type Ask = (bytes: Uint8Array, from: number, to: number) => boolean;

/**
 * The rules of a column for one value, which is a range of bytes in UTF-8 and not empty: what is asked of no value (`required`)
 * is for the one who reads rows. GSS codes that were to be in use on the day of another column are asked by `RowRules`.
 */
export interface ValueRules {
  /** Whether the value keeps every rule. Quick: no string is made. */
  readonly holds: Ask;
  /** The rules that it breaks, by their numbers in the findings; none where it holds. A value of another type breaks that rule alone. */
  broken(bytes: Uint8Array, from: number, to: number): readonly number[];
  /** What the automaton of the column takes; for those who find the ends of values with it. */
  readonly machine: Machine | undefined;
  /** What is left to ask of a value that the automaton takes; nothing where that is all. */
  readonly after: Ask | undefined;
}

/** One rule: by an automaton, or by asking. */
interface Rule {
  readonly rule: number;
  readonly machine?: Machine | undefined;
  readonly ask: Ask;
  /** Whether another rule of the column holds only where this does. */
  readonly implied?: boolean;
}

/** The most states of the automaton of all rules of a column together; a rule that would make it larger is asked by itself. */
const MOST_JOINED = 3_000;

/** A column whose values are single ones. */
export type ScalarColumn = Pick<PlannedColumn, 'oneOf'> & { readonly type: ScalarType };

/**
 * The rules of a column. Those of the same column made twice have the same numbers.
 * @param gss when GSS codes were in use
 * @throws PlanError for a contract that cannot be carried out
 */
export function valueRules(column: ScalarColumn, findings: Findings, gss: GssLookup = gssLookup): ValueRules {
  const { type, oneOf } = column;
  const form = formRule(type, findings);
  const rules = [...rulesOf(type, findings, gss)];
  if (oneOf) rules.push({ rule: findings.rule(oneOf.rule, oneOf.severity), ...listRule(oneOf.values) });

  let machine = form?.machine;
  const rest: Rule[] = [];
  for (const each of rules) {
    const joined = each.machine && (machine ? both(machine, each.machine, MOST_JOINED) : each.machine);
    if (joined) machine = joined;
    else if (!each.implied) rest.push(each);
  }
  const after = rest.length === 0 ? undefined : allOf(rest.map(({ ask }) => ask));
  const taken: Ask | undefined = machine && asksMachine(machine);
  return {
    machine,
    after,
    holds: allOf([taken, after].filter((each) => each !== undefined)),
    broken(bytes, from, to) {
      if (form && !form.ask(bytes, from, to)) return [form.rule];
      const broken = rules.filter(({ ask }) => !ask(bytes, from, to));
      // A GSS code that there never was breaks the rule of the type alone.
      return (broken[0]?.implied ? broken.slice(0, 1) : broken).map(({ rule }) => rule);
    },
  };
}

function allOf(asks: readonly Ask[]): Ask {
  const [first, second] = asks;
  if (!first) return () => true;
  if (!second) return first;
  if (asks.length === 2) return (bytes, from, to) => first(bytes, from, to) && second(bytes, from, to);
  return (bytes, from, to) => {
    for (const ask of asks) if (!ask(bytes, from, to)) return false;
    return true;
  };
}

function asksMachine(machine: Machine): Ask {
  return (bytes, from, to) => matches(machine, bytes, from, to);
}

const machines = new Map<string, Machine>();

/** Patterns recur: most columns of dates have the same. */
function patternMachine(pattern: string): Machine {
  const known = machines.get(pattern);
  if (known) return known;
  const machine = machineOf(automatonOf(pattern));
  if (machines.size > 100) machines.clear();
  machines.set(pattern, machine);
  return machine;
}

function formRule(type: ScalarType, findings: Findings): (Rule & { readonly machine: Machine }) | undefined {
  const rule = findings.rule(type.rule);
  const pattern = formOf(type);
  if (type.kind !== 'nhs-number' && pattern === undefined) return undefined;
  const machine = pattern === undefined ? nhsNumberMachine() : patternMachine(pattern);
  return { rule, machine, ask: asksMachine(machine) };
}

function* rulesOf(type: ScalarType, findings: Findings, gss: GssLookup): Generator<Rule> {
  switch (type.kind) {
    case 'text':
      yield* textRules(type, findings);
      return;
    case 'gss-code': {
      const known = new GssCodes(withCodes(gss, type.also), undefined);
      const isKnown: Ask = (bytes, from) => known.holds(bytes, from);
      const { validOn } = type;
      const implied = validOn !== undefined && 'day' in validOn.on;
      yield { rule: findings.rule(type.rule), ask: isKnown, implied };
      if (!validOn) return;
      const rule = findings.rule(validOn.rule);
      if ('column' in validOn.on) return;
      const onDay = new GssCodes(withCodes(gss, type.also), validOn.on.day);
      const ask: Ask = (bytes, from) => onDay.holds(bytes, from);
      yield { rule, ask };
      return;
    }
    case 'integer':
    case 'number':
      if (type.fits) {
        const { rule, minimum, maximum } = type.fits;
        const [least, most] = [Buffer.from(minimum), Buffer.from(maximum)];
        yield {
          rule: findings.rule(rule),
          ask: (bytes, from, to) =>
            compareDecimals(bytes, from, to, least, 0, least.length) >= 0 &&
            compareDecimals(bytes, from, to, most, 0, most.length) <= 0,
        };
      }
      yield* boundRules(type, findings);
      if (type.multipleOf) {
        const factor = factorOf(type.multipleOf.value);
        const pattern = multipleOf(type.multipleOf.value);
        yield {
          rule: findings.rule(type.multipleOf.rule),
          machine: pattern === undefined ? undefined : patternMachine(pattern),
          ask: (bytes, from, to) => isMultiple(bytes, from, to, factor),
        };
      }
      return;
    case 'date':
    case 'time':
    case 'timestamp':
      yield* boundRules(type, findings);
      return;
    default:
  }
}

type Bounded = Extract<ScalarType, { kind: 'integer' | 'number' | 'date' | 'time' | 'timestamp' }>;

function* boundRules(type: Bounded, findings: Findings): Generator<Rule> {
  const { kind, minimum, maximum } = type;
  const compare = orderOf(kind);
  const form = patternMachine(formOf(type) ?? '');
  const bytesOf = (value: string) => {
    const bytes = Buffer.from(value);
    if (!matches(form, bytes, 0, bytes.length))
      throw new PlanError(`the bound at ${type.rule} is not written as its values have to be`);
    return bytes;
  };
  const ranged = (pattern: string | undefined) =>
    pattern === undefined || (kind !== 'integer' && kind !== 'number') ? undefined : patternMachine(pattern);
  if (minimum) {
    const least = bytesOf(minimum.value);
    const from = minimum.exclusive ? 1 : 0;
    yield {
      rule: findings.rule(minimum.rule),
      machine: ranged(atLeast(minimum)),
      // A sign of 1 or more: compare gives whole numbers.
      ask: (bytes, at, to) => compare(bytes, at, to, least, 0, least.length) >= from,
    };
  }
  if (maximum) {
    const most = bytesOf(maximum.value);
    const to = maximum.exclusive ? -1 : 0;
    yield {
      rule: findings.rule(maximum.rule),
      machine: ranged(atMost(maximum)),
      ask: (bytes, at, end) => compare(bytes, at, end, most, 0, most.length) <= to,
    };
  }
}

function* textRules(type: Extract<ScalarType, { kind: 'text' }>, findings: Findings): Generator<Rule> {
  const { minLength, maxLength, pattern, format } = type;
  if (minLength) {
    const least = minLength.value;
    yield {
      rule: findings.rule(minLength.rule),
      // A character has one byte to four.
      ask: (bytes, from, to) => to - from >= 4 * least || lengthOf(bytes, from, to) >= least,
    };
  }
  if (maxLength) {
    const most = maxLength.value;
    yield {
      rule: findings.rule(maxLength.rule),
      ask: (bytes, from, to) => to - from <= most || lengthOf(bytes, from, to) <= most,
    };
  }
  if (pattern) {
    const machine = machineOf(pattern.automaton);
    yield { rule: findings.rule(pattern.rule), machine, ask: asksMachine(machine) };
  }
  if (format) {
    const { pattern: form, most } = TEXT_FORMATS[format.value];
    const machine = patternMachine(form);
    const rule = findings.rule(format.rule);
    if (most === undefined) yield { rule, machine, ask: asksMachine(machine) };
    else yield { rule, ask: (bytes, from, to) => to - from <= most && matches(machine, bytes, from, to) };
  }
}

/** A list of values, by an automaton where it is not too large for one. */
export function listRule(values: readonly string[]): { readonly machine?: Machine; readonly ask: Ask } {
  const machine = listMachine(values);
  if (machine) return { machine, ask: asksMachine(machine) };
  const all = new Set(values);
  const longest = Math.max(...values.map((value) => Buffer.byteLength(value)));
  return {
    ask: (bytes, from, to) =>
      to - from <= longest && all.has(Buffer.from(bytes.subarray(from, to)).toString()),
  };
}
