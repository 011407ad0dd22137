/**
 * What policies tell apart. A prover that asks one request for each class of requests with one signature has asked them
 * all: `decide` looks at nothing else.
 */
import type { Environment } from './environment';
import { granted } from './grant';
import { hasBoundary } from './own-side';
import { namesIn, type Policy } from './policy';
import type { Request } from './request';
import { NO, YES } from './truth';

/** One thing that a statement tests. */
export interface Tested {
  readonly policy: string;
  readonly statement: number;
  readonly sid: string | undefined;
  readonly element:
    | 'Principal'
    | 'NotPrincipal'
    | 'Action'
    | 'NotAction'
    | 'Resource'
    | 'NotResource'
    | 'Condition';
  /** Of a condition: the operator as written, and the key in lower case. */
  readonly operator: string | undefined;
  readonly key: string | undefined;
  /** Patterns, principals (as `account:…`, `AWS:…`, `Service:…`) or values, as the policy has them. */
  readonly values: readonly string[];
  /** The actions and resources that the test is about: those of its statement. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Everything that the policies test, statement by statement. */
export function testedBy(policies: readonly Policy[]): Tested[] {
  return policies.flatMap((policy) =>
    policy.statements.flatMap((statement) => {
      const { actions, resources, principals, notPrincipals } = statement;
      const about = {
        policy: policy.name,
        statement: statement.index,
        sid: statement.sid,
        actions: actions.patterns,
        resources: resources.patterns,
      };
      const plain = { operator: undefined, key: undefined };
      const found: Tested[] = [];
      const listed = principals ?? notPrincipals;
      if (listed !== undefined)
        found.push({
          ...about,
          ...plain,
          element: principals === undefined ? 'NotPrincipal' : 'Principal',
          values: listed.everybody ? ['*'] : [...listed.names],
        });
      found.push(
        { ...about, ...plain, element: actions.negated ? 'NotAction' : 'Action', values: actions.patterns },
        {
          ...about,
          ...plain,
          element: resources.negated ? 'NotResource' : 'Resource',
          values: resources.patterns,
        },
      );
      for (const { operator, key, values } of statement.conditions)
        found.push({ ...about, element: 'Condition', operator, key, values });
      return found;
    }),
  );
}

/**
 * How every statement and grant of the environment takes the request, element by element, with the facts about caller and
 * resource that decide which of them count. Requests of one action with one signature have one decision.
 */
export function signatureOf(request: Request, environment: Environment): string {
  const { caller, resource, resourceAccount, accessPoint } = request;
  const bounded = hasBoundary(request, environment);
  const names = accessPoint === undefined ? [resource] : [resource, accessPoint.resource];
  const facts = [
    caller.type,
    caller.account === resourceAccount,
    caller.account === accessPoint?.account,
    caller.account === environment.managementAccount,
    resourceAccount === environment.managementAccount,
    caller.isServiceLinked,
    request.action,
    resource === '*',
    /:key\/|:role\//.test(resource),
  ];
  const statements = policiesOf(environment).map((policy) =>
    policy.statements
      .map((statement) => {
        const { direct, role, account } = namesIn(statement, request, bounded);
        const resources = names.map((name) => statement.resources.matches(name, request.context));
        const conditions = statement.conditions.map(({ holds }) => holds(request.context));
        return [
          direct,
          role,
          account,
          statement.actions.matches(request.action),
          ...resources,
          ...conditions,
        ].join('');
      })
      .join(','),
  );
  const grants = (environment.grants ?? []).map(
    (grant) => granted(grant, request, NO) * 3 + granted(grant, request, YES),
  );
  return [...facts, ...statements, ...grants].join(';');
}

/** All policies of an environment, in one order. */
export function policiesOf(environment: Environment): Policy[] {
  const { identity = [], boundary, session = [], serviceControl = [], resourceControl = [] } = environment;
  const alone = [boundary, environment.resource, environment.accessPoint].filter(
    (policy) => policy !== undefined,
  );
  return [...identity, ...session, ...serviceControl.flat(), ...resourceControl, ...alone];
}
