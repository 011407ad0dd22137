/** What accounts say of themselves, as far as `status --live` asks: AWS stands behind it, or a model in tests. */
import type { RolloutRow } from '../../wire';

/** One property of a resource that is not as its template says. */
export interface DriftedProperty {
  /** Such as `/Policy/Statement/0`. */
  readonly path: string;
  /** As JSON or as text; absent where there is to be nothing, or is nothing. */
  readonly expected?: string;
  readonly actual?: string;
}

/** A resource that is not as its template says. */
export interface DriftedResource {
  /** Its logical id. */
  readonly id: string;
  readonly type: string;
  /** Whether it is gone. */
  readonly deleted: boolean;
  readonly properties: readonly DriftedProperty[];
}

/** What CloudFormation found when it looked for drift last. */
export interface Drift {
  /** When, in ISO 8601. */
  readonly at: string;
  readonly resources: readonly DriftedResource[];
  /** Why it could not look at everything. */
  readonly trouble?: string;
}

/** One stack, as CloudFormation has it. */
export interface SeenStack {
  readonly stack: string;
  /** Such as `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly isProtected: boolean;
  /** What names the template that it runs, by `templateDigest`. */
  readonly template: string;
  /** Absent where nobody has looked for it. */
  readonly drift?: Drift;
}

/** One account, as it is now. */
export interface SeenAccount {
  /** The stacks of the landing zone that are there. */
  readonly stacks: readonly SeenStack[];
  /** The names of the landing zone’s alarms that go off. */
  readonly alarms: readonly string[];
}

/** Where `status --live` looks. */
export interface Lookout {
  /** Every line of the engine’s table. @throws WireError where one is none */
  rows(): Promise<readonly RolloutRow[]>;
  /**
   * One account.
   * @param stacks those that are looked for; others of the landing zone are found too
   * @param drift whether CloudFormation is to look for drift anew, which takes minutes
   * @throws whatever AWS’s client does
   */
  account(account: string, stacks: readonly string[], drift: 'known' | 'anew'): Promise<SeenAccount>;
}
