/**
 * Adding a claim’s entries to the tree: reads the tree’s right edge, holds it against its checkpoint, and gives the tiles,
 * the new root and the proofs. The same claim on the same tree always gives the same bytes.
 */
import {
  bundleOf,
  type Checkpoint,
  entriesOf,
  hashesOf,
  inclusionProofs,
  LedgerFormatError,
  leafHash,
  nodesOfTiles,
  sameBytes,
  TILE_WIDTH,
  type TileCoordinates,
  Tree,
  tilePath,
} from '../../lib/ledger';
import { type Claim, endOf } from './claim';
import { LedgerDamagedError } from './errors';
import type { Store } from './ports';

/** What comes of a claim. */
export interface Integration {
  readonly head: Checkpoint;
  /** What is to be written before the checkpoint, by path: tiles and bundles, full and partial. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The audit path of a leaf of the claim in the new tree. */
  proof(index: number): Uint8Array[];
}

/** @throws LedgerDamagedError if the bucket does not hold the tree that `before` tells of */
export async function integrate(store: Store, before: Checkpoint, claim: Claim): Promise<Integration> {
  try {
    return await integrated(store, before, claim);
  } catch (error) {
    // Claims were checked when they were read: what has another form is a tile or a bundle.
    if (error instanceof LedgerFormatError)
      throw new LedgerDamagedError(`the tree of ${before.size} entries can’t be read`, { cause: error });
    throw error;
  }
}

async function integrated(store: Store, before: Checkpoint, claim: Claim): Promise<Integration> {
  const files = new Map<string, Uint8Array>();
  const hashes = new Map<string, readonly Uint8Array[]>();
  const read = (tile: TileCoordinates) => readTile(store, tile);
  const tree = await Tree.load(before.size, read, (tile, full) => {
    files.set(tilePath(tile), tile.bytes);
    hashes.set(`${tile.level}/${tile.index}`, full);
  });
  if (!sameBytes(tree.root(), before.root))
    throw new LedgerDamagedError(
      `the tiles of ${before.size} entries do not have the root of their checkpoint`,
    );
  const open = await openBundle(store, before.size, tree);
  for (const { entry } of claim.entries) tree.append(entry);
  for (const tile of tree.partialTiles()) {
    files.set(tilePath(tile), tile.bytes);
    hashes.set(`${tile.level}/${tile.index}`, hashesOf(tile.bytes, tile.width, tilePath(tile)));
  }
  const entries = [...open, ...claim.entries.map(({ entry }) => entry)];
  const first = Math.floor(before.size / TILE_WIDTH);
  for (let at = 0; at < entries.length; at += TILE_WIDTH) {
    const part = entries.slice(at, at + TILE_WIDTH);
    const bundle = { level: 'entries', index: first + at / TILE_WIDTH, width: part.length } as const;
    files.set(tilePath(bundle), bundleOf(part));
  }
  const node = nodesOfTiles((level, index) => hashes.get(`${level}/${index}`));
  const size = endOf(claim);
  return {
    head: { origin: before.origin, size, root: tree.root() },
    files,
    proof: inclusionProofs(node, size),
  };
}

/** The entries of the last bundle, if it is not full; they must be those of the tree. */
async function openBundle(store: Store, size: number, tree: Tree): Promise<Uint8Array[]> {
  const bundle = {
    level: 'entries',
    index: Math.floor(size / TILE_WIDTH),
    width: size % TILE_WIDTH,
  } as const;
  if (bundle.width === 0) return [];
  const path = tilePath(bundle);
  const entries = entriesOf(await readTile(store, bundle), bundle.width, path);
  const leaves = tree.partialTiles()[0]?.bytes ?? Buffer.of();
  if (!sameBytes(Buffer.concat(entries.map(leafHash)), leaves))
    throw new LedgerDamagedError(`${path} does not hold the entries of the tree`);
  return entries;
}

async function readTile(store: Store, tile: TileCoordinates): Promise<Uint8Array> {
  const path = tilePath(tile);
  const found = await store.get(path);
  if (!found) throw new LedgerDamagedError(`${path} is missing`);
  return found.bytes;
}
