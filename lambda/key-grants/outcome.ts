/** What CloudFormation, or whoever called, is told of a run. */
import type { Outcome } from './cloudformation';
import type { RunResult } from './result';

/** More would not fit into an answer. */
const MOST_NAMED = 5;

/** What CloudFormation is answered. A key that is going takes its grants with it, so that what fails then is no failure. */
export function outcomeOf(result: RunResult, physicalId: string, remove: boolean): Outcome {
  const keyIsGoing = ['gone', 'PendingDeletion', 'PendingReplicaDeletion'].includes(result.keyState);
  const failed = result.failures.length > 0 && !(remove && keyIsGoing);
  return {
    physicalId,
    reason: failed ? summary(result) : undefined,
    data: {
      GrantsInForce: String(result.inForce),
      GrantsCreated: String(result.created),
      GrantsRevoked: String(result.revoked),
      GrantsPending: String(result.pending.length),
      StoppedShares: String(result.stoppedShares.length),
    },
  };
}

/** Why a deployment fails that asks for shares which are stopped. */
export function stillStopped(shares: readonly string[]): string {
  return `${named(shares)} stopped in an emergency and would be shared again by this deployment; it stays closed. Write it into the register as suspended or paused, or lift the stop first: npx concordat suspend --lift --live.`;
}

/** What failed, in short. */
export function summary({ failures, created, revoked, inForce }: RunResult): string {
  const each = failures
    .slice(0, MOST_NAMED)
    .map(({ what, share, error }) => `${what}${share ? ` of ${share}` : ''}: ${error}`);
  const more = failures.length > each.length ? `; and ${failures.length - each.length} more, in the log` : '';
  return `${failures.length} failed, ${created} created, ${revoked} revoked, ${inForce} in force. ${each.join('; ')}${more}`;
}

function named(shares: readonly string[]): string {
  const more = shares.length - MOST_NAMED;
  const few = shares.slice(0, MOST_NAMED).join(', ');
  return `${few}${more > 0 ? ` and ${more} more` : ''} ${shares.length === 1 ? 'is' : 'are'}`;
}
