/** Why a request was decided as it was: the statements that allow or deny it, or the yes that is missing. */
import { mustBeNamed } from './access';
import type { Environment } from './environment';
import { granted } from './grant';
import { hasBoundary, isControlled, type OwnSide, ownSideOf } from './own-side';
import { hear, heardIn, type Policy } from './policy';
import type { Request } from './request';
import { isRetiring, offeredAcrossAccounts, reachedByResourceControl } from './service-rules';
import { YES } from './truth';

/** Which statement of which policy, or which grant. */
export interface StatementRef {
  readonly policy: string;
  /** From 0; undefined for a grant. */
  readonly statement: number | undefined;
  readonly sid: string | undefined;
}

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

interface Asked {
  readonly policy: Policy | undefined;
  readonly resource: string;
}

/** Everything that allows the request. */
export function allowsIn(request: Request, environment: Environment): StatementRef[] {
  const { allow } = ownSideOf(request, environment, request.resource);
  const grants = (environment.grants ?? [])
    .filter((grant) => granted(grant, request, allow) === YES)
    .map(({ name }) => ({ policy: name, statement: undefined, sid: undefined }));
  const policies = isRetiring(request) ? [] : ofResources(request, environment);
  return [
    ...statementsIn('Allow', request, environment, [...ofCaller(request, environment), ...policies]),
    ...grants,
  ];
}

/** Everything that denies the request. */
export function deniesIn(request: Request, environment: Environment): StatementRef[] {
  const isReached =
    reachedByResourceControl(request) === YES && request.resourceAccount !== environment.managementAccount;
  const rules = isReached ? (environment.resourceControl ?? []) : [];
  return statementsIn('Deny', request, environment, [
    ...ofCaller(request, environment),
    ...names(request).flatMap((resource) => rules.map((policy) => ({ policy, resource }))),
    ...(isRetiring(request) ? [] : ofResources(request, environment)),
  ]);
}

function names({ resource, accessPoint }: Request): readonly string[] {
  return accessPoint === undefined ? [resource] : [accessPoint.resource, resource];
}

/** The policies of the caller’s side, those only that reach it. */
function ofCaller(request: Request, environment: Environment): Asked[] {
  const { type, account } = request.caller;
  if (account === undefined) return [];
  const policies = [
    ...(type === 'root' ? [] : (environment.identity ?? [])),
    ...(hasBoundary(request, environment) ? [environment.boundary] : []),
    ...(type === 'role' ? (environment.session ?? []) : []),
    ...(isControlled(request, environment) ? (environment.serviceControl ?? []).flat() : []),
  ];
  return names(request).flatMap((resource) => policies.map((policy) => ({ policy, resource })));
}

function ofResources({ resource, accessPoint }: Request, environment: Environment): Asked[] {
  return [
    ...(accessPoint ? [{ policy: environment.accessPoint, resource: accessPoint.resource }] : []),
    { policy: environment.resource, resource },
  ];
}

function statementsIn(
  effect: 'Allow' | 'Deny',
  request: Request,
  environment: Environment,
  asked: readonly Asked[],
): StatementRef[] {
  const found = asked.flatMap(({ policy, resource }) =>
    (policy === undefined ? [] : heardIn(policy, request, resource, hasBoundary(request, environment)))
      .filter(({ statement, truth }) => truth === YES && statement.effect === effect)
      .map(({ statement }) => ({
        policy: policy?.name ?? '',
        statement: statement.index,
        sid: statement.sid,
      })),
  );
  return found.filter(
    (each, n) =>
      n === found.findIndex((other) => other.policy === each.policy && other.statement === each.statement),
  );
}

/** Each yes that is missing, of those that would be asked for. */
export function missingIn(request: Request, environment: Environment): Missing[] {
  const { accessPoint, resource, resourceAccount, service } = request;
  const ways =
    accessPoint === undefined
      ? missingFrom(
          request,
          environment,
          environment.resource,
          resource,
          resourceAccount,
          'policy of the resource',
        )
      : [
          ...missingFrom(
            request,
            environment,
            environment.accessPoint,
            accessPoint.resource,
            accessPoint.account,
            'policy of the access point',
          ),
          ...missingFrom(
            request,
            environment,
            environment.resource,
            resource,
            resourceAccount,
            'policy of the resource',
          ).filter(({ part }) => part === 'policy of the resource'),
        ];
  const grants = (environment.grants ?? []).map(({ name }) => name);
  const grant: Missing[] =
    service === 'kms' ? [{ part: 'grant', policies: grants, why: 'none allows it' }] : [];
  return [...silentLevels(request, environment), ...(isRetiring(request) ? [] : ways), ...grant];
}

function silentLevels(request: Request, environment: Environment): Missing[] {
  if (request.caller.account === undefined || !isControlled(request, environment)) return [];
  const [resource = ''] = names(request);
  return (environment.serviceControl ?? [])
    .filter((level) => !level.some((policy) => hear(policy, request, resource, false).allow === YES))
    .map((level) => ({
      part: 'service control policies',
      policies: level.map(({ name }) => name),
      why: 'each level must allow it',
    }));
}

function missingFrom(
  request: Request,
  environment: Environment,
  policy: Policy | undefined,
  resource: string,
  owner: string | undefined,
  part: 'policy of the resource' | 'policy of the access point',
): Missing[] {
  const { account } = request.caller;
  const own: OwnSide = ownSideOf(request, environment, resource);
  const voice = policy && hear(policy, request, resource, hasBoundary(request, environment));
  const across = account !== undefined && owner !== undefined && owner !== account;
  const isNeeded = account === undefined || across || mustBeNamed(request, voice);
  const too = across ? 'too' : 'instead';
  const missing: Missing[] = [];
  const add = (what: Missing['part'], policies: readonly (Policy | undefined)[], why: string) =>
    missing.push({ part: what, policies: policies.flatMap((each) => each?.name ?? []), why });
  if ((voice?.allow ?? 0) !== YES)
    add(part, [policy], isNeeded ? 'it must allow the caller' : 'it could allow the caller');
  if (account !== undefined) {
    if (own.identity !== YES)
      add('identity policies', environment.identity ?? [], `they must allow it ${too}`);
    if (own.boundary !== YES) add('permissions boundary', [environment.boundary], 'it must allow it too');
    if (own.session !== YES) add('session policies', environment.session ?? [], 'they must allow it too');
  }
  if (across && offeredAcrossAccounts(request) !== YES)
    add('service', [], 'the action is not offered to other accounts');
  return missing;
}
