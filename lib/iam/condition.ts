/**
 * The Condition element: every operator and every key must hold; of several values any may, or, if the operator is
 * negated, none.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
import { UNFIT } from './arn';
import { COMPARERS, type Comparison, VOID } from './comparison';
import { type Context, type ContextValue, keyOf, UNKNOWN } from './context';
import { SaidOften } from './said-often';
import { and, MAYBE, NO, not, or, type Truth, truth, YES } from './truth';

/** One operator on one key of one statement. */
export interface ConditionTest {
  /** As the policy writes it, with qualifier and suffix. */
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  /** The key as the policy writes it. */
  readonly name: string;
  readonly values: readonly string[];
  /** Why it can’t be judged, whatever the request. */
  readonly doubt?: string;
  readonly holds: (context: Context) => Truth;
}

interface Operator {
  readonly base: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
}

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** Compiles a Condition block. What cannot be read becomes a test that is never judged. */
export function conditionOf(block: unknown, variables: boolean): ConditionTest[] {
  if (!isRecord(block)) return [neverJudged('', '', [JSON.stringify(block)], 'Condition is not an object')];
  return Object.entries(block).flatMap(([operator, keys]) => {
    if (!isRecord(keys))
      return [neverJudged(operator, '', [JSON.stringify(keys)], `${operator} is not an object`)];
    return Object.entries(keys).map(([key, values]) =>
      knownTests.of(JSON.stringify([operator, key, values, variables]), () =>
        testOf(operator, key, values, variables),
      ),
    );
  });
}

const knownTests = new SaidOften<ConditionTest>();

function testOf(text: string, name: string, given: unknown, variables: boolean): ConditionTest {
  const key = keyOf(name);
  const list = Array.isArray(given) ? given : [given];
  const values = list.map((each) => (typeof each === 'string' ? each : String(JSON.stringify(each))));
  if (list.length === 0 || !list.every((each) => /^(?:string|number|boolean)$/.test(typeof each)))
    return neverJudged(text, name, values, `${text} ${name} has no value, or one that is no text`);
  const operator = operatorOf(text);
  if (operator === undefined) return neverJudged(text, name, values, `'${text}' is no condition operator`);
  if (operator.base === 'Null') return nullTestOf(text, name, values);
  const comparisons: Comparison[] = [];
  for (const value of values) {
    const made = COMPARERS[operator.base]?.(value, variables);
    if (typeof made !== 'function') return neverJudged(text, name, values, `${text} ${name}: ${made}`);
    comparisons.push(made);
  }
  return { operator: text, key, name, values, holds: holdsOf(operator, key, comparisons) };
}

function operatorOf(text: string): Operator | undefined {
  const [, set, name = '', suffix] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(text) ?? [];
  const base = NEGATED[name] ?? name;
  if (base === 'Null' ? set !== undefined || suffix !== undefined : COMPARERS[base] === undefined)
    return undefined;
  return {
    base,
    negated: name in NEGATED,
    ifExists: suffix !== undefined,
    set: set as Operator['set'],
  };
}

/**
 * `true`: the key is absent; `false`: it is there and not null.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
function nullTestOf(operator: string, name: string, values: readonly string[]): ConditionTest {
  const key = keyOf(name);
  if (!values.every((value) => value === 'true' || value === 'false'))
    return neverJudged(operator, name, values, `Null ${key} is neither true nor false`);
  return {
    operator,
    key,
    name,
    values,
    holds: (context) => {
      const value = context.get(key);
      return value === UNKNOWN ? MAYBE : truth(values.includes(value === undefined ? 'true' : 'false'));
    },
  };
}

/**
 * An absent key: with `IfExists`, holds, in a Deny too; else a negated operator holds and any other does not. Of a set,
 * all of no values hold, and none of them is any. For `ForAnyValue` with `IfExists` AWS documents both answers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function absent({ ifExists, set, negated }: Operator): Truth {
  if (ifExists) return set === 'ForAnyValue' ? MAYBE : YES;
  if (set !== undefined) return truth(set === 'ForAllValues');
  return truth(negated);
}

function holdsOf(
  operator: Operator,
  key: string,
  comparisons: readonly Comparison[],
): ConditionTest['holds'] {
  const { set, negated } = operator;
  const whenAbsent = absent(operator);
  const one = (actual: string, context: Context) => compare(actual, comparisons, negated, context);
  return (context) => {
    const value: ContextValue | undefined = context.get(key);
    if (value === undefined) return whenAbsent;
    if (value === UNKNOWN) return MAYBE;
    // AWS asks for a set operator where a key has many values, and does not say what happens without one.
    if (set === undefined) return typeof value === 'string' ? one(value, context) : MAYBE;
    const actuals = typeof value === 'string' ? [value] : value;
    // An empty text counts as an empty set.
    if (actuals.every((actual) => actual === '')) return truth(set === 'ForAllValues');
    return set === 'ForAllValues'
      ? actuals.reduce<Truth>((all, actual) => and(all, one(actual, context)), YES)
      : actuals.reduce<Truth>((any, actual) => or(any, one(actual, context)), NO);
  };
}

function compare(
  actual: string,
  comparisons: readonly Comparison[],
  negated: boolean,
  context: Context,
): Truth {
  let any: Truth = NO;
  let isVoid = false;
  let isUnfit = false;
  for (const comparison of comparisons) {
    const outcome = comparison(actual, context);
    if (outcome === VOID) isVoid = true;
    else if (outcome === UNFIT) isUnfit = true;
    else if (outcome > any) any = outcome;
  }
  if (isVoid) return negated || any !== NO ? MAYBE : NO;
  // That it is no match is documented; that it is a negated match is not.
  if (isUnfit && negated && any === NO) return MAYBE;
  return negated ? not(any) : any;
}

function neverJudged(
  operator: string,
  name: string,
  values: readonly string[],
  doubt: string,
): ConditionTest {
  return { operator, key: keyOf(name), name, values, doubt, holds: () => MAYBE };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
