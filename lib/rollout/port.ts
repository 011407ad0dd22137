/** CloudFormation, as far as a rollout asks it: what stands behind it is AWS, or a model of it in tests. */
import type { ChangeSet, Side, StackNow } from '../change-sets';
import type { FleetStack } from './fleet';

/**
 * Each call is one part of the work on one stack; it may be made again. What passes, such as throttling, is thrown by the name
 * that AWS gives it, and the rollout asks again.
 */
export interface CloudFormation {
  /**
   * Uploads the later templates of stacks and their files, where they are not there yet. Those of the earlier ones stay where they
   * are. @throws where anything is not uploaded; nothing has changed in any stack then
   */
  publish(stacks: readonly FleetStack[]): Promise<void>;
  look(stack: FleetStack): Promise<StackNow>;
  /**
   * Makes the change set that brings the stack to a side, in place of one of that name.
   * @returns undefined where CloudFormation sees nothing that changes
   */
  prepare(stack: FleetStack, changeSet: string, side: Side): Promise<ChangeSet | undefined>;
  /** Deletes a change set that is not to be executed, and the empty stack that was made for it. */
  discard(stack: FleetStack, changeSet: string): Promise<void>;
  execute(stack: FleetStack, changeSet: string): Promise<void>;
  /** Waits until nothing is under way in the stack, and protects one that is new. */
  settle(stack: FleetStack): Promise<StackNow>;
}
