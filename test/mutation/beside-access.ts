/**
 * Whether two versions of a policy answer alike where the proof asks by each statement rather than by each resource: what roles
 * may do anywhere, and whom queues and topics let in. Every request that a statement of either version speaks of is decided by both.
 */
import { type Assembly, type MadeRole, type World, worldOf } from '../../lib/assembly';
import { accountOfArn, type CallerInput, compile, decide, type Policy, type Statement } from '../../lib/iam';
import { type Asked, askedBy, requestsOf } from '../../lib/proof/rights/requests';
import { STRANGER } from './json-statement';
import type { PlacedPolicy } from './policies';

/**
 * A request that the two answer differently, in words; undefined if there is none.
 * @throws AssemblyError if the changed assembly cannot be read
 */
export function differenceOf(
  world: World,
  placed: PlacedPolicy,
  changed: Assembly,
): { readonly request: string; readonly isOfOwnPeople: boolean } | undefined {
  const after = worldOf({
    ...changed,
    stacks: changed.stacks.filter(({ name }) => name === placed.stack.name || name.startsWith('Baseline')),
  });
  return placed.sort === 'what a role may do'
    ? ofRoles(placed, world, after)
    : ofResources(placed, world, after);
}

type Found = ReturnType<typeof differenceOf>;

function found(who: string, asked: Asked, was: string | undefined, is: string | undefined): Found {
  return { request: inWords(who, asked, was, is), isOfOwnPeople: false };
}

function ofRoles({ place }: PlacedPolicy, before: World, after: World): Found {
  const [was, is] = [before, after].map(({ roles }) => roles.find((each) => each.place === place));
  if (was === undefined || is === undefined) throw new Error(`there is no role ${place}`);
  for (const statement of [...was.identity, ...is.identity].flatMap(({ statements }) => statements))
    for (const asked of requestsOf(statement)) {
      const [first, second] = [was, is].map((role) => byRole(role, asked));
      if (first !== second) return found(place, asked, first, second);
    }
  return undefined;
}

function ofResources({ place, sort, stack }: PlacedPolicy, before: World, after: World): Found {
  const [was, is] = [before, after].map(({ things }) => {
    const thing = things.find((each) => each.place === place);
    return compile(thing?.properties.PolicyDocument, { kind: 'resource', name: place });
  });
  if (was === undefined || is === undefined) throw new Error(`there is no policy ${place}`);
  const service = sort === 'queue' ? 'sqs' : 'sns';
  const statements = [...was.statements, ...is.statements];
  const resource = was.statements.flatMap((each) => each.resources.patterns)[0] ?? '';
  let ofOwn: Found;
  for (const statement of statements)
    for (const asked of requestsOf(statement)) {
      // AWS asks these policies of no other service’s actions.
      if (!asked.action.toLowerCase().startsWith(`${service}:`)) continue;
      for (const caller of callersIn(statements, stack.account)) {
        const request = { ...asked, resource };
        const [first, second] = [was, is].map((each) => byResource(each, caller, request, stack.account));
        if (first === second) continue;
        const isOfOwnPeople = 'arn' in caller && caller.arn.includes(`:${stack.account}:`);
        const difference = found(JSON.stringify(caller), request, first, second);
        if (!isOfOwnPeople) return difference;
        ofOwn ??= difference && { ...difference, isOfOwnPeople };
      }
    }
  return ofOwn;
}

function inWords(who: string, asked: Asked, was: string | undefined, is: string | undefined): string {
  const { action, resource, context } = asked;
  return `${who}: ${action} on ${resource} when ${JSON.stringify(context)}\nbefore: ${was}\nafter: ${is}`;
}

function byRole({ arn, account, boundary, identity }: MadeRole, asked: Asked): string {
  const owner = accountOfArn(asked.resource) ?? account;
  const request = askedBy({ type: 'role', arn, session: 'session' }, asked, owner);
  const resource = open({ AWS: `arn:aws:iam::${account}:root` });
  return cameTo(decide(request, { identity, resource, ...(boundary && { boundary }) }).verdict);
}

function byResource(policy: Policy, caller: CallerInput, asked: Asked, resourceAccount: string): string {
  const request = askedBy(caller, asked, resourceAccount);
  return cameTo(decide(request, { resource: policy, identity: [open(undefined)] }).verdict);
}

function open(principal: { readonly AWS: string } | undefined): Policy {
  return compile(
    {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*', ...(principal && { Principal: principal }) },
      ],
    },
    { kind: principal ? 'resource' : 'identity', name: 'whatever else lets it' },
  );
}

/** Everybody whom a statement names, its own account, and of all others one of each kind. */
function callersIn(statements: readonly Statement[], account: string): CallerInput[] {
  const named = statements.flatMap(({ principals, notPrincipals }) =>
    [...(principals?.names ?? []), ...(notPrincipals?.names ?? [])].map((name) =>
      name.replace(/^[A-Za-z]+:/, ''),
    ),
  );
  return [
    { type: 'role', arn: `arn:aws:iam::${STRANGER}:role/concordat-fresh`, session: 's' },
    { type: 'role', arn: `arn:aws:iam::${account}:role/administrator`, session: 's' },
    { type: 'anonymous' },
    { type: 'service', service: 'concordat-fresh.amazonaws.com' },
    ...[...new Set(named)].flatMap((name): CallerInput[] => {
      if (/\.amazonaws\.com$/.test(name)) return [{ type: 'service', service: name }];
      const of = /\b\d{12}\b/.exec(name)?.[0];
      return of === undefined ? [] : [{ type: 'role', arn: `arn:aws:iam::${of}:role/fresh`, session: 's' }];
    }),
  ];
}

function cameTo(verdict: string): string {
  return verdict.endsWith('denied') ? 'refused' : verdict;
}
