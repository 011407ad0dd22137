/** The values of a condition key that policies tell apart: for each key, enough of them to stand for all. */
import type { ConditionTest, Context, ContextValue } from '../iam';
import { textsFor } from './texts';

/** A value, or undefined where the key is absent. */
export type Value = ContextValue | undefined;

/** Keys that hold lists. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
const LISTS = new Set(['kms:encryptioncontextkeys', 'kms:grantoperations', 'aws:tagkeys']);
/** Keys that hold ARNs and nothing else. */
const ARNS = new Set([
  'aws:sourcearn',
  // Of those who may use a key by it, CloudWatch Logs alone gives it.
  'kms:encryptioncontext:aws:logs:arn',
  'lambda:functionarn',
  'lambda:sourcefunctionarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);
/** Keys that are in every request. */
const ALWAYS = new Set(['aws:currenttime']);
/** What no policy names. */
const FRESH = ['concordat-fresh', 'arn:aws:fresh:us-fresh-1:123123123123:fresh/fresh'];

/**
 * Values of a key: each that a test names, one next to it on either side where there is an order, one that no test names,
 * and none. Texts with wildcards are taken together, so that each combination of them that can hold is there.
 */
export function valuesOf(
  key: string,
  tests: readonly ConditionTest[],
  context: Context,
  more: readonly Value[],
): readonly Value[] {
  const isList = LISTS.has(key) || tests.some(({ operator }) => operator.includes(':'));
  const values = [...more, ...tests.flatMap((test) => near(test)), ...together(tests, context)];
  const texts = [...new Set(values.flatMap((each) => (each === undefined ? [] : each)))].filter(
    (each): each is string => typeof each === 'string',
  );
  const fitting = ARNS.has(key) ? texts.filter((each) => /^arn:(?:[^:]*:){4}./.test(each)) : texts;
  const given = isList ? [...more.filter((each) => Array.isArray(each)), ...lists(fitting)] : fitting;
  const all: Value[] = ALWAYS.has(key) ? given : [undefined, ...given];
  return key === 'aws:currenttime' && all.length === 0 ? [] : all;
}

function lists(texts: readonly string[]): (readonly string[])[] {
  const named = texts.filter((each) => !FRESH.includes(each));
  const fresh = FRESH.slice(0, 1);
  return [...named.map((each) => [each]), ...(named.length > 1 ? [named] : []), fresh, [...named, ...fresh]];
}

/** Values beside those of an operator with an order, and both of one that knows but two. */
function near({ operator, values }: ConditionTest): string[] {
  if (/Numeric/.test(operator)) return values.flatMap((each) => around(Number(each)));
  if (/Date/.test(operator)) return values.flatMap((each) => beside(each));
  if (/Bool/.test(operator)) return ['true', 'false'];
  return /String|Arn/.test(operator) ? [...FRESH] : [...values, ...FRESH];
}

/** Less than any two numbers in policies differ. */
const STEP = 0.1;

function around(number: number): string[] {
  return Number.isFinite(number)
    ? [number - STEP, number, number + STEP].map((each) => String(Number(each.toFixed(6))))
    : [];
}

function beside(instant: string): string[] {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? [] : [time - 1000, time, time + 1000].map(inSeconds);
}

/** A moment as policies write it. */
export function inSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function together(tests: readonly ConditionTest[], context: Context): string[] {
  const patterns = tests.flatMap(({ operator, values }) =>
    /Like|Arn/.test(operator)
      ? values.map((each) => put(each, context))
      : /String/.test(operator)
        ? values.map((each) => put(each, context))
        : [],
  );
  if (patterns.length === 0) return [];
  if (!patterns.some((each) => /[*?]/.test(each))) return patterns;
  return [...textsFor(patterns.map((pattern) => ({ pattern, before: '' })))].filter((each) => each !== '');
}

/** Variables by what they stand for, where the request is to say so. */
export function put(text: string, context: Context): string {
  if (!text.includes('${')) return text;
  return text.replace(/\$\{([^}']+)\}/g, (whole, key: string) => {
    const value = context.get(key.trim().toLowerCase());
    return typeof value === 'string' ? value : /^[*?$]$/.test(key) ? key : whole;
  });
}
