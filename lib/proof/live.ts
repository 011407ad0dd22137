/**
 * Which statements could speak of a question at all, whatever the rest of the request. A statement that does not speak of the
 * caller or of the action, or whose conditions on the caller fail, says nothing, so what it tests tells nothing apart.
 */
import {
  and,
  anyName,
  type ConditionTest,
  candidates,
  type Environment,
  MAYBE,
  NO,
  namesIn,
  namesOf,
  type Policy,
  policiesOf,
  type Request,
  requestOf,
  type Statement,
  type Truth,
} from '../iam';
import { isOfObject } from './actions';
import type { DatedGrant, Question } from './question';

/** Keys whose values follow from the caller, the resource and the way to it. */
export const FOLLOWING: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principalservicename',
  'aws:principaltype',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:username',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:resourceaccount',
]);

/** A statement that could speak. */
export interface LiveStatement {
  readonly policy: Policy;
  readonly statement: Statement;
  /** As far as the caller and the action settle it. */
  readonly truth: Truth;
  /** What is left to vary. */
  readonly tests: readonly ConditionTest[];
}

/** What could speak of a question. */
export interface Live {
  /** The request without what varies. */
  readonly request: Request;
  readonly statements: readonly LiveStatement[];
  readonly grants: readonly DatedGrant[];
  /** Whether all that must say yes could say so. If not, every request of this question is refused. */
  readonly possible: boolean;
}

/** The resource of a question, with an object’s name. */
export function resourceOf({ target, action }: Question, object: string): string {
  const onObject = target.kind === 'bucket' && isOfObject(action, object);
  return onObject ? `${target.arn}/${object}` : target.arn;
}

/** Finds what could speak. */
export function liveOf(question: Question): Live {
  const { asker, action, target, accessPoint, environment } = question;
  const request = requestOf({
    caller: asker.caller,
    action,
    resource: resourceOf(question, ''),
    resourceAccount: target.account,
    ...(accessPoint !== undefined && { accessPoint }),
    context: question.context,
  });
  const statements = policiesOf(environment).flatMap((policy) => liveIn(policy, request));
  const operation = request.action.slice('kms:'.length);
  const grants = question.grants.filter(
    ({ grant }) => grant.operations.has(operation) && anyName(namesOf(grant.grantee, asker.caller)) !== NO,
  );
  return { request, statements, grants, possible: isPossible(question, statements, grants.length > 0) };
}

function liveIn(policy: Policy, request: Request): LiveStatement[] {
  const unclear = policy.doubts.length > 0;
  return candidates(policy, request.action).flatMap(({ statement, action }) => {
    let truth: Truth = and(action, anyName(namesIn(statement, request, false)));
    if (truth === NO) return [];
    const tests: ConditionTest[] = [];
    for (const test of statement.conditions) {
      if (FOLLOWING.has(test.key)) truth = and(truth, test.holds(request.context));
      else tests.push(test);
    }
    if (unclear || statement.doubts.length > 0) truth = and(truth, MAYBE);
    return truth === NO ? [] : [{ policy, statement, truth, tests }];
  });
}

/** Errs towards yes; a policy that is in doubt as a whole could always. */
function isPossible(
  { asker, target, accessPoint, environment }: Question,
  live: readonly LiveStatement[],
  granted: boolean,
) {
  const couldAllow = (policies: readonly (Policy | undefined)[]) =>
    policies.some(
      (policy) =>
        policy !== undefined &&
        (policy.doubts.length > 0 ||
          live.some((each) => each.policy === policy && each.statement.effect !== 'Deny')),
    );
  const { resource, identity = [] } = environment as Environment;
  const isCross = asker.caller.account !== target.account;
  if (target.kind === 'key' || target.kind === 'role') return granted || couldAllow([resource]);
  // In one account either side suffices, of the bucket or the table and of the access point alike.
  if (!isCross)
    return (
      (couldAllow([resource, ...identity]) &&
        (accessPoint === undefined || couldAllow([environment.accessPoint, ...identity]))) ||
      asker.caller.type === 'root'
    );
  if (!couldAllow([resource])) return false;
  if (accessPoint !== undefined && !couldAllow([environment.accessPoint])) return false;
  return asker.caller.account === undefined || asker.caller.type === 'root' || couldAllow(identity);
}
