/** What is asked: who wants to do what, to which resource, by which way. The rest of a request varies. */

import type { Caller } from '../iam/caller';
import type { Environment } from '../iam/environment';
import type { Grant } from '../iam/grant';
import type { Policy } from '../iam/policy';
import type { Value } from './values';

/** Somebody who could ask. */
export interface Asker {
  readonly caller: Caller;
  /** `concordat/concordat-collect` of a role with that path and name; empty for all but roles. */
  readonly role: string;
  /**
   * `as made`: a role of a template, with the policies that the template gives it. `at most`: whatever it is, with every
   * permission that its own account could give it.
   */
  readonly permissions: 'as made' | 'at most';
  readonly identity: readonly Policy[];
  /** The AWS organisation that its account belongs to. */
  readonly awsOrganization: string | undefined;
  /** A member by the register whose account is no longer in the AWS organisation: it is entitled to no key. */
  readonly hasLeft?: true;
  /** A role, as it is made, of an organisation that may not act on the day of the assembly. */
  readonly isIdle?: true;
  readonly words: string;
}

/** What is asked of. */
export interface Target {
  readonly kind: 'bucket' | 'key' | 'role';
  readonly account: string;
  /** `Organisation-leeds/ExchangeBucketD38FE645`. */
  readonly place: string;
  readonly arn: string;
  /** Whose it is, in words. */
  readonly owner: string;
  /** The bucket that a key is for. */
  readonly bucket?: string;
  /** What a key of the operator’s is for, and of which sort it is. */
  readonly purpose?: string;
  readonly spec?: string;
}

/** A grant of a key, with its days. */
export interface DatedGrant {
  readonly grant: Grant;
  readonly from: string;
  readonly until: string;
}

/** One question. */
export interface Question {
  readonly asker: Asker;
  readonly target: Target;
  /** As AWS writes it: `s3:GetObject`. */
  readonly action: string;
  readonly accessPoint?: string;
  readonly environment: Environment;
  /** What follows from who asks and whose the resource is. */
  readonly context: Readonly<Record<string, string | undefined>>;
  readonly grants: readonly DatedGrant[];
}

/** What a question’s asker is entitled to. */
export interface Entitlement {
  /** Values of condition keys, in lower case, that it depends on. */
  readonly values: ReadonlyMap<string, readonly Value[]>;
  /** Names of objects that it depends on. */
  readonly objects: readonly string[];
  readonly holds: (value: (key: string) => Value, object: string) => boolean;
  /** Entitlements with the same text here are one and the same, whoever asks and for whichever action. */
  readonly alike: string;
  /** By what, in words: an agreement, or the organisation’s own right. */
  readonly by: string;
}
