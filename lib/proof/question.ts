/** What is asked: who wants to do what, to which resource, by which way. The rest of a request varies. */

import type { Caller, Environment, Grant, Policy } from '../iam';
import type { Value } from './values';

/** Whose account a request comes from, by the register; or that it comes from no account. */
export type Party =
  | { readonly kind: 'organisation'; readonly id: string }
  /** The operator’s account. */
  | { readonly kind: 'zone' }
  | { readonly kind: 'management' }
  /** Each account that begins with the baseline. */
  | { readonly kind: 'each account' }
  /** An account that the register does not name. */
  | { readonly kind: 'stranger'; readonly account: string }
  | { readonly kind: 'service'; readonly service: string }
  /** People whom an identity provider vouches for. */
  | { readonly kind: 'federated'; readonly provider: string }
  /** A request without a signature. */
  | { readonly kind: 'unsigned' };

/** Whose a resource is. */
export type Owner = Extract<Party, { readonly kind: 'organisation' | 'zone' | 'each account' }>;

/** As what of its account a request is made: a role, one session of a role, a user, or the root user. */
interface As {
  readonly kind: 'role' | 'session' | 'user' | 'root';
  readonly arn: string;
}

/** One who could ask. */
export interface Asker {
  readonly caller: Caller;
  readonly party: Party;
  /** Absent for services and for requests without a signature, which come from no account. */
  readonly as?: As;
  /** `concordat/concordat-collect` of a role with that path and name; empty for all but roles. */
  readonly role: string;
  /**
   * `as made`: a role of a template, with the policies that the template gives it. `at most`: whatever it is, with every
   * permission that its own account could give it.
   */
  readonly permissions: 'as made' | 'at most';
  readonly identity: readonly Policy[];
  /** What caps a role of a template. */
  readonly boundary?: Policy;
  /** The AWS organisation that its account belongs to. */
  readonly awsOrganization: string | undefined;
  /**
   * A member by the register whose account is no longer in the AWS organisation, but in none or in another: it is entitled
   * to no key.
   */
  readonly left?: 'for none' | 'for another';
  /** Its account is taken to be in that AWS organisation, of which no register tells. */
  readonly supposed?: true;
  /** A role, as it is made, of an organisation that may not act on the day of the assembly. */
  readonly isIdle?: true;
}

/** What is asked of. */
export interface Target {
  readonly kind: 'bucket' | 'key' | 'role' | 'table';
  readonly account: string;
  /** `Organisation-leeds/ExchangeBucketD38FE645`. */
  readonly place: string;
  readonly arn: string;
  readonly owner: Owner;
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
  /** The access point is one that no template makes. */
  readonly isBeside?: true;
  readonly environment: Environment;
  /** What follows from who asks and whose the resource is. */
  readonly context: Readonly<Record<string, string | undefined>>;
  readonly grants: readonly DatedGrant[];
}

/** What gives somebody access, by the register. */
export type Basis =
  | { readonly kind: 'agreements'; readonly ids: readonly string[] }
  /** What a role, the grant broker, the trail or an AWS service is there for. */
  | {
      readonly kind: 'purpose';
      readonly of: 'role' | 'grant broker' | 'trail' | 'service';
      /** The path and name of the role, where it is one of several. */
      readonly role?: string;
    }
  /** The register names the role itself. */
  | { readonly kind: 'register' }
  /** The register names whom an organisation’s own provider vouches for. */
  | { readonly kind: 'sign-in' }
  /** The account that asks holds the resource. */
  | { readonly kind: 'own account'; readonly holds: 'bucket' | 'key' | 'table' | 'tables' | 'logs' }
  /** Its receipts, or these and the heads of the ledger. */
  | { readonly kind: 'receipts'; readonly heads: boolean };

/** What a question’s asker is entitled to. */
export interface Entitlement {
  /**
   * Values of condition keys, in lower case, that it depends on; those that `holds` reads first stand first. The order changes
   * nothing but the time: combinations that are refused early are gone through as one.
   */
  readonly values: ReadonlyMap<string, readonly Value[]>;
  /** Names of objects that it depends on. */
  readonly objects: readonly string[];
  readonly holds: (value: (key: string) => Value, object: string) => boolean;
  /** Entitlements with the same text here are one and the same, for every asker and action. */
  readonly alike: string;
  readonly by: Basis;
}
