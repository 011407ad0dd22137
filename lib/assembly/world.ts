/** What an assembly would put into AWS, as far as it decides who may do what: read once, and then asked. */
import type { Grant, Policy } from '../iam';
import type { RegisterFacts } from '../wire';
import type { MadeThing } from './things';
import type { Controls, S3Policy } from './world-guardrails';

/** A role that a template makes. */
export interface MadeRole {
  readonly arn: string;
  readonly account: string;
  /** `Organisation-leeds/CollectRole0EC148CA`. */
  readonly place: string;
  readonly identity: readonly Policy[];
  /** What caps it, where anything does. */
  readonly boundary?: Policy;
  readonly trust: Policy;
}

/** An access point, wherever it is made. */
export interface MadeAccessPoint {
  readonly arn: string;
  readonly name: string;
  readonly place: string;
  readonly policy: Policy | undefined;
}

/** A grant that the broker is told to keep, and when. */
export interface AskedGrant {
  readonly grant: Grant;
  readonly grantee: string;
  /** UTC, to the second. */
  readonly from: string;
  /** The first moment at which it is no longer to be there. */
  readonly until: string;
}

/** A key with all that decides who uses it. */
export interface MadeKey {
  readonly arn: string;
  readonly account: string;
  readonly place: string;
  readonly policy: Policy;
  /** What the template says that it is for, such as `shared-data`; of a key that a template makes. */
  readonly purpose?: string;
  /** Such as `SYMMETRIC_DEFAULT`, where the template says. */
  readonly spec?: string;
  readonly grants: readonly AskedGrant[];
}

/** A bucket with its ways in. */
export interface MadeBucket {
  readonly arn: string;
  readonly account: string;
  readonly place: string;
  /** Absent where no template sets one. */
  readonly policy: Policy | undefined;
  readonly accessPoints: readonly MadeAccessPoint[];
  /** The ARN of the key that it encrypts with. */
  readonly key: string | undefined;
}

/** A table with all that decides who uses it. */
export interface MadeTable {
  readonly arn: string;
  readonly account: string;
  readonly place: string;
  /** Absent where the template sets none. */
  readonly policy: Policy | undefined;
}

/** A baseline in one account. */
export interface MadeBaseline {
  readonly name: string;
  /** `Baseline/BaselineStackSet`. */
  readonly place: string;
  readonly account: string;
  readonly roles: readonly MadeRole[];
  /** What caps roles, by its name. */
  readonly boundaries: ReadonlyMap<string, Policy>;
  readonly buckets: readonly MadeBucket[];
  readonly things: readonly MadeThing[];
}

/** All of it. */
export interface World {
  readonly asOf: string;
  readonly register: RegisterFacts;
  readonly roles: readonly MadeRole[];
  /** Roles through which CloudFormation deploys. Whatever their baseline gives them, they are asked about as able to do anything. */
  readonly deployers: readonly string[];
  readonly buckets: readonly MadeBucket[];
  readonly keys: readonly MadeKey[];
  readonly tables: readonly MadeTable[];
  /** The policies above accounts. */
  readonly controls: Controls;
  readonly s3Policies: readonly S3Policy[];
  /** What StackSets make in each account of their units. */
  readonly baselines: readonly MadeBaseline[];
  /** Every resource with its settings. */
  readonly things: readonly MadeThing[];
  /** What templates hold that could give access and is not understood. With any of these nothing is proven. */
  readonly notUnderstood: readonly string[];
}
