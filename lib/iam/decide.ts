/**
 * The decision on a request, as AWS documents it: a Deny anywhere ends it; else every control policy, and the resource’s and
 * the caller’s side, must come to an allow.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import { accessOf, grantOfAccess, type Missing, missingFrom } from './access';
import { doubtsIn } from './doubt';
import type { Environment } from './environment';
import { granted } from './grant';
import { byEitherName, hasBoundary, type OwnSide, ownSideOf } from './own-side';
import { hear, type Policy, type Voice } from './policy';
import type { Request } from './request';
import { reachedByResourceControl } from './service-rules';
import { and, NO, or, type Truth, YES } from './truth';

/** What AWS would do; `not judged` where its documentation, or this model of it, does not say. */
export type Verdict = 'allowed' | 'explicitly denied' | 'implicitly denied' | 'not judged';

/** Which statement of which policy, or which grant. */
export interface StatementRef {
  readonly policy: string;
  /** From 0; undefined for a grant. */
  readonly statement: number | undefined;
  readonly sid: string | undefined;
}

/** A decision and its reasons. */
export interface Decision {
  readonly verdict: Verdict;
  /** Allowed: all that allow it. Explicitly denied: all that deny it. Else empty. */
  readonly by: readonly StatementRef[];
  /** Implicitly denied: each yes that is missing. Else empty. */
  readonly missing: readonly Missing[];
  /** Not judged: why. Else empty. */
  readonly doubts: readonly string[];
}

/** One way by which a resource is asked for: the access point, or the resource itself. */
interface Way {
  readonly own: OwnSide;
  readonly policy: Voice | undefined;
  readonly account: string | undefined;
  readonly part: 'policy of the resource' | 'policy of the access point';
  readonly allow: Truth;
}

/** Decides a request. Pure: the same request and environment give the same decision. */
export function decide(request: Request, environment: Environment): Decision {
  const bounded = hasBoundary(request, environment);
  const { accessPoint } = request;
  const heard = (policy: Policy | undefined, resource: string) =>
    policy && hear(policy, request, resource, bounded);
  const direct = wayOf(
    'policy of the resource',
    request,
    request.resourceAccount,
    heard(environment.resource, request.resource),
    ownSideOf(request, environment, request.resource),
  );
  // “For an application or user to be able to access objects through an access point, both the access point and the
  // underlying bucket must permit the request.” The caller’s account is asked for the access point alone.
  const through =
    accessPoint &&
    wayOf(
      'policy of the access point',
      request,
      accessPoint.account,
      heard(environment.accessPoint, accessPoint.resource),
      ownSideOf(request, environment, accessPoint.resource),
    );
  const ways = through === undefined ? [direct] : [through, behind(direct, request)];
  const rules = resourceControlOf(request, environment, bounded);
  const grants = grantOfAccess(request, environment, direct.own);
  const control = byEitherName(direct.own.control, (through ?? direct).own.control);

  const deny = or(rules.deny, denyOf(request, ways));
  if (deny === YES) return { ...EMPTY, verdict: 'explicitly denied', by: deniesIn(ways, rules.voices) };
  const access = request.action === RETIRE ? NO : ways.reduce<Truth>((all, way) => and(all, way.allow), YES);
  const allow = and(control, or(access, grants));
  if (allow === NO)
    return { ...EMPTY, verdict: 'implicitly denied', missing: missingIn(request, environment, ways) };
  if (allow === YES && deny === NO)
    return { ...EMPTY, verdict: 'allowed', by: allowsIn(request, environment, ways) };
  return { ...EMPTY, verdict: 'not judged', doubts: doubtsIn(request, environment) };
}

const EMPTY = { by: [], missing: [], doubts: [] } as const;
const RETIRE = 'kms:retiregrant';

function wayOf(
  part: Way['part'],
  request: Request,
  account: string | undefined,
  policy: Voice | undefined,
  own: OwnSide,
): Way {
  return { part, account, policy, own, allow: accessOf(request, account, policy, own) };
}

/** The bucket behind an access point: of a caller from another account, the bucket policy alone is asked. */
function behind(way: Way, { caller, resourceAccount }: Request): Way {
  if (caller.account === undefined || caller.account === resourceAccount) return way;
  return { ...way, allow: way.policy?.allow ?? NO };
}

/** Key policies have no say in the retiring of grants. */
function denyOf(request: Request, ways: readonly Way[]): Truth {
  const [first, second] = ways;
  let deny = first?.own.deny ?? NO;
  if (second !== undefined) deny = byEitherName(deny, second.own.deny);
  if (request.action === RETIRE) return deny;
  for (const { policy } of ways) deny = or(deny, policy?.deny ?? NO);
  return deny;
}

function resourceControlOf(request: Request, environment: Environment, bounded: boolean) {
  const { resourceControl = [], managementAccount } = environment;
  const voices: Voice[] = [];
  if (resourceControl.length === 0 || request.resourceAccount === managementAccount)
    return { deny: NO, voices };
  let deny: Truth = NO;
  for (const policy of resourceControl) {
    const voice = hear(policy, request, request.resource, bounded);
    const byOtherName = request.accessPoint && hear(policy, request, request.accessPoint.resource, bounded);
    deny = or(deny, byOtherName === undefined ? voice.deny : byEitherName(voice.deny, byOtherName.deny));
    voices.push(voice);
  }
  return { deny: and(deny, reachedByResourceControl(request)), voices };
}

function referencesIn(voices: readonly (Voice | undefined)[], which: 'denies' | 'allows'): StatementRef[] {
  const found: StatementRef[] = [];
  for (const voice of voices) {
    for (const { statement, truth } of voice?.[which] ?? []) {
      if (truth === YES && voice !== undefined)
        found.push({ policy: voice.policy.name, statement: statement.index, sid: statement.sid });
    }
  }
  return found;
}

function deniesIn(ways: readonly Way[], rules: readonly Voice[]): StatementRef[] {
  return [
    ...ways.flatMap(({ own, policy }) => referencesIn([...own.voices, policy], 'denies')),
    ...referencesIn(rules, 'denies'),
  ].filter(isFirst);
}

function allowsIn(request: Request, environment: Environment, ways: readonly Way[]): StatementRef[] {
  const grants = (environment.grants ?? [])
    .filter((grant) => granted(grant, request, ways[0]?.own.allow ?? NO) === YES)
    .map((grant) => ({ policy: grant.name, statement: undefined, sid: undefined }));
  return [
    ...ways.flatMap(({ own, policy }) => referencesIn([...own.voices, policy], 'allows')),
    ...grants,
  ].filter(isFirst);
}

function isFirst(each: StatementRef, index: number, all: readonly StatementRef[]): boolean {
  return (
    index === all.findIndex((other) => other.policy === each.policy && other.statement === each.statement)
  );
}

function missingIn(request: Request, environment: Environment, ways: readonly Way[]): Missing[] {
  const levels = ways[0]?.own.levels ?? [];
  const silent = levels.flatMap((level, n) => (level === YES ? [] : (environment.serviceControl?.[n] ?? [])));
  const missing: Missing[] = levels.every((level) => level === YES)
    ? []
    : [
        {
          part: 'service control policies',
          policies: silent.map((policy) => policy.name),
          why: 'each level must allow it',
        },
      ];
  for (const way of ways) {
    if (way.allow !== YES || request.action === RETIRE)
      missing.push(...missingFrom(request, way.account, way.policy, way.own, way.part));
  }
  if (request.service === 'kms')
    missing.push({
      part: 'grant',
      policies: (environment.grants ?? []).map(({ name }) => name),
      why: 'none allows it',
    });
  return missing;
}
