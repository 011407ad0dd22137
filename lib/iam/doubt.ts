/** Why a request was not judged: everything that might have changed the outcome and can’t be told. */
import { hasPolicyAlways } from './access';
import type { Environment } from './environment';
import { granted } from './grant';
import { hasBoundary } from './own-side';
import { heardIn, namesIn, type Policy } from './policy';
import { anyName } from './principal';
import type { Request } from './request';
import { offeredAcrossAccounts, reachedByResourceControl, takesAnonymous } from './service-rules';
import type { Statement } from './statement';
import { policiesOf } from './tested';
import { MAYBE, YES } from './truth';

/** All doubts of all policies, one sentence each. */
export function doubtsIn(request: Request, environment: Environment): string[] {
  const { caller, resource, accessPoint, service } = request;
  const policies: readonly Policy[] = policiesOf(environment);
  const doubts = policies.flatMap((policy) =>
    [resource, ...(accessPoint ? [accessPoint.resource] : [])].flatMap((name) =>
      doubtsOf(policy, request, name, hasBoundary(request, environment)),
    ),
  );
  for (const grant of environment.grants ?? []) {
    if (granted(grant, request, YES) === MAYBE)
      doubts.push(`grant '${grant.name}': ${grant.doubts[0] ?? 'what it allows here is not modelled'}`);
  }
  if ((environment.grants ?? []).length > 0 && (environment.boundary ?? environment.session) !== undefined)
    doubts.push('whether a boundary or a session policy limits a grant is not documented');
  if (environment.resource === undefined && hasPolicyAlways(request))
    doubts.push(`${resource} always has a policy, and none was given`);
  if (environment.resourceControl !== undefined && reachedByResourceControl(request) === MAYBE)
    doubts.push(`whether resource control policies reach ${service} is not modelled`);
  if (caller.type === 'anonymous' && takesAnonymous(request) === MAYBE)
    doubts.push(`whether ${service} takes requests without a signature is not modelled`);
  if (offeredAcrossAccounts(request) === MAYBE)
    doubts.push(`whether ${request.action} is offered to other accounts is not modelled`);
  if (accessPoint !== undefined) doubts.push('a policy may speak of the bucket or of its access point only');
  return [...new Set(doubts)];
}

function doubtsOf(policy: Policy, request: Request, resource: string, bounded: boolean): string[] {
  const about = heardIn(policy, request, resource, bounded).filter(({ truth }) => truth === MAYBE);
  return [
    ...policy.doubts.map((doubt) => `'${policy.name}': ${doubt}`),
    ...about.flatMap(({ statement }) =>
      reasons(statement, request, resource, bounded).map(
        (reason) => `'${policy.name}' statement ${statement.sid ?? statement.index}: ${reason}`,
      ),
    ),
  ];
}

function reasons(statement: Statement, request: Request, resource: string, bounded: boolean): string[] {
  const found = [...statement.doubts];
  const { actions, resources, principals, notPrincipals } = statement;
  if (anyName(namesIn(statement, request, bounded)) === MAYBE)
    found.push(
      ...((principals ?? notPrincipals)?.doubts ?? []),
      ...(notPrincipals === undefined ? [] : ['NotPrincipal lists a part of the caller’s names only']),
    );
  if (actions.matches(request.action) === MAYBE) found.push(...actions.doubts);
  if (resources.matches(resource, request.context) === MAYBE)
    found.push(resources.doubts[0] ?? 'how its Resource compares is not documented');
  for (const { operator, key, doubt, holds } of statement.conditions)
    if (holds(request.context) === MAYBE)
      found.push(doubt ?? `${operator} ${key}: how it compares with the request’s value is not known`);
  return found;
}
