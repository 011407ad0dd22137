/**
 * The decision on a request, as AWS documents it: a Deny anywhere ends it; else every control policy, and the resource’s and
 * the caller’s side, must come to an allow.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import { accessOf, grantOfAccess } from './access';
import { doubtsIn } from './doubt';
import type { Environment } from './environment';
import { byEitherName, hasBoundary, ownSideOf } from './own-side';
import { hear, type Policy, type Voice } from './policy';
import { allowsIn, deniesIn, type Missing, missingIn, type StatementRef } from './reasons';
import type { Request } from './request';
import { isRetiring, reachedByResourceControl } from './service-rules';
import { and, NO, or, type Truth, YES } from './truth';

/**
 * What AWS would do; `not judged` where its documentation, or this model of it, does not say. A request that nothing allows
 * is implicitly denied, even if it can’t be told whether something denies it too.
 */
export type Verdict = 'allowed' | 'explicitly denied' | 'implicitly denied' | 'not judged';

/** A decision and its reasons, which are worked out when they are asked for. */
export interface Decision {
  readonly verdict: Verdict;
  /** Allowed: all that allow it. Explicitly denied: all that deny it. Else empty. */
  readonly by: readonly StatementRef[];
  /** Implicitly denied: each yes that is missing. Else empty. */
  readonly missing: readonly Missing[];
  /** Not judged: why. Else empty. */
  readonly doubts: readonly string[];
}

class Decided implements Decision {
  constructor(
    readonly verdict: Verdict,
    private readonly request: Request,
    private readonly environment: Environment,
  ) {}

  get by(): readonly StatementRef[] {
    if (this.verdict === 'allowed') return allowsIn(this.request, this.environment);
    return this.verdict === 'explicitly denied' ? deniesIn(this.request, this.environment) : [];
  }

  get missing(): readonly Missing[] {
    return this.verdict === 'implicitly denied' ? missingIn(this.request, this.environment) : [];
  }

  get doubts(): readonly string[] {
    return this.verdict === 'not judged' ? doubtsIn(this.request, this.environment) : [];
  }

  toJSON(): Decision {
    const { verdict, by, missing, doubts } = this;
    return { verdict, by, missing, doubts };
  }
}

/** Decides a request. Pure: the same request and environment give the same decision. */
export function decide(request: Request, environment: Environment): Decision {
  return new Decided(verdictOn(request, environment), request, environment);
}

function verdictOn(request: Request, environment: Environment): Verdict {
  const bounded = hasBoundary(request, environment);
  const { accessPoint, resource, resourceAccount } = request;
  const policy = heard(environment.resource, request, resource, bounded);
  if (policy?.deny === YES && !isRetiring(request)) return 'explicitly denied';
  const own = ownSideOf(request, environment, resource);
  let deny = resourceControlDenies(request, environment, bounded);
  let access = accessOf(request, resourceAccount, policy, own);
  let { control } = own;
  if (accessPoint === undefined) deny = or(deny, own.deny);
  else {
    // Both the access point and the bucket behind it must allow. The caller’s account is asked for the access point alone.
    const point = heard(environment.accessPoint, request, accessPoint.resource, bounded);
    const ownOfPoint = ownSideOf(request, environment, accessPoint.resource);
    deny = or(or(deny, byEitherName(own.deny, ownOfPoint.deny)), point?.deny ?? NO);
    control = byEitherName(control, ownOfPoint.control);
    access = and(accessOf(request, accessPoint.account, point, ownOfPoint), behind(request, policy, access));
  }
  // Key policies have no say in the retiring of grants.
  if (isRetiring(request)) access = NO;
  else deny = or(deny, policy?.deny ?? NO);
  if (deny === YES) return 'explicitly denied';
  const allow = and(control, or(access, grantOfAccess(request, environment, own)));
  if (allow === NO) return 'implicitly denied';
  return allow === YES && deny === NO ? 'allowed' : 'not judged';
}

function heard(
  policy: Policy | undefined,
  request: Request,
  resource: string,
  bounded: boolean,
): Voice | undefined {
  return policy === undefined ? undefined : hear(policy, request, resource, bounded);
}

/**
 * The bucket behind an access point: of a caller from another account, the bucket policy alone is asked.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
function behind({ caller, resourceAccount }: Request, policy: Voice | undefined, access: Truth): Truth {
  return caller.account === undefined || caller.account === resourceAccount ? access : (policy?.allow ?? NO);
}

/** Resources of the management account are beyond them. */
function resourceControlDenies(request: Request, environment: Environment, bounded: boolean): Truth {
  const { resourceControl, managementAccount } = environment;
  if (resourceControl === undefined || request.resourceAccount === managementAccount) return NO;
  let deny: Truth = NO;
  for (const policy of resourceControl) {
    const voice = hear(policy, request, request.resource, bounded);
    const byPoint = request.accessPoint && hear(policy, request, request.accessPoint.resource, bounded);
    deny = or(deny, byPoint === undefined ? voice.deny : byEitherName(voice.deny, byPoint.deny));
  }
  return and(deny, reachedByResourceControl(request));
}
