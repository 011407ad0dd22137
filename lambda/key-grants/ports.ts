/** What the broker’s logic needs of the world; AWS stands behind these. */
import type { KeyFacts } from '../../lib/register';
import type { Again } from '../../lib/runtime';

/** The state of a key, by the names of KMS. */
export type KeyState =
  | 'Creating'
  | 'Disabled'
  | 'Enabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'PendingReplicaDeletion'
  | 'Unavailable'
  | 'Updating';

/** A grant as KMS lists it. */
export interface Grant {
  readonly id: string;
  readonly name?: string | undefined;
  /** An ARN; a service’s name; or the unique id of a role that no longer exists. */
  readonly grantee?: string | undefined;
  readonly granteeService?: string | undefined;
  readonly retiring?: string | undefined;
  readonly retiringService?: string | undefined;
  readonly operations: readonly string[];
  readonly contextEquals?: Readonly<Record<string, string>> | undefined;
  /** Whether it has a constraint of any other kind. */
  readonly otherConstraints: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** What a grant is asked to be. */
export interface GrantOrder {
  readonly name: string;
  readonly grantee: string;
  readonly retiring: string;
  readonly operations: readonly string[];
  readonly contextEquals: Readonly<Record<string, string>>;
}

/** What KMS says of the key. */
export interface DescribedKey extends KeyFacts {
  readonly state: KeyState;
}

/** The grants of one key. What fails, throws an error that `kindOf` knows. */
export interface KeyGrants {
  describe(): Promise<DescribedKey>;
  list(again: Again): Promise<Grant[]>;
  /** Returns the id. Asked again for the same, KMS answers with the grant that there is. */
  create(order: GrantOrder): Promise<string>;
  revoke(id: string): Promise<void>;
}

/** Why an access point is closed: its share has ended, or it was stopped in an emergency and stays so until that is lifted. */
export type Closing = 'ended' | 'stopped';

/** The access points of an owner’s shares, each named by its share’s id. */
export interface AccessPoints {
  /** Denies everything through the access point, and keeps what its policy allowed for `open`. */
  close(share: string, again: Again, why: Closing): Promise<'closed' | 'was-closed' | 'missing'>;
  /** Takes back what `close` did; a stop only where it is to be lifted. */
  open(share: string, again: Again, lift?: 'lift'): Promise<'opened' | 'was-open' | 'stopped' | 'missing'>;
}
