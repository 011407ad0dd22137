/** What a reader should look at twice, each as a value. What is said of it stands in `words/attention-words.ts`. */
import type { CustodyClaim } from '../wire';
import type { Condition } from './conditions';
import type { Who } from './who';

/** A statement’s Sid; its number, from 1, where it has none; undefined where no statement could be read. */
export type Sid = string | number | undefined;

/** Of one statement of a policy. */
export type StatementAttention =
  /** The policy, one of its statements or a part of it cannot be read. @property found as JSON, or a name */
  | { readonly kind: 'policyUnclear' | 'policyPart' | 'policyVersion'; readonly found: string }
  | { readonly kind: 'statementUnclear'; readonly number: number; readonly found: string }
  | { readonly kind: 'noEffect'; readonly found: string }
  | { readonly kind: 'whoever'; readonly who: Who }
  | { readonly kind: 'ofAnotherAccount'; readonly who: Who }
  | { readonly kind: 'callersByPattern'; readonly arn: string }
  | { readonly kind: 'callerElsewhere'; readonly arn: string; readonly account: string }
  | { readonly kind: 'allowsAllBut' | 'noAction' | 'everyResourceBut' }
  | { readonly kind: 'actionsByPattern'; readonly pattern: string }
  | { readonly kind: 'unknownAction'; readonly action: string }
  | { readonly kind: 'keyResource'; readonly resources: readonly string[] }
  | { readonly kind: 'unresolved'; readonly text: string }
  | { readonly kind: 'conditionUnclear'; readonly condition: Condition }
  | {
      readonly kind: 'allowsWithoutKey' | 'deniesWithKeyOnly';
      readonly key: string;
      readonly operator: string;
    }
  | { readonly kind: 'unknownElement'; readonly element: string; readonly found?: string };

/** What a key of shared data is to be protected by, and is not. */
export type Protection =
  | 'useThroughS3'
  | 'useFromOneOrganisation'
  | 'useByNamedRole'
  | 'useThroughS3Alone'
  | 'useForOneBucket'
  | 'useAsRecipientsRead'
  | 'grantsByNamedRole'
  | 'grantsOfReadingOnly'
  | 'grantsForOneBucket'
  | 'grantsToOneRole'
  | 'grantsRetiredByOwner'
  | 'noCopies';

/** Of a key, its bucket, its policy, its grants, and the roles that have to do with it. */
export type KeyAttention =
  | { readonly kind: 'keyInAnotherAccount'; readonly account: string; readonly bucketAccount: string }
  /** @property algorithm as JSON; absent where the bucket says none */
  | { readonly kind: 'bucketNotByKms'; readonly algorithm?: string }
  | { readonly kind: 'noBucketKey' | 'moreEncryptionRules' }
  | { readonly kind: 'keyUnclear'; readonly text: string; readonly byName: boolean }
  | { readonly kind: 'noClaim' | 'notRotated' | 'notKept' | 'multiRegion' | 'madeSwitchedOff' }
  | { readonly kind: 'claimedNotMade'; readonly claimed: CustodyClaim['origin'] }
  | { readonly kind: 'originUnclear'; readonly found: string }
  | {
      readonly kind: 'originDiffers';
      readonly origin: CustodyClaim['origin'] | 'unknown';
      readonly claimed: CustodyClaim['origin'];
    }
  | { readonly kind: 'soonGone'; readonly days: number }
  | {
      readonly kind: 'otherSetting';
      readonly setting: string;
      readonly found: string;
      readonly expected: string;
    }
  | { readonly kind: 'settingUnclear'; readonly setting: string; readonly found: string }
  | { readonly kind: 'listForOtherBucket'; readonly layer: string; readonly bucket: string }
  | { readonly kind: 'numberOfLists'; readonly lists: number }
  | { readonly kind: 'noListIn'; readonly layer: string }
  | { readonly kind: 'listRefused'; readonly layer: string; readonly problem: string }
  | { readonly kind: 'noAskedPolicy' | 'askedPolicyNotJson'; readonly file: string }
  | { readonly kind: 'unprotected'; readonly protection: Protection; readonly sid?: Sid }
  | { readonly kind: 'inStatement'; readonly sid: Sid; readonly what: StatementAttention }
  | { readonly kind: 'managedPolicy'; readonly who: Who; readonly policy: string }
  | { readonly kind: 'inOwnPolicy'; readonly who: Who; readonly sid: Sid; readonly what: StatementAttention }
  /** Of who takes on a role: one that is told of, or the holder of a grant. */
  | {
      readonly kind: 'inTrust';
      readonly of: Who | { readonly kind: 'grantee'; readonly share: string };
      readonly sid: Sid;
      readonly what: StatementAttention;
    };

/** Of no one key. @property place a stack and a logical id */
export type StrayAttention = { readonly kind: 'copiedKey' | 'strayKey'; readonly place: string };
