/** What the function’s logic needs of AWS. */
import type { Change } from '../../lib/change-sets';

/** A stack as CloudFormation describes it. */
export interface Described {
  readonly status: string;
  readonly isProtected: boolean;
  /** The names of the parameters that it was given. */
  readonly parameters: readonly string[];
}

/** A change set as CloudFormation describes it, with all of its pages. */
interface Made {
  readonly status: string;
  readonly reason: string;
  readonly changes: readonly Change[];
}

/** CloudFormation in one account. */
export interface Account {
  /** The stack; undefined where there is none. */
  stack(name: string): Promise<Described | undefined>;
  /** The template as it was submitted, of a stack or of a change set of it. */
  template(name: string, changeSet?: string): Promise<string>;
  /** Why the stack went back last. */
  reasons(name: string): Promise<string>;
  changeSet(name: string, changeSet: string): Promise<Made>;
  /** @returns whether it is being made; one of that name may be there */
  make(request: ChangeRequest): Promise<'making' | 'there'>;
  execute(name: string, changeSet: string): Promise<void>;
  /** Deletes a change set; that it is not there is no fault. */
  discard(name: string, changeSet: string): Promise<void>;
  /** Deletes a stack that was never created. */
  deleteEmpty(name: string): Promise<void>;
  protect(name: string): Promise<void>;
}

/** What CreateChangeSet is asked. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
export interface ChangeRequest {
  readonly stack: string;
  readonly changeSet: string;
  readonly isNew: boolean;
  readonly templateUrl: string;
  /** As whom CloudFormation works. */
  readonly role: string;
  /** The parameters that keep what they were given before. */
  readonly kept: readonly string[];
  /** The alarms that CloudFormation watches, and for how many minutes after the change. */
  readonly alarms: readonly string[];
  readonly watch: number;
}

/** A bucket for assets, in one account. */
export interface Staging {
  has(bucket: string, key: string): Promise<boolean>;
  put(bucket: string, key: string, bytes: Uint8Array): Promise<void>;
}

/** What CI has uploaded under a key. */
interface Uploaded {
  readonly bytes: Uint8Array;
  /** By which S3 gives these bytes again, whatever comes to lie under the key later; undefined where the bucket keeps no versions. */
  readonly version: string | undefined;
}

/** All that the function asks. */
export interface World {
  /** Reads what was uploaded. @throws where it is not there */
  readonly read: (key: string) => Promise<Uploaded>;
  readonly account: (role: string) => Account;
  readonly staging: (role: string) => Staging;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
