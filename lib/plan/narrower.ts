/**
 * Whether a policy lets in no more than before, told from its statements alone: each Allow is met by no more requests, and each
 * Deny by no fewer. What cannot be told this way counts as more.
 */
import { isGroup } from '../assembly';
import { type PatternOf, covers as takesAll } from '../iam';

type Group = Readonly<Record<string, unknown>>;

/** Whether a policy document of statements, or one of another form that is the same, lets in no more than it did. */
export function isNarrowerDocument(was: unknown, is: unknown): boolean {
  if (same(was, is)) return true;
  if (!isDocument(was) || !isDocument(is)) return false;
  const { Statement: old, Id: _old, ...oldRest } = was;
  const { Statement: now, Id: _now, ...nowRest } = is;
  return same(oldRest, nowRest) && isNarrower(listOf(old), listOf(now));
}

/** The same of the statements alone. */
export function isNarrower(was: readonly unknown[], is: readonly unknown[]): boolean {
  const among = (one: unknown, all: readonly unknown[]) => all.some((each) => meetsNoMore(one, each));
  return (
    is.every((each) => isDeny(each) || among(each, was)) &&
    was.every((each) => !isDeny(each) || among(each, is))
  );
}

/** Whether a value is a policy document. */
export function isDocument(value: unknown): value is Group {
  return isGroup(value) && value.Statement !== undefined;
}

/** Whether any statement anywhere in a value is a Deny. */
export function holdsDeny(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsDeny);
  return isGroup(value) && (isDeny(value) || Object.values(value).some(holdsDeny));
}

function isDeny(value: unknown): boolean {
  return isGroup(value) && value.Effect === 'Deny';
}

/** Elements that list what is meant, and those that list what is not. */
const LISTED = ['Action', 'Resource', 'Principal'] as const;

/** Whether every request that one statement meets is met by the other, of the same effect. */
function meetsNoMore(one: unknown, other: unknown): boolean {
  if (!isGroup(one) || !isGroup(other)) return same(one, other);
  const known = new Set<string>([
    'Sid',
    'Effect',
    'Condition',
    ...LISTED,
    ...LISTED.map((each) => `Not${each}`),
  ]);
  const strange = (each: Group) => Object.entries(each).filter(([name]) => !known.has(name));
  return (
    one.Effect === other.Effect &&
    same(strange(one), strange(other)) &&
    LISTED.every(
      (name) =>
        isAmong(one[name], other[name], name) && isAmong(other[`Not${name}`], one[`Not${name}`], name),
    ) &&
    holdsNoMore(one.Condition ?? {}, other.Condition ?? {})
  );
}

/** Whether each of some names is covered by one of the others. */
function isAmong(some: unknown, all: unknown, element: (typeof LISTED)[number]): boolean {
  if (some === undefined || all === undefined) return some === all;
  if (element === 'Principal' && (isGroup(some) || isGroup(all))) {
    const [one, other] = [some, all].map((each) => (isGroup(each) ? each : { AWS: each }));
    return Object.entries(one ?? {}).every(([type, names]) =>
      covers(listOf(other?.[type]), listOf(names), same),
    );
  }
  const by = { Action: ACTION, Resource: pattern('resource'), Principal: same }[element];
  return covers(listOf(all), listOf(some), by);
}

type Covers = (wide: unknown, narrow: unknown) => boolean;

function covers(wide: readonly unknown[], narrow: readonly unknown[], by: Covers): boolean {
  return narrow.every((each) => wide.some((one) => by(one, each)));
}

/** By the engine’s own meaning of wildcards: in an ARN none stands for more than a part of it. */
function pattern(of: PatternOf): Covers {
  return (wide, narrow) =>
    same(wide, narrow) ||
    (typeof wide === 'string' && typeof narrow === 'string' && takesAll(wide, narrow, of));
}

/** Actions, in whatever case. */
const ACTION: Covers = (wide, narrow) => pattern('text')(inLowerCase(wide), inLowerCase(narrow));

function inLowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** By which values an operator holds for fewer requests. */
type Tightens = (one: readonly unknown[], other: readonly unknown[]) => boolean;

const FEWER: Tightens = (one, other) => covers(other, one, same);
const MORE: Tightens = (one, other) => covers(one, other, same);
const LIKE_FEWER: Tightens = (one, other) => covers(other, one, pattern('text'));
const LIKE_MORE: Tightens = (one, other) => covers(one, other, pattern('text'));
const ARN_FEWER: Tightens = (one, other) => covers(other, one, pattern('ARN condition'));
const ARN_MORE: Tightens = (one, other) => covers(one, other, pattern('ARN condition'));
const single =
  (order: (one: number, other: number) => boolean): Tightens =>
  ([one, ...more], [other, ...others]) =>
    more.length + others.length === 0 && order(momentOf(one), momentOf(other));

const OPERATORS: Readonly<Record<string, Tightens>> = {
  StringEquals: FEWER,
  StringEqualsIgnoreCase: FEWER,
  ArnEquals: ARN_FEWER,
  StringLike: LIKE_FEWER,
  ArnLike: ARN_FEWER,
  IpAddress: FEWER,
  NumericEquals: FEWER,
  DateEquals: FEWER,
  StringNotEquals: MORE,
  StringNotEqualsIgnoreCase: MORE,
  ArnNotEquals: ARN_MORE,
  StringNotLike: LIKE_MORE,
  ArnNotLike: ARN_MORE,
  NotIpAddress: MORE,
  ...Object.fromEntries(
    ['Numeric', 'Date'].flatMap((type) => [
      [`${type}LessThan`, single((one, other) => one <= other)],
      [`${type}LessThanEquals`, single((one, other) => one <= other)],
      [`${type}GreaterThan`, single((one, other) => one >= other)],
      [`${type}GreaterThanEquals`, single((one, other) => one >= other)],
    ]),
  ),
};

/** Of an instant or a number; what is neither is never in order. */
function momentOf(value: unknown): number {
  const text = String(value);
  return /^\d{4}-/.test(text) ? Date.parse(text) : Number(text);
}

/** Whether conditions hold for no more requests: each of the others is among them, and no looser. */
function holdsNoMore(one: unknown, other: unknown): boolean {
  if (same(one, other)) return true;
  if (!isGroup(one) || !isGroup(other)) return false;
  const tests = testsIn(one);
  return testsIn(other).every(({ operator, key, values }) =>
    tests.some(
      (each) =>
        each.operator === operator &&
        each.key === key &&
        (same(each.values, values) || (tightening(operator)?.(each.values, values) ?? false)),
    ),
  );
}

function tightening(operator: string): Tightens | undefined {
  return OPERATORS[operator.replace(/^For(?:All|Any)Values:/, '').replace(/IfExists$/, '')];
}

function testsIn(condition: Group) {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isGroup(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: listOf(values),
    })),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
