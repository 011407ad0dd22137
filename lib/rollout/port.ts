/** CloudFormation, as far as a rollout asks it: what stands behind it is AWS, or a model of it in tests. */
import type { Side } from './expected';
import type { FleetStack } from './fleet';

/** A stack as it is now. */
export interface StackNow {
  /** Such as `UPDATE_COMPLETE`; absent where there is no stack. */
  readonly status?: string;
  /** Why, in CloudFormation’s words. */
  readonly reason?: string;
  /** What names the template that it runs, by `templateDigest`; absent where it has none. */
  readonly template?: string;
}

/** A property, or something else of a resource, that changes. */
export interface ChangeDetail {
  /** `Dynamic` where it depends on another resource, so that it is known only as the change is made. */
  readonly evaluation: 'Static' | 'Dynamic';
  /** The logical id of the resource that it depends on. */
  readonly cause?: string;
  /** Whether the resource is replaced if it changes. */
  readonly recreates: 'Never' | 'Conditionally' | 'Always';
}

/** One resource of a change set. */
export interface Change {
  readonly id: string;
  readonly type: string;
  /** `Add`, `Modify`, `Remove`, or another that no plan has, such as `Import`. */
  readonly action: string;
  readonly replacement: 'True' | 'False' | 'Conditional';
  /** `Properties`, `Metadata` and the like. */
  readonly scope: readonly string[];
  readonly details: readonly ChangeDetail[];
}

/** A change set that is made, and not executed. */
export interface ChangeSet {
  readonly changes: readonly Change[];
  /** What names its template, by `templateDigest`. */
  readonly template: string;
}

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
