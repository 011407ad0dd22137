/** What the broker’s logic needs of the world; AWS stands behind these. */
import type { KeyFacts } from '../../lib/register';
import type { Again } from '../../lib/runtime';
import type { StopRecord } from '../../lib/wire';

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

/** An order, to be written down before it is acted on. */
export interface OrderToRecord {
  readonly order: StopRecord['order'];
  readonly shares: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The id of Lambda’s request. */
  readonly request: string;
  readonly why: string | undefined;
}

/** Where orders to stop and to lift are written down, out of reach of deployments. */
export interface StopRecords {
  write(order: OrderToRecord, again: Again): Promise<void>;
  read(again: Again): Promise<readonly StopRecord[]>;
}

/** What the function’s own stack is doing. */
export type StackState = 'changing' | 'rolling-back' | 'at-rest';

/** The stack that deploys this function. */
export interface OwnStack {
  state(stackId: string): Promise<StackState>;
}

/** The roles that the organisation’s own people take on. */
export interface RoleSessions {
  /** Ends every session of a role that began before a moment, in milliseconds since 1970. */
  end(role: string, before: number): Promise<'ended' | 'missing'>;
}

/**
 * Why an access point is closed: its share is no longer listed; or is over by its dates, which its policy has too, so that
 * they keep it shut meanwhile; or it was stopped in an emergency, and stays so until that is lifted.
 */
export type Closing = 'ended' | 'expired' | 'stopped';

/**
 * That a stop is to be lifted: because that is ordered now, or because it was ordered then, in milliseconds since 1970. The latter
 * lifts no stop that came since, by hand or without a record.
 */
export type Lift = 'lift' | { readonly orderedAt: number };

/** The access points of an owner’s shares, each named by its share’s id. */
export interface AccessPoints {
  /**
   * Denies everything through the access point, and keeps what its policy allowed for `open`.
   * @param lost told where that could not be kept
   */
  close(
    share: string,
    again: Again,
    why: Closing,
    lost?: () => void,
  ): Promise<'closed' | 'was-closed' | 'missing'>;
  /** Takes back what `close` did; a stop only where it is to be lifted. */
  open(share: string, again: Again, lift?: Lift): Promise<'opened' | 'was-open' | 'stopped' | 'missing'>;
}
