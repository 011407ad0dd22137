/**
 * Whether roles may do what they are there for, and nothing else, beyond what the proof asks of buckets, keys, roles and tables.
 *
 * Of each Allow statement, each action on each resource is asked for, under each combination of the values that its conditions
 * name, and of values and absences that they take too; wildcards stand for a text of their own. What the role’s own policies let
 * it do there, its purpose must give. Its boundary counts only for what it must be able to do: what a role is given and its
 * boundary alone keeps from it is a fault that waits for another boundary.
 */
import type { MadeRole, World } from '../../assembly';
import { accountOfArn, type Caller, callerOf, type Decision, decide } from '../../iam';
import { indexed } from '../indexed';
import { isActive } from '../shares';
import type { Speller } from '../spelling';
import { ASKED_HERE_ALONE, type Claim, claimsOf } from './claims';
import { leftOpen } from './left-open';
import { isLike } from './likeness';
import { type Asked, askedBy, instanceOf, requestsOf } from './requests';
import { type RoleAsked, shapeOfRole } from './role-shape';

/** A right that a role has and is not there for, or is there for and has not. */
export interface RightFinding {
  readonly what: 'beyond its purpose' | 'missing' | 'not judged';
  /** The ARN of the role, or whoever is let in: a service, an account, anybody. */
  readonly role: string;
  readonly place: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
  /** The statement that lets it, by its Sid or its number. */
  readonly statement?: string;
}

/** What more there is to say of such a finding. */
export interface RightExplained {
  /** What the role could do now, with its boundary. */
  readonly now: Decision;
  /** All that it is there for in that service. */
  readonly claims: readonly Claim[];
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Every finding, in the order of roles.
 * @param only the accounts whose roles are asked about; all if not given
 * @param speller has one role of each shape stand for all of it, where nothing is wrong with that one; else each is asked about
 */
export function rightFindings(
  world: World,
  only?: ReadonlySet<string>,
  speller?: Speller,
): readonly RightFinding[] {
  const sound = new Set<string>();
  return rolesAsked(world, only).flatMap((each) => {
    const shape = speller && shapeOfRole(each, speller);
    if (shape !== undefined && sound.has(shape)) return [];
    const found = findingsOf(each);
    if (shape !== undefined && found.length === 0) sound.add(shape);
    return found;
  });
}

/** Every role, with what its rights follow from. @internal Only tests import it. */
export function rolesAsked(world: World, only?: ReadonlySet<string>): readonly RoleAsked[] {
  const { asOf, buckets, keys, tables, roles } = world;
  const asked = new Set([...buckets, ...keys, ...tables, ...roles].map(({ arn }) => arn));
  return roles
    .filter(({ account }) => only === undefined || only.has(account))
    .map((role) => {
      const organisation = indexed(world).organisationOf.get(role.account);
      return {
        role,
        claims: claimsOfRole(world, role),
        mayAct: organisation === undefined || isActive(organisation, asOf) || role.identity.length > 0,
        asked: ASKED_HERE_ALONE.has(nameOf(role)) ? NONE : asked,
      };
    });
}

function findingsOf({ role, claims, mayAct, asked }: RoleAsked): readonly RightFinding[] {
  return [...(mayAct ? missingOf(role, claims) : []), ...rightsOf(role, claims, asked)];
}

/** Why a role of a stack has a right, or has it not; undefined of whoever else a finding is about. */
export function explainRight(world: World, finding: RightFinding): RightExplained | undefined {
  const role = indexed(world).roleByArn.get(finding.role);
  if (role === undefined) return undefined;
  const service = (action: string) => action.slice(0, action.indexOf(':')).toLowerCase();
  return {
    now: decisionOn(role, finding, true),
    claims: claimsOfRole(world, role).filter(({ actions }) =>
      actions.some((each) => each === '*' || service(each) === service(finding.action)),
    ),
  };
}

function claimsOfRole(world: World, role: MadeRole): readonly Claim[] {
  const { organisationOf, bucketsOf } = indexed(world);
  const organisation = organisationOf.get(role.account);
  const key = organisation && bucketsOf.get(role.account)?.[0]?.key;
  return claimsOf(nameOf(role), { account: role.account, organisation, register: world.register, key });
}

function nameOf({ arn }: MadeRole): string {
  return arn.slice(arn.indexOf('role/') + 'role/'.length);
}

/** What comes of a request of a role, within its boundary, to a resource that leaves it to those of its account. */
export function rightOf(role: MadeRole, asked: Asked): Decision['verdict'] {
  return verdictOn(role, asked, true);
}

function verdictOn(role: MadeRole, asked: Asked, capped: boolean) {
  return decisionOn(role, asked, capped).verdict;
}

const CALLERS = new WeakMap<MadeRole, Caller>();

/** A role is asked about many times over, as one caller. */
function callerOfRole(role: MadeRole): Caller {
  const caller = CALLERS.get(role) ?? callerOf({ type: 'role', arn: role.arn, session: 'session' });
  CALLERS.set(role, caller);
  return caller;
}

function decisionOn(role: MadeRole, asked: Asked, capped: boolean): Decision {
  const { account, identity, boundary } = role;
  const owner = accountOfArn(asked.resource) ?? account;
  const request = askedBy(callerOfRole(role), asked, owner);
  return decide(request, { identity, resource: leftOpen(account), ...(capped && boundary && { boundary }) });
}

function instanceOfEach(when: Claim['when']): Asked['context'] {
  return Object.fromEntries(Object.entries(when).map(([key, value]) => [key, instanceOf(value)]));
}

/** What a role is there for and cannot do, under its boundary. */
export function missingOf(role: MadeRole, claims: readonly Claim[]): RightFinding[] {
  return claims
    .filter(({ isNeeded }) => isNeeded)
    .flatMap(({ actions, resources, when }) =>
      actions.flatMap((action) =>
        resources.map((each) => ({ action, resource: instanceOf(each), context: instanceOfEach(when) })),
      ),
    )
    .filter((each) => verdictOn(role, each, true) !== 'allowed')
    .map((each): RightFinding => ({ what: 'missing', role: role.arn, place: role.place, ...each }));
}

/** What a role’s own policies let it do that no claim gives. @param asked what is asked about by itself */
export function rightsOf(
  role: MadeRole,
  claims: readonly Claim[],
  asked: ReadonlySet<string>,
): RightFinding[] {
  const { arn, place } = role;
  return role.identity.flatMap((policy) =>
    policy.statements.flatMap((statement) => {
      // At most one for each statement and action: further resources and values show nothing new.
      const found = new Map<string, RightFinding>();
      if (statement.effect === 'Deny') return [];
      for (const each of requestsOf(statement)) {
        if (isAskedElsewhere(each, asked) || found.has(each.action) || isClaimed(each, claims)) continue;
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

/** Whether the proof asks of the resource itself who may do the action. */
function isAskedElsewhere({ action, resource }: Asked, asked: ReadonlySet<string>): boolean {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  if (!['s3', 'kms', 'sts', 'dynamodb'].includes(service)) return false;
  const whole = service === 's3' ? resource.replace(/\/.*$/s, '') : resource;
  return asked.has(whole) && (service !== 's3' || whole.startsWith('arn:aws:s3:::'));
}

function isClaimed({ action, resource, context }: Asked, claims: readonly Claim[]): boolean {
  const called = action.toLowerCase();
  return claims.some(
    ({ actions, resources, when }) =>
      actions.some((each) => isLike(called, each.toLowerCase())) &&
      resources.some((each) => isLike(resource, each)) &&
      Object.entries(when).every(([key, value]) => isLike(context[key] ?? '', value) && key in context),
  );
}
