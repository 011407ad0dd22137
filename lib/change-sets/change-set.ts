/** Stacks and change sets, as far as they are compared with a plan. */

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
