/** Whether checkpoints are the log’s: signed by its key, and each continued by the newest. */
import {
  checkSignatures,
  consistencyProof,
  hashesOf,
  keyPath,
  nodesOfTiles,
  parseVkey,
  type SignedCheckpoint,
  TILE_WIDTH,
  tilePath,
  utf8,
  type VerifierKey,
  verifierKey,
  verifyConsistency,
} from '../../ledger/core';
import type { Lanes } from '../../runtime';
import { bytesAt, type LedgerStore, reading } from './ledger-files';
import { refuseReceipt } from './refusals';

/** What a checkpoint is held against. */
export interface TrustSetting {
  readonly store: LedgerStore;
  /** The name of the log, by the profile. */
  readonly origin: string;
  /** Public keys that were had from elsewhere; without any, that in the ledger’s bucket is taken at its word. */
  readonly pinned: readonly Uint8Array[];
}

/** A checkpoint, and where it was found. */
export interface FoundCheckpoint {
  readonly path: string;
  readonly checkpoint: SignedCheckpoint;
}

/**
 * Checks signatures. @returns the keys by which they are good, the log’s own alone
 * @throws DeliveryRefused `other-log`, `not-signed`, `faulty-ledger`
 */
export async function signedByTheLog(
  { store, origin, pinned }: TrustSetting,
  found: readonly FoundCheckpoint[],
): Promise<VerifierKey[]> {
  const brought = pinned.map((bytes) =>
    verifierKey(origin, bytes.length === 32 ? 'ed25519' : 'mlDsa44', bytes),
  );
  const known = new Map<string, VerifierKey | undefined>();
  const good = new Map<string, VerifierKey>();
  for (const { path, checkpoint } of found) {
    if (checkpoint.origin !== origin)
      refuseReceipt({ refused: 'other-log', wanted: origin, found: checkpoint.origin });
    if (pinned.length === 0)
      for (const { name, keyId } of checkpoint.note.signatures)
        if (name === origin && !known.has(keyId)) known.set(keyId, await keyOf(store, keyId));
    const keys = pinned.length === 0 ? [...known.values()].filter((key) => key !== undefined) : brought;
    const lines = await checkSignatures(checkpoint, keys);
    const signed = lines.flatMap(({ name, outcome, key }) =>
      name === origin && outcome === 'good' && key ? [key] : [],
    );
    // One line that is wrong spoils the others: nobody who signs rightly writes it.
    if (signed.length === 0 || lines.some(({ name, outcome }) => name === origin && outcome === 'bad'))
      refuseReceipt({ refused: 'not-signed', path, pinned: pinned.length > 0 });
    for (const key of signed) good.set(key.keyId, key);
  }
  return [...good.values()];
}

/** The log’s Ed25519 key of an id, by its own bucket. */
async function keyOf(store: LedgerStore, keyId: string): Promise<VerifierKey | undefined> {
  const path = keyPath('ed25519', keyId, 'vkey');
  const bytes = await bytesAt(store, path);
  if (bytes === undefined) return undefined;
  const key = reading(path, () => parseVkey(utf8(bytes, path).replace(/\n$/, '')));
  return key.keyId === keyId ? key : undefined;
}

/** The hashes of the log’s tree as the newest checkpoint has it, each fetched once. They tell nothing of any transfer. */
export class Tiles {
  private readonly known = new Map<string, readonly Uint8Array[]>();
  private readonly asked = new Map<string, Promise<void>>();

  /** @param lanes for those that are fetched at once */
  constructor(
    private readonly store: LedgerStore,
    private readonly newest: SignedCheckpoint,
    private readonly lanes: Lanes,
  ) {}

  /** Sees that the newest checkpoint continues another. @throws DeliveryRefused `not-continued`, `faulty-ledger` */
  async demandContinued(older: SignedCheckpoint): Promise<void> {
    const { newest } = this;
    for (;;) {
      let missing: readonly [level: number, index: number] | undefined;
      const node = nodesOfTiles((level, index) => {
        const tile = this.known.get(`${level}/${index}`);
        if (tile !== undefined) return tile;
        missing ??= [level, index];
        throw new RangeError('a tile is to be fetched');
      });
      try {
        const isOlder = older.size <= newest.size;
        if (isOlder && verifyConsistency(consistencyProof(node, older.size, newest.size), older, newest))
          return;
      } catch (error) {
        if (!(error instanceof RangeError) || missing === undefined) throw error;
      }
      if (missing === undefined)
        return refuseReceipt({ refused: 'not-continued', size: older.size, newest: newest.size });
      const [level, index] = missing;
      const name = `${level}/${index}`;
      const asked = this.asked.get(name) ?? this.lanes.run(() => this.fetch(level, index));
      this.asked.set(name, asked);
      await asked;
    }
  }

  private async fetch(level: number, index: number): Promise<void> {
    const { size } = this.newest;
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH);
    const path = tilePath({ level, index, width });
    const bytes = await bytesAt(this.store, path);
    if (bytes === undefined)
      return refuseReceipt({ refused: 'faulty-ledger', path, problem: 'it is not there' });
    const hashes = reading(path, () => hashesOf(bytes, width, path));
    this.known.set(`${level}/${index}`, hashes);
  }
}
