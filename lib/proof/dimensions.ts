/** What varies in the requests of one question, and what each value makes of each statement and grant. */
import {
  and,
  type ConditionTest,
  type ContextValue,
  type Grant,
  granted,
  NO,
  type Truth,
  truth,
  YES,
} from '../iam';
import type { Live, LiveStatement } from './live';
import type { DatedGrant, Entitlement } from './question';
import { inSeconds, type Value, valuesOf } from './values';

/** The key of the moment of a request. */
export const TIME = 'aws:currenttime';
const PAIR = 'kms:encryptioncontext:';

/** One condition key with its values. */
export interface Dimension {
  readonly key: string;
  readonly values: readonly Value[];
  /** For each value, what each statement and then each grant makes of it. */
  readonly truths: readonly (readonly Truth[])[];
}

/** Everything that varies. Values of a key that nobody is entitled by, and that no statement tells apart, are one. */
export function dimensionsOf(entitlement: Entitlement | undefined, live: Live): Dimension[] {
  const tests = new Map<string, ConditionTest[]>();
  const add = (key: string) => {
    const list = tests.get(key) ?? [];
    tests.set(key, list);
    return list;
  };
  // First what the entitlement asks, in its own order: combinations that it refuses early are then one from there on.
  for (const key of entitlement?.values.keys() ?? []) add(key);
  for (const each of live.statements) for (const test of each.tests) add(test.key).push(test);
  const constrained = live.grants.filter((each) => isConstrained(each, live));
  const pairs = new Set(constrained.flatMap(({ grant }) => pairsOf(grant)));
  if (pairs.size > 0) pairs.add('concordat-fresh');
  for (const pair of pairs) add(PAIR + pair);
  if (live.grants.length > 0) add(TIME);
  return [...tests].map(([key, list]) => {
    const more = [...(entitlement?.values.get(key) ?? []), ...grantValues(key, live.grants)];
    const isEntitling = entitlement?.values.has(key) === true;
    const values = new Map<string, { value: Value; truths: readonly Truth[] }>();
    const context = new Map(live.request.context);
    for (const value of valuesOf(key, list, live.request.context, more)) {
      const truths = truthsOf(key, value, live, context);
      // What a statement takes alike, the entitlement may tell apart: a value of its own beside one that is wrong.
      const same = isEntitling ? (JSON.stringify(value) ?? '') : truths.join('');
      if (!values.has(same)) values.set(same, { value, truths });
    }
    const all = [...values.values()];
    return { key, values: all.map(({ value }) => value), truths: all.map(({ truths }) => truths) };
  });
}

/** Whether the encryption context counts: without one, a grant that is constrained holds for nothing. */
function isConstrained({ grant }: DatedGrant, { request }: Live): boolean {
  return granted(grant, request, NO) === NO;
}

function pairsOf({ input }: Grant): string[] {
  return Object.keys({ ...input.encryptionContextEquals, ...input.encryptionContextSubset }).map((each) =>
    each.toLowerCase(),
  );
}

function grantValues(key: string, grants: readonly DatedGrant[]): string[] {
  if (key === TIME)
    return grants.flatMap(({ from, until }) => [
      inSeconds(Date.parse(from) - 1000),
      from,
      inSeconds(Date.parse(until) - 1000),
      until,
    ]);
  if (!key.startsWith(PAIR)) return [];
  return ['concordat-fresh', ...grants.flatMap(({ grant }) => wantedOf(grant, key) ?? [])];
}

function wantedOf({ input }: Grant, key: string): string | undefined {
  const wanted = { ...input.encryptionContextSubset, ...input.encryptionContextEquals };
  return Object.entries(wanted).find(([name]) => PAIR + name.toLowerCase() === key)?.[1];
}

/** What one value makes of each statement and each grant, all else left aside. @param context takes the value for this key */
function truthsOf(key: string, value: Value, live: Live, context: Map<string, ContextValue>): Truth[] {
  const { statements, grants, request } = live;
  const given = value ?? request.context.get(key);
  if (given === undefined) context.delete(key);
  else context.set(key, given);
  const ofStatement = ({ tests }: LiveStatement) =>
    tests.reduce<Truth>((all, test) => (test.key === key ? and(all, test.holds(context)) : all), YES);
  return [
    ...statements.map(ofStatement),
    ...grants.map((each) => {
      const { grant, from, until } = each;
      if (key === TIME) return truth(typeof value === 'string' && from <= value && value < until);
      if (!key.startsWith(PAIR) || !isConstrained(each, live)) return YES;
      const wanted = wantedOf(grant, key);
      const only = grant.input.encryptionContextEquals !== undefined;
      return wanted === undefined ? truth(value === undefined || !only) : truth(value === wanted);
    }),
  ];
}
