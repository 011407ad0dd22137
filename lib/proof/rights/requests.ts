/** Requests that a statement speaks of: enough of them to show what it lets anybody do. */
import {
  type Caller,
  type CallerInput,
  type ConditionTest,
  callerOf,
  NO,
  type Request,
  requestOf,
  type Statement,
} from '../../iam';

/** Stands for what a wildcard takes, and for a value that no policy names. */
const FRESH = 'concordat-fresh';
const OTHER_ACCOUNT = '123123123123';
const ACTION = /^[a-z0-9-]+:[a-z0-9]+$/i;
/** More combinations of values than any policy of ours has; the rest would be told apart by nothing new. */
const MOST_COMBINATIONS = 256;

/** The access point through which S3 is asked: where that is the resource, no other. */
const THROUGH = 's3:dataaccesspointarn';
const ACCESS_POINT = /^arn:aws:s3:[^:]*:[^:]*:accesspoint\/[^/]+/;

/** What is asked. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Each action of a statement on each of its resources, under each combination of values that its conditions take. */
export function* requestsOf(statement: Statement): Generator<Asked> {
  const actions = statement.actions.negated
    ? ['concordat:Fresh']
    : statement.actions.patterns.map((each) =>
        each === '*' ? 'concordat:Fresh' : each.replace(/[*?]/g, 'Fresh'),
      );
  const resources = statement.resources.negated
    ? [`arn:aws:concordat:::${FRESH}`]
    : statement.resources.patterns.map((each) =>
        each === '*' ? `arn:aws:concordat:::${FRESH}` : instanceOf(each),
      );
  const contexts = contextsOf(statement.conditions);
  // What is no action at all, AWS refuses, and the engine doubts wherever it is asked.
  for (const action of actions.filter((each) => ACTION.test(each)))
    for (const each of resources)
      for (const context of contexts)
        yield { action, resource: throughThat(each, context[THROUGH], statement), context };
}

/** A resource below the access point that a condition takes, where the statement speaks of that; otherwise as it is. */
function throughThat(resource: string, accessPoint: string | undefined, { resources }: Statement): string {
  const there = resource.replace(ACCESS_POINT, accessPoint ?? '$&');
  return resources.matches(there, new Map()) === NO ? resource : there;
}

/** Keys of the resource’s account, which follows from the resource. */
const OF_ACCOUNTS = ['aws:resourceaccount', 's3:resourceaccount', 'kms:calleraccount'];

/**
 * What is asked, by somebody: keys that follow from the caller and the resource have the values that follow, whatever a
 * condition names.
 */
export function askedBy(
  caller: CallerInput | Caller,
  { action, resource, context }: Asked,
  account: string,
): Request {
  const known = 'keys' in caller ? caller : callerOf(caller);
  const [through] = ACCESS_POINT.exec(resource) ?? [];
  const free = Object.entries(context).filter(
    ([key]) => !known.keys.some(([own]) => own === key) && !OF_ACCOUNTS.includes(key),
  );
  return requestOf({
    caller: known,
    action,
    resource,
    resourceAccount: account,
    context: { ...Object.fromEntries(free), ...(through !== undefined && { [THROUGH]: through }) },
  });
}

/** A text that a pattern takes; of an ARN in any account, one in an account that nobody names. */
export function instanceOf(pattern: string): string {
  const inAccount = pattern.replace(/^((?:[^:]*:){4})\*:/, `$1${OTHER_ACCOUNT}:`);
  return inAccount.replaceAll('*', FRESH).replaceAll('?', 'x');
}

/** Values that a condition does not name, of the sort that its operator compares. */
function othersThan({ operator }: ConditionTest): string[] {
  if (/arn/i.test(operator)) return [`arn:aws:concordat:::${FRESH}`];
  if (/^(?:[^:]*:)?(?:bool|null)/i.test(operator)) return ['true', 'false'];
  return /string/i.test(operator) ? [FRESH] : [];
}

/** Every combination of values under which all conditions hold. */
function contextsOf(conditions: readonly ConditionTest[]): Record<string, string>[] {
  const byKey = new Map<string, ConditionTest[]>();
  for (const each of conditions) byKey.set(each.key, [...(byKey.get(each.key) ?? []), each]);
  let contexts: Record<string, string>[] = [{}];
  for (const [key, tests] of byKey) {
    const values = new Set(tests.flatMap((each) => [...othersThan(each), ...each.values.map(instanceOf)]));
    const taken = [undefined, ...values].filter((value) => {
      const context = new Map(value === undefined ? [] : [[key, value]]);
      return tests.every((test) => test.holds(context) !== NO);
    });
    contexts = contexts
      .flatMap((context) =>
        taken.map((value) => (value === undefined ? context : { ...context, [key]: value })),
      )
      .slice(0, MOST_COMBINATIONS);
  }
  return contexts;
}
