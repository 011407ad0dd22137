/**
 * What a caller’s own side says: its identity policies, within its permissions boundary, its session policies and the service
 * control policies above its account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
import type { Environment } from './environment';
import { hear, type Policy } from './policy';
import type { Request } from './request';
import { and, MAYBE, NO, or, type Truth, YES } from './truth';

/** The caller’s own side, heard about a resource by one name. */
export interface OwnSide {
  readonly deny: Truth;
  readonly identity: Truth;
  readonly boundary: Truth;
  readonly session: Truth;
  /** By identity policies, within boundary and session policies. */
  readonly allow: Truth;
  /** Boundary and session policies together. */
  readonly limits: Truth;
  /** All levels of service control policies together; yes if none reach the caller. */
  readonly control: Truth;
}

/** Services, identity providers and the unsigned have no policies of their own. */
const NO_POLICIES: OwnSide = {
  deny: NO,
  identity: NO,
  boundary: YES,
  session: YES,
  allow: NO,
  limits: YES,
  control: YES,
};

/** Whether a permissions boundary counts for the caller; it is a thing of users and roles. */
export function hasBoundary({ caller }: Request, { boundary }: Environment): boolean {
  return boundary !== undefined && (caller.type === 'user' || caller.type === 'role');
}

/** What the caller’s side says of the resource. */
export function ownSideOf(request: Request, environment: Environment, resource: string): OwnSide {
  const { caller } = request;
  if (caller.account === undefined) return NO_POLICIES;
  const side = new Hearing(request, resource, hasBoundary(request, environment));
  // The root user has all that its account has; of policies, only those of resources and of the organisation reach it.
  const identity = caller.type === 'root' ? YES : side.any(environment.identity);
  const boundary = side.bounded && environment.boundary !== undefined ? side.one(environment.boundary) : YES;
  // Sessions of users (GetFederationToken) are not modelled, so session policies are a thing of roles.
  const hasSession =
    caller.type === 'role' && environment.session !== undefined && environment.session.length > 0;
  const session = hasSession ? side.any(environment.session) : YES;
  let control: Truth = YES;
  if (environment.serviceControl !== undefined && isControlled(request, environment))
    for (const level of environment.serviceControl) control = and(control, side.any(level));
  const limits = and(boundary, session);
  return { deny: side.deny, identity, boundary, session, limits, control, allow: and(identity, limits) };
}

/** Policies heard one after another about one resource; it keeps whether any denies. */
class Hearing {
  deny: Truth = NO;

  constructor(
    private readonly request: Request,
    private readonly resource: string,
    readonly bounded: boolean,
  ) {}

  one(policy: Policy): Truth {
    const voice = hear(policy, this.request, this.resource, this.bounded);
    this.deny = or(this.deny, voice.deny);
    return voice.allow;
  }

  any(policies: readonly Policy[] | undefined): Truth {
    let allow: Truth = NO;
    if (policies !== undefined) for (const policy of policies) allow = or(allow, this.one(policy));
    return allow;
  }
}

/**
 * Service control policies reach users, roles and root users of member accounts; not the management account, nor
 * service-linked roles.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function isControlled({ caller }: Request, { managementAccount }: Environment): boolean {
  return !caller.isServiceLinked && caller.account !== managementAccount;
}

/**
 * What is heard twice, of an access point and of what is behind it. AWS does not say by which of the two names a policy must
 * speak of the resource, so one that speaks of it by one name only is not judged.
 */
export function byEitherName(first: Truth, second: Truth): Truth {
  return first === second ? first : MAYBE;
}
