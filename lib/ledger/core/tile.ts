/** Tiles and bundles of entries: what they hold, and where they lie. @see https://c2sp.org/tlog-tiles */
import { LedgerFormatError } from './errors';
import { HASH_BYTES, nodeHash } from './hash';

/** The most bytes of an entry: its length is a uint16. @see https://c2sp.org/tlog-tiles#log-entries */
export const MOST_ENTRY_BYTES = 65_535;
/** The hashes of a full tile, and the entries of a full bundle. */
export const TILE_WIDTH = 256;
/** The levels of the tree from one tile to the next. */
export const TILE_HEIGHT = 8;

/** A tile or, at the level `entries`, a bundle. */
export interface TileCoordinates {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256; below that it is partial. */
  readonly width: number;
}

/** The path of a tile below the ledger’s folder. */
export function tilePath({ level, index, width }: TileCoordinates): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** Reads a path; undefined if `tilePath` does not make it. */
export function tileAt(path: string): TileCoordinates | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!match) return undefined;
  const [, level = '', groups = '', width] = match;
  const tile: TileCoordinates = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: Number(width ?? TILE_WIDTH),
  };
  return tile.width > 0 && Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : undefined;
}

/** Every tile and bundle that a tree of this size has, the last of each level partial if it is. */
export function* tilesOf(size: number): Generator<TileCoordinates> {
  yield* levelTiles('entries', size);
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / TILE_WIDTH))
    yield* levelTiles(level, width);
}

function* levelTiles(level: number | 'entries', width: number): Generator<TileCoordinates> {
  const full = Math.floor(width / TILE_WIDTH);
  for (let index = 0; index < full; index++) yield { level, index, width: TILE_WIDTH };
  if (width % TILE_WIDTH > 0) yield { level, index: full, width: width % TILE_WIDTH };
}

/** The hashes of a tile. @throws LedgerFormatError if there are not so many */
export function hashesOf(tile: Uint8Array, width: number, path: string): Uint8Array[] {
  if (tile.length !== width * HASH_BYTES)
    throw new LedgerFormatError(
      `${path} is ${tile.length} long, in bytes, and must be ${width * HASH_BYTES}`,
    );
  return Array.from({ length: width }, (_, at) => tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

/** The hash of so many hashes of one tile, a power of two of them. */
export function subtreeHash(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < level.length; at += 2)
      above.push(nodeHash(part(level, at), part(level, at + 1)));
    level = above;
  }
  return part(level, 0);
}

/** Entries as a bundle: each after its length. @throws LedgerFormatError if an entry is too long */
export function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MOST_ENTRY_BYTES)
      throw new LedgerFormatError(
        `an entry is ${entry.length} long, in bytes: at most ${MOST_ENTRY_BYTES} fit`,
      );
    view.setUint16(at, entry.length);
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** The entries of a bundle. @throws LedgerFormatError if there are not so many, or bytes are over or short */
export function entriesOf(bundle: Uint8Array, width: number, path: string): Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    const end = at + 2 <= bundle.length ? at + 2 + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > bundle.length) throw new LedgerFormatError(`${path} ends within its entry ${entries.length}`);
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width)
    throw new LedgerFormatError(`${path} has another number of entries: ${entries.length}, not ${width}`);
  return entries;
}

function part(hashes: readonly Uint8Array[], at: number): Uint8Array {
  const hash = hashes[at];
  if (!hash) throw new LedgerFormatError(`hash ${at} of a tile is missing`);
  return hash;
}
