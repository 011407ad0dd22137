/** The entries of a bundle, to be read. They prove nothing until the bundle is verified. */
import { parseCheckpoint } from '../core/checkpoint';
import { CHECKPOINT } from '../core/layout';
import { entriesOf, TILE_WIDTH, tilePath } from '../core/tile';
import { BundleError, type BundleFiles } from './files';

/**
 * Every entry up to the newest checkpoint, as parsed JSON, in the ledger’s order.
 * @throws BundleError where the checkpoint or a tile of entries is missing
 * @throws LedgerFormatError, SyntaxError where one can’t be read
 */
export function* bundleEntries(files: BundleFiles): Generator<unknown> {
  const entries = new EntriesByPlace(files);
  for (let place = 0; place < entries.size; place++)
    yield JSON.parse(Buffer.from(entries.at(place)).toString('utf8'));
}

/** How many tiles of entries are kept at hand: some tens of megabytes. */
const TILES_AT_HAND = 32;

/** The entries up to the newest checkpoint, each by its place. Near ones are had from memory; all never are. */
export class EntriesByPlace {
  readonly size: number;
  readonly #there: ReadonlySet<string>;
  readonly #tiles = new Map<number, readonly Uint8Array[]>();

  /** @throws BundleError where the checkpoint is missing; LedgerFormatError where it can’t be read */
  constructor(private readonly files: BundleFiles) {
    this.#there = new Set(files.paths());
    this.size = parseCheckpoint(this.#read(CHECKPOINT)).size;
  }

  /** The bytes of an entry. @throws BundleError where its tile is missing; LedgerFormatError where it can’t be read */
  at(place: number): Uint8Array {
    const index = Math.floor(place / TILE_WIDTH);
    const tile = this.#tiles.get(index) ?? this.#tile(index);
    return tile[place - index * TILE_WIDTH] ?? new Uint8Array();
  }

  #tile(index: number): readonly Uint8Array[] {
    const width = Math.min(TILE_WIDTH, this.size - index * TILE_WIDTH);
    const path = tilePath({ level: 'entries', index, width });
    const entries = entriesOf(this.#read(path), width, path);
    // The first in a map is the one that came first.
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size < TILES_AT_HAND) break;
      this.#tiles.delete(oldest);
    }
    this.#tiles.set(index, entries);
    return entries;
  }

  #read(path: string): Uint8Array {
    if (!this.#there.has(path)) throw new BundleError(`${path} is missing`);
    return this.files.read(path);
  }
}
