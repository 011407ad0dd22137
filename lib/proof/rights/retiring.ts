/** Keys say who may use them; of the retiring of grants, which grants decide, they are to say nothing to others. */
import type { World } from '../../assembly';
import { NO } from '../../iam';
import { callersIn, nameOf } from './callers';
import type { RightFinding } from './rights';

const RETIRE = 'kms:retiregrant';

/**
 * Whom the policies of keys let retire grants, in the order of keys.
 * @param only the accounts whose keys are looked at; all if not given
 */
export function retiringFindings(world: World, only?: ReadonlySet<string>): RightFinding[] {
  const isAsked = ({ account }: { account: string }) => only === undefined || only.has(account);
  return world.keys.filter(isAsked).flatMap(({ account, arn, place, policy }) =>
    policy.statements
      .filter(({ effect, actions }) => effect !== 'Deny' && actions.matches(RETIRE) !== NO)
      .flatMap((statement) =>
        callersIn(statement, account).map(
          (caller): RightFinding => ({
            what: 'beyond its purpose',
            role: nameOf(caller),
            place,
            action: 'kms:RetireGrant',
            resource: arn,
            context: {},
            statement: statement.sid ?? `statement ${statement.index + 1}`,
          }),
        ),
      ),
  );
}
