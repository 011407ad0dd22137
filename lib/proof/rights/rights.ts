/**
 * Whether roles may do what they are there for, and nothing else, beyond what the proof asks of buckets, keys, roles and tables.
 *
 * Of each Allow statement, each action on each resource is asked for, under each combination of the values that its conditions
 * name, and of values and absences that they take too; wildcards stand for a text of their own. What the role’s own policies let
 * it do there, its purpose must give. Its boundary counts only for what it must be able to do: what a role is given and its
 * boundary alone keeps from it is a fault that waits for another boundary.
 */
import type { MadeRole, World } from '../../assembly';
import {
  accountOfArn,
  type ConditionTest,
  callerOf,
  compile,
  decide,
  NO,
  type Policy,
  requestOf,
  type Statement,
} from '../../iam';
import { isActive } from '../shares';
import { type Claim, claimsOf, type Holder } from './claims';

/** A right that a role has and is not there for, or is there for and has not. */
export interface RightFinding {
  readonly what: 'beyond its purpose' | 'missing' | 'not judged';
  /** The ARN of the role. */
  readonly role: string;
  readonly place: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
  /** The statement that lets it, by its Sid or its number. */
  readonly statement?: string;
}

/** Stands for what a wildcard takes, and for a value that no policy names. */
const FRESH = 'concordat-fresh';
const OTHER_ACCOUNT = '123123123123';
const ACTION = /^[a-z0-9-]+:[a-z0-9]+$/i;
/** More combinations of values than any policy of ours has; the rest would be told apart by nothing new. */
const MOST_COMBINATIONS = 256;

/** Every finding, in the order of roles. @param only the accounts whose roles are asked about; all if not given */
export function rightFindings(world: World, only?: ReadonlySet<string>): RightFinding[] {
  const { register, asOf } = world;
  const asked = new Set(
    [...world.buckets, ...world.keys, ...world.tables]
      .map(({ arn }) => arn)
      .concat(world.roles.map(({ arn }) => arn)),
  );
  return world.roles
    .filter(({ account }) => only === undefined || only.has(account))
    .flatMap((role) => {
      const organisation = register.organisations.find(({ account }) => account === role.account);
      const holder: Holder = { account: role.account, organisation, register };
      const claims = claimsOf(role.arn.slice(role.arn.indexOf('role/') + 'role/'.length), holder);
      const mayAct = organisation === undefined || isActive(organisation, asOf) || role.identity.length > 0;
      return [...(mayAct ? missing(role, claims) : []), ...beyond(role, claims, asked)];
    });
}

/** A resource whose own policy leaves it to those of its account. */
function openTo(account: string): Policy {
  return compile(
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: '*', Resource: '*' },
      ],
    },
    { kind: 'resource', name: 'whatever the resource lets in' },
  );
}

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

const OPEN = new Map<string, Policy>();

function verdictOn(
  { arn, account, identity, boundary }: MadeRole,
  { action, resource, context }: Asked,
  capped: boolean,
) {
  const open = OPEN.get(account) ?? openTo(account);
  OPEN.set(account, open);
  const request = requestOf({
    caller: callerOf({ type: 'role', arn, session: 'session' }),
    action,
    resource,
    resourceAccount: accountOfArn(resource) ?? account,
    context,
  });
  return decide(request, { identity, resource: open, ...(capped && boundary && { boundary }) }).verdict;
}

function missing(role: MadeRole, claims: readonly Claim[]): RightFinding[] {
  return claims
    .filter(({ isNeeded }) => isNeeded)
    .flatMap(({ actions, resources, when }) =>
      actions.flatMap((action) =>
        resources.map((each) => ({ action, resource: instanceOf(each), context: when })),
      ),
    )
    .filter((each) => verdictOn(role, each, true) !== 'allowed')
    .map((each): RightFinding => ({ what: 'missing', role: role.arn, place: role.place, ...each }));
}

function beyond(role: MadeRole, claims: readonly Claim[], asked: ReadonlySet<string>): RightFinding[] {
  const { arn, place } = role;
  return role.identity.flatMap((policy) =>
    policy.statements.flatMap((statement) => {
      // At most one for each statement and action: further resources and values show nothing new.
      const found = new Map<string, RightFinding>();
      for (const each of requestsOf(statement, asked)) {
        if (found.has(each.action) || isClaimed(each, claims)) continue;
        const verdict = verdictOn(role, each, false);
        if (verdict !== 'allowed' && verdict !== 'not judged') continue;
        found.set(each.action, {
          what: verdict === 'allowed' ? 'beyond its purpose' : 'not judged',
          role: arn,
          place,
          statement: statement.sid ?? `statement ${statement.index + 1}`,
          ...each,
        });
      }
      return [...found.values()];
    }),
  );
}

function* requestsOf(statement: Statement, asked: ReadonlySet<string>): Generator<Asked> {
  if (statement.effect === 'Deny') return;
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
    for (const resource of resources) {
      if (isAskedElsewhere(action, resource, asked)) continue;
      for (const context of contexts) yield { action, resource, context };
    }
}

/** Whether the proof asks of the resource itself who may do the action. */
function isAskedElsewhere(action: string, resource: string, asked: ReadonlySet<string>): boolean {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  if (!['s3', 'kms', 'sts', 'dynamodb'].includes(service)) return false;
  const whole = service === 's3' ? resource.replace(/\/.*$/s, '') : resource;
  return asked.has(whole) && (service !== 's3' || whole.startsWith('arn:aws:s3:::'));
}

/** A text that a pattern takes; of an ARN in any account, one in an account that nobody names. */
function instanceOf(pattern: string): string {
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

function isClaimed({ action, resource, context }: Asked, claims: readonly Claim[]): boolean {
  return claims.some(
    ({ actions, resources, when }) =>
      actions.some((each) => each.toLowerCase() === action.toLowerCase()) &&
      resources.some((each) => isLike(resource, each)) &&
      Object.entries(when).every(([key, value]) => context[key] === value),
  );
}

const LIKE = new Map<string, RegExp>();

/** Whether a resource is one that a pattern takes. */
function isLike(resource: string, pattern: string): boolean {
  const like =
    LIKE.get(pattern) ??
    new RegExp(
      `^${pattern
        .replace(/[.+^$()|[\]{}\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      's',
    );
  LIKE.set(pattern, like);
  return like.test(resource);
}
