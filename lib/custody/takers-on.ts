/** Who takes on the roles through which a stack is deployed, where a StackSet of the same assembly makes them in its account. */
import { type Baseline, baselineIn, type Deployers, resolved } from '../assembly';
import { trustOf } from './identities';
import type { Permission } from './permissions';

/** What the templates say of the roles that deploy a stack. */
export interface StackDeployers extends Deployers {
  /** The StackSet that makes these roles, and what the trust policy of each says; absent where none makes them. */
  readonly takenOn?: {
    readonly stackSet: string;
    readonly roles: readonly { readonly arn: string; readonly by: readonly Permission[] }[];
  };
}

/**
 * The deployers of a stack, with who takes them on.
 * @param at the account and the Region of the stack
 */
export function stackDeployers(
  deployers: Deployers,
  at: { readonly account: string; readonly region: string },
  baselines: readonly Baseline[],
): StackDeployers {
  const arns = [deployers.asks, deployers.deploys].filter((arn) => arn !== undefined);
  for (const baseline of baselines) {
    const stack = baselineIn(baseline, at.account, at.region);
    const roles = Object.values(stack.resources).flatMap((resource) => {
      if (resource.Type !== 'AWS::IAM::Role') return [];
      const { Path = '/', RoleName } = resource.Properties ?? {};
      // Its name holds the account’s number, which a StackSet leaves to CloudFormation.
      const arn = `arn:aws:iam::${at.account}:role${String(Path)}${String(resolved(RoleName, stack))}`;
      return arns.includes(arn) ? [{ arn, by: trustOf(resource, stack) }] : [];
    });
    if (roles.length > 0) return { ...deployers, takenOn: { stackSet: baseline.name, roles } };
  }
  return deployers;
}
