/** What the sealer’s logic needs of the world; AWS stands behind these. */
import type { NoteSignature, VerifierKey } from '../../lib/ledger';

/** An object as it was read. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

/** The ledger’s bucket. Every write is conditional: nothing is ever overwritten unseen. */
export interface Store {
  get(key: string): Promise<StoredObject | undefined>;
  /** Writes if nothing is there. */
  create(key: string, bytes: Uint8Array): Promise<'created' | 'exists'>;
  /** Writes if what is there is still what was read; with no etag, if nothing is there. */
  replace(key: string, bytes: Uint8Array, etag: string | undefined): Promise<'replaced' | 'conflict'>;
}

/** One page of ids, oldest first, as an index gives them that may lag behind. */
export interface UnsealedPage {
  readonly eventIds: readonly string[];
  readonly next: object | undefined;
}

/** An item of the table. */
export type Item = Readonly<
  Record<
    string,
    { readonly S?: string; readonly B?: Uint8Array; readonly SS?: readonly string[] } | undefined
  >
>;

/** What became of a mark. `other-leaf`: the entry already has another place in the ledger. */
export type Marked = 'marked' | 'was-marked' | 'other-leaf' | 'missing';

/** The staging table. */
export interface Staging {
  unsealed(from: object | undefined): Promise<UnsealedPage>;
  /** The items of these ids, at most 100, as they are at this moment; those that are not there are left out. */
  read(eventIds: readonly string[]): Promise<Item[]>;
  /**
   * Notes an entry’s place in the ledger and takes it out of the index.
   * @param again whether to make the item where it is not there, so that nobody stages the entry a second time
   */
  mark(eventId: string, leaf: number, again?: boolean): Promise<Marked>;
}

/** Signs checkpoints of one log. */
export interface LogSigner {
  /** The log’s keys; the Ed25519 key is the first. Asked for once for each start of the function. */
  keys(): Promise<readonly VerifierKey[]>;
  /** The lines of a checkpoint. */
  sign(checkpoint: {
    readonly origin: string;
    readonly size: number;
    readonly root: Uint8Array;
  }): Promise<NoteSignature[]>;
}
