/**
 * What a caller’s own side says: its identity policies, within its permissions boundary, its session policies and the service
 * control policies above its account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
import type { Environment } from './environment';
import { hear, type Policy, type Voice } from './policy';
import type { Request } from './request';
import { and, MAYBE, NO, or, type Truth, YES } from './truth';

/** The caller’s own side, heard about a resource by one name. */
export interface OwnSide {
  readonly deny: Truth;
  readonly identity: Truth;
  readonly boundary: Truth;
  readonly session: Truth;
  /** Each level of service control policies; none if none reach the caller. */
  readonly levels: readonly Truth[];
  /** By identity policies, within boundary and session policies. */
  readonly allow: Truth;
  /** Boundary and session policies together. */
  readonly limits: Truth;
  /** All levels together. */
  readonly control: Truth;
  readonly voices: readonly Voice[];
}

/** Services, identity providers and the unsigned have no policies of their own. */
const NO_POLICIES: OwnSide = {
  deny: NO,
  identity: NO,
  boundary: YES,
  session: YES,
  levels: [],
  allow: NO,
  limits: YES,
  control: YES,
  voices: [],
};

/** Whether a permissions boundary counts for the caller; it is a thing of users and roles. */
export function hasBoundary({ caller }: Request, { boundary }: Environment): boolean {
  return boundary !== undefined && (caller.type === 'user' || caller.type === 'role');
}

/** What the caller’s side says of the resource. */
export function ownSideOf(request: Request, environment: Environment, resource: string): OwnSide {
  const { caller } = request;
  if (caller.account === undefined) return NO_POLICIES;
  const voices: Voice[] = [];
  const bounded = hasBoundary(request, environment);
  let deny: Truth = NO;
  const heard = (policy: Policy): Truth => {
    const voice = hear(policy, request, resource, bounded);
    voices.push(voice);
    deny = or(deny, voice.deny);
    return voice.allow;
  };
  const any = (policies: readonly Policy[]): Truth => {
    let allow: Truth = NO;
    for (const policy of policies) allow = or(allow, heard(policy));
    return allow;
  };
  // The root user has all that its account has; of policies, only those of resources and of the organisation reach it.
  const isRoot = caller.type === 'root';
  const identity = isRoot ? YES : any(environment.identity ?? []);
  const boundary = bounded && environment.boundary !== undefined ? heard(environment.boundary) : YES;
  // Sessions of users (GetFederationToken) are not modelled, so session policies are a thing of roles.
  const session = caller.type === 'role' ? (environment.session ?? []) : [];
  const inSession = session.length === 0 ? YES : any(session);
  const levels = isControlled(request, environment) ? (environment.serviceControl ?? []).map(any) : [];
  const limits = and(boundary, inSession);
  let control: Truth = YES;
  for (const level of levels) control = and(control, level);
  return {
    deny,
    identity,
    boundary,
    session: inSession,
    levels,
    limits,
    control,
    allow: and(identity, limits),
    voices,
  };
}

/**
 * Service control policies reach users, roles and root users of member accounts; not the management account, nor
 * service-linked roles.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
function isControlled({ caller }: Request, { managementAccount }: Environment): boolean {
  return !caller.isServiceLinked && caller.account !== managementAccount;
}

/**
 * What is heard twice, of an access point and of what is behind it. AWS does not say by which of the two names a policy must
 * speak of the resource, so one that speaks of it by one name only is not judged.
 */
export function byEitherName(first: Truth, second: Truth): Truth {
  return first === second ? first : MAYBE;
}
