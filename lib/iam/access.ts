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

/**
 * Keys and roles must name even callers of their own account; where they name the account, its policies decide. Everywhere
 * else in one account either side suffices.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function mustBeNamed(request: Request, policy: Voice | undefined): boolean {
  const kind = policy?.policy.kind;
  return kind === 'key' || kind === 'trust' || hasPolicyAlways(request);
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
