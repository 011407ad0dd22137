/**
 * How the policy of a resource and the caller’s own side come together in an allow.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
import type { Environment } from './environment';
import { granted } from './grant';
import type { OwnSide } from './own-side';
import type { Voice } from './policy';
import { NOBODY } from './principal';
import type { Request } from './request';
import { offeredAcrossAccounts, takesAnonymous } from './service-rules';
import { and, MAYBE, NO, or, type Truth, YES } from './truth';

/** A yes that is not there. */
export interface Missing {
  readonly part:
    | 'identity policies'
    | 'permissions boundary'
    | 'session policies'
    | 'service control policies'
    | 'policy of the resource'
    | 'policy of the access point'
    | 'grant'
    | 'service';
  /** The policies that were asked; empty if there is none. */
  readonly policies: readonly string[];
  readonly why: string;
}

/**
 * Keys and roles must name even callers of their own account; where they name the account, its policies decide. Everywhere
 * else in one account either side suffices.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function mustBeNamed(request: Request, policy: Voice | undefined): boolean {
  const kind = policy?.policy.kind;
  return kind === 'key' || kind === 'trust' || (policy === undefined && hasPolicyAlways(request));
}

/** Whether every resource of the sort has a policy, so that none given means none known. */
export function hasPolicyAlways({ action, resource }: Request): boolean {
  return (
    /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource) ||
    (action.startsWith('sts:assumerole') && resource.includes(':role/'))
  );
}

/** Whether the two sides allow the request; control policies and denies are not asked here. */
export function accessOf(
  request: Request,
  account: string | undefined,
  policy: Voice | undefined,
  own: OwnSide,
): Truth {
  const { caller } = request;
  const { direct, role, account: byAccount } = policy?.allowed ?? NOBODY;
  if (policy === undefined && hasPolicyAlways(request)) return MAYBE;
  if (caller.account === undefined)
    return caller.type === 'anonymous' ? and(direct, takesAnonymous(request)) : direct;
  if (account !== undefined && account !== caller.account)
    return and(and(policy?.allow ?? NO, own.allow), offeredAcrossAccounts(request));
  // Named for itself, nothing that is merely silent limits the caller; by its role, boundary and session policies do.
  const named = or(direct, and(role, own.limits));
  return or(named, mustBeNamed(request, policy) ? and(byAccount, own.allow) : own.allow);
}

/**
 * Whether a grant allows the request. In another account a grant stands in for both the key policy and the identity policy.
 * Whether a boundary or a session policy that is silent limits a grant is not documented.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
export function grantOfAccess(request: Request, { grants }: Environment, own: OwnSide): Truth {
  if (grants === undefined || request.service !== 'kms') return NO;
  let any: Truth = NO;
  for (const grant of grants) any = or(any, granted(grant, request, own.allow));
  return and(any, own.limits === YES ? YES : MAYBE);
}

/** Which yes is missing, where access was not allowed. */
export function missingFrom(
  request: Request,
  account: string | undefined,
  policy: Voice | undefined,
  own: OwnSide,
  part: 'policy of the resource' | 'policy of the access point',
): Missing[] {
  const missing: Missing[] = [];
  const names = (kind: string) =>
    own.voices.filter((each) => each.policy.kind === kind).map((each) => each.policy.name);
  const add = (what: Missing['part'], policies: readonly string[], why: string) =>
    missing.push({ part: what, policies, why });
  const across =
    request.caller.account !== undefined && account !== undefined && account !== request.caller.account;
  const mustName = request.caller.account === undefined || across || mustBeNamed(request, policy);
  const { direct, role } = policy?.allowed ?? NOBODY;
  if ((policy?.allow ?? NO) !== YES)
    add(
      part,
      policy === undefined ? [] : [policy.policy.name],
      mustName ? 'it must allow the caller' : 'it could allow the caller',
    );
  if (request.caller.account !== undefined) {
    if (own.identity !== YES && role !== YES)
      add('identity policies', names('identity'), across ? 'they must allow it too' : 'they do not allow it');
    if (own.boundary !== YES && direct !== YES)
      add('permissions boundary', names('permissions boundary'), 'it must allow it too');
    if (own.session !== YES && direct !== YES)
      add('session policies', names('session'), 'they must allow it too');
  }
  if (across && offeredAcrossAccounts(request) !== YES)
    add('service', [], 'the action is not offered to other accounts');
  return missing;
}
