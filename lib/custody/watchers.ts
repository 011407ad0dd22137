/** Who may look at what an account runs, and what that shows of its key, where a StackSet of the same assembly makes the role for it. */
import { type Baseline, baselineIn, resolved } from '../assembly';
import { type BootstrapRole, bootstrapRoleName } from '../names';
import { type Identity, identityIn, type KeyPlace } from './identities';
import type { Permission } from './permissions';

/** The role through which they look. */
export interface Watchers {
  /** The StackSet that makes it. */
  readonly stackSet: string;
  readonly arn: string;
  readonly takenOnBy: readonly Permission[];
  /** What its own policies say of KMS actions that may reach the key. */
  readonly onTheKey: readonly Permission[];
  /** Whether any of them uses the key, or changes anything of it; looking does neither. */
  readonly isMoreThanLooking: boolean;
  /** Managed policies that it carries, as JSON: what they say cannot be read here. */
  readonly unread: Identity['unread'];
}

const ROLE: BootstrapRole = 'status';

/** Those of a key’s account; undefined where no StackSet makes the role. */
export function watchersOf(key: KeyPlace, baselines: readonly Baseline[]): Watchers | undefined {
  const { account, region } = key;
  for (const baseline of baselines) {
    const stack = baselineIn(baseline, account, region);
    const name = bootstrapRoleName(ROLE, account as Parameters<typeof bootstrapRoleName>[1], { region });
    const [logicalId] =
      Object.entries(stack.resources).find(
        ([, { Type, Properties }]) =>
          Type === 'AWS::IAM::Role' && String(resolved(Properties?.RoleName, stack)) === name,
      ) ?? [];
    const found = logicalId === undefined ? undefined : identityIn(logicalId, stack, key);
    if (found === undefined) continue;
    const { takenOnBy, onTheKey, unread } = found;
    return {
      stackSet: baseline.name,
      arn: `arn:aws:iam::${account}:role/${name}`,
      takenOnBy,
      onTheKey,
      isMoreThanLooking: onTheKey.some(isMoreThanLooking),
      unread,
    };
  }
  return undefined;
}

/** What is said of all but some actions is taken as more. */
function isMoreThanLooking({ effect, powers, except }: Permission): boolean {
  if (effect === 'Deny') return false;
  return except !== undefined || Object.keys(powers).some((power) => power !== 'look');
}
