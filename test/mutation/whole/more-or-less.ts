/**
 * What a changed guardrail or baseline comes to by AWS’s own rules, where no command finds it: the engine decides everything that
 * a changed statement speaks of, before and after, for everybody whom its conditions tell apart.
 */

import type { Assembly } from '../../../lib/assembly';
import {
  type ControlPolicy,
  type MadeBaseline,
  type MadeRole,
  type World,
  worldOf,
} from '../../../lib/assembly';
import {
  accountOfArn,
  type CallerInput,
  compile,
  decide,
  type Environment,
  type Policy,
  type Statement,
} from '../../../lib/iam';
import { type Asked, askedBy, instanceOf, requestsOf } from '../../../lib/proof/rights/requests';
import { isEverAsked } from '../ever-asked';
import { STRANGER } from '../json-statement';
import type { Outcome } from '../judge';

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const EVERYTHING = compile(
  { Version: '2012-10-17', Statement: [ALL] },
  { kind: 'identity', name: 'all that one may' },
);
const FULL = compile(
  { Version: '2012-10-17', Statement: [ALL] },
  { kind: 'service control', name: 'FullAWSAccess' },
);
const OPEN = compile(
  { Version: '2012-10-17', Statement: [{ ...ALL, Principal: '*' }] },
  { kind: 'resource', name: 'whatever the resource lets in' },
);
const MEMBER = '123123123123';

/** Two versions of one policy, and how each stands in what a request meets. */
interface Pair {
  readonly before: Policy;
  readonly after: Policy;
  readonly around: (policy: Policy, caller: CallerInput) => Environment;
  readonly callers: readonly CallerInput[];
  readonly account: string;
  /** The bucket, of a policy that is asked for it alone. */
  readonly bucket?: string;
}

/** Undefined where neither a guardrail nor a policy of the baseline is another. */
export function fateOf(before: World, changed: Assembly): Outcome | undefined {
  const after = worldOf(changed);
  const pairs = [...controlPairs(before, after), ...baselinePairs(before.baselines, after.baselines)];
  if (pairs.length === 0) return undefined;
  let isLess = false;
  for (const pair of pairs) {
    const found = compared(pair);
    if (found.more !== undefined) return { fate: 'survived', request: found.more };
    isLess ||= found.isLess;
  }
  return {
    fate: 'equivalent',
    why: isLess
      ? 'it refuses more, and nothing that the landing zone or a deployment of it needs'
      : 'both versions answer alike to all that any of their statements speaks of',
  };
}

function controlPairs({ controls: was }: World, { controls: is }: World): Pair[] {
  const pairs = (kind: 'service' | 'resource') =>
    was[kind].flatMap(({ place, policy: before }: ControlPolicy): Pair[] => {
      const after = is[kind].find((each) => each.place === place)?.policy;
      if (after === undefined || same(before, after)) return [];
      return [
        {
          before,
          after,
          account: MEMBER,
          callers: callersOf([before, after], MEMBER),
          around: (policy, caller) => ({
            identity: caller.type === 'role' || caller.type === 'user' ? [EVERYTHING] : [],
            resource: OPEN,
            ...(kind === 'service' ? { serviceControl: [[FULL, policy]] } : { resourceControl: [policy] }),
          }),
        },
      ];
    });
  return [...pairs('service'), ...pairs('resource')];
}

function baselinePairs([was]: readonly MadeBaseline[], [is]: readonly MadeBaseline[]): Pair[] {
  if (was === undefined || is === undefined) return [];
  const { account } = was;
  const pair = (
    before: Policy | undefined,
    after: Policy | undefined,
    callers: Pair['callers'],
    around: Pair['around'],
  ) =>
    before === undefined || after === undefined || same(before, after)
      ? []
      : [{ before, after, account, callers, around } satisfies Pair];
  const byRole = (role: MadeRole): Pair[] => {
    const other = is.roles.find((each) => each.place === role.place);
    const caller: CallerInput = { type: 'role', arn: role.arn, session: 'session' };
    const capped = role.boundary && { boundary: role.boundary };
    return [
      ...pair(role.identity[0], other?.identity[0], [caller], (policy) => ({
        identity: [policy],
        resource: OPEN,
        ...capped,
      })),
      ...pair(role.boundary, other?.boundary, [caller], (policy) => ({
        identity: role.identity,
        resource: OPEN,
        boundary: policy,
      })),
      ...pair(role.trust, other?.trust, callersOf([role.trust, other?.trust], account), (policy) => ({
        identity: [EVERYTHING],
        resource: policy,
      })),
    ];
  };
  return [
    ...was.roles.flatMap(byRole),
    ...was.buckets.flatMap((bucket) => {
      const other = is.buckets.find((each) => each.place === bucket.place);
      return pair(
        bucket.policy,
        other?.policy,
        callersOf([bucket.policy, other?.policy], account),
        (policy) => ({
          identity: [EVERYTHING],
          resource: policy,
        }),
      ).map((each) => ({ ...each, bucket: bucket.arn }));
    }),
    ...[...was.boundaries].flatMap(([name, policy]) => {
      const other = is.boundaries.get(name);
      // It caps roles of its own account alone.
      const own = callersOf([policy, other], account).filter(
        (each) => 'arn' in each && each.arn.includes(account),
      );
      return pair(policy, other, own, (each) => ({
        identity: [EVERYTHING],
        resource: OPEN,
        boundary: each,
      }));
    }),
  ];
}

function same(one: Policy, other: Policy): boolean {
  return JSON.stringify(one.document) === JSON.stringify(other.document);
}

/** Roles that a condition names or takes, one that nothing names, people, services, strangers and the unsigned. */
function callersOf(policies: readonly (Policy | undefined)[], account: string): CallerInput[] {
  const statements = policies.flatMap((each) => each?.statements ?? []);
  const named = statements.flatMap(({ conditions, principals, notPrincipals }) => [
    ...conditions.filter(({ key }) => key === 'aws:principalarn').flatMap(({ values }) => values),
    ...[...(principals?.names ?? []), ...(notPrincipals?.names ?? [])].map((each) =>
      each.replace(/^[A-Za-z]+:/, ''),
    ),
  ]);
  const services = named.filter((each) => each.endsWith('.amazonaws.com'));
  const roles = named.flatMap((each) => {
    const [, at = account, rest] = /:(\d{12}|\*)?:(role\/.+)$/.exec(each) ?? [];
    const [, of] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(each) ?? [];
    if (of !== undefined) return [`arn:aws:iam::${of}:role/concordat-fresh`];
    return rest === undefined ? [] : [`arn:aws:iam::${at === '*' ? account : at}:${instanceOf(rest)}`];
  });
  const role = (arn: string): CallerInput => ({ type: 'role', arn, session: 'session' });
  return [
    ...[...new Set(roles)].filter((each) => /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(each)).map(role),
    role(`arn:aws:iam::${account}:role/concordat-fresh`),
    role(`arn:aws:iam::${STRANGER}:role/concordat-fresh`),
    { type: 'user', arn: `arn:aws:iam::${account}:user/concordat-fresh` },
    { type: 'anonymous' },
    ...[...new Set([...services, 'concordat-fresh.amazonaws.com'])].map(
      (service): CallerInput => ({ type: 'service', service }),
    ),
  ];
}

function compared({ before, after, around, callers, account, bucket }: Pair): {
  more?: string;
  isLess: boolean;
} {
  const kept = new Set(
    before.statements.map(textOf).filter((each) => after.statements.map(textOf).includes(each)),
  );
  const changed = [...before.statements, ...after.statements].filter((each) => !kept.has(textOf(each)));
  let isLess = false;
  for (const statement of changed)
    for (const asked of askedOf(statement, changed).flatMap((each) => inBucket(each, bucket)))
      for (const caller of callers) {
        const request = askedBy(caller, asked, accountOfArn(asked.resource) ?? account);
        const [was, is] = [before, after].map((policy) => decide(request, around(policy, caller)).verdict);
        if (was === is) continue;
        if (is === 'allowed' || (is === 'not judged' && was !== 'allowed'))
          return {
            more: `${JSON.stringify(caller)}: ${JSON.stringify(asked)}\nbefore: ${was}\nafter: ${is}`,
            isLess,
          };
        if (was === 'allowed') isLess = true;
      }
  return { isLess };
}

/** A policy of a bucket is asked for that bucket and for what is in it; and AWS asks for nothing on what it is not about. */
function inBucket(asked: Asked, bucket: string | undefined): Asked[] {
  const { action, resource } = asked;
  const isThere = bucket === undefined || resource === bucket || resource.startsWith(`${bucket}/`);
  return (isThere ? [resource] : [bucket, `${bucket}/concordat-fresh`])
    .filter((each) => isEverAsked(action, each))
    .map((each) => ({ ...asked, resource: each }));
}

const textOf = (statement: Statement) =>
  JSON.stringify({
    ...statement,
    index: 0,
    principals: statement.principals?.names,
    notPrincipals: statement.notPrincipals?.names,
  });

/** What a statement speaks of, and, where it says what it does not mean, what any of the changed ones names. */
function askedOf(statement: Statement, changed: readonly Statement[]): Asked[] {
  const spoken = [...requestsOf(statement)];
  const { actions, resources } = statement;
  if (!actions.negated && !resources.negated) return spoken;
  const named = (of: 'actions' | 'resources') => changed.flatMap((each) => each[of].patterns);
  const besides = requestsOf({
    ...statement,
    actions: { ...actions, negated: false, patterns: [...named('actions'), 'concordat:Fresh'] },
    resources: { ...resources, negated: false, patterns: [...named('resources'), '*'] },
  });
  return [...spoken, ...besides];
}
