/** Who may interrupt what an organisation shares, and who may let it go on: by who takes on the roles that ask the grant broker. */
import { type AssemblyStack, textOf } from '../assembly';
import { roleName } from '../names';
import { type Permission, permissionsOf } from './permissions';

/** The trust of each of the two roles; empty where no template makes the role, so that nobody may. */
export interface Interruption {
  readonly stoppedBy: readonly Permission[];
  readonly liftedBy: readonly Permission[];
}

/** Reads both roles of an account from its templates. */
export function interruptionIn(account: string, stacks: readonly AssemblyStack[]): Interruption {
  const trusted = (name: string) =>
    stacks
      .filter((stack) => stack.account === account)
      .flatMap((stack) =>
        Object.values(stack.resources)
          .filter((each) => each.Type === 'AWS::IAM::Role' && textOf(each, 'RoleName') === name)
          .flatMap(({ Properties }) =>
            permissionsOf(Properties?.AssumeRolePolicyDocument, { kind: 'trust', stack, account }),
          ),
      );
  return { stoppedBy: trusted(roleName('stop')), liftedBy: trusted(roleName('lift')) };
}
