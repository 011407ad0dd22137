/**
 * Recomputing the tree from its entries. Stored tiles are never used, only compared: who can write one can make a forged
 * entry and its leaf agree (CVE-2026-56865), but not the root.
 */
import { sameBytes } from '../hash';
import { bundleOf, entriesOf, TILE_WIDTH, type TileCoordinates, tileAt, tilePath } from '../tile';
import { Tree } from '../tree';
import { examine } from './examine';
import type { BundleFiles } from './files';
import type { Head } from './heads';
import type { Notes } from './verdict';

/** What was learnt on the way. */
export interface Walk {
  /** The hash of a leaf that was asked for. */
  leafOf(index: number): Uint8Array | undefined;
  /** The organisations that entries name, by index. */
  readonly named: ReadonlyMap<number, readonly string[]>;
  readonly mentions: ReadonlySet<string>;
}

/** What to look out for. */
export interface WalkOrder {
  /** The checkpoints to compare with, smallest first. */
  readonly heads: readonly Head[];
  /** Leaves to keep. */
  readonly leaves: ReadonlySet<number>;
  /** Texts to look for in entries. */
  readonly lookFor: readonly string[];
}

/** Goes through all entries up to the largest head, as far as they are there. */
export function walkEntries(files: BundleFiles, order: WalkOrder, notes: Notes): Walk {
  return new Walker(files, order, notes).walk();
}

class Walker {
  private readonly tree = new Tree((tile, hashes) => this.compareTile(tile, hashes));
  private readonly stored = new Map<string, TileCoordinates[]>();
  private readonly kept = new Map<number, Uint8Array>();
  private readonly named = new Map<number, readonly string[]>();
  private readonly mentions = new Set<string>();
  private readonly heads: Head[];
  private readonly size: number;

  constructor(
    private readonly files: BundleFiles,
    private readonly order: WalkOrder,
    private readonly notes: Notes,
  ) {
    this.heads = [...order.heads];
    this.size = order.heads.at(-1)?.checkpoint.size ?? 0;
    for (const path of files.paths().filter((each) => each.startsWith('tile/'))) {
      const tile = tileAt(path);
      if (!tile) notes.found('tile', path, 'this is no path of a tile');
      else this.stored.set(groupOf(tile), [...(this.stored.get(groupOf(tile)) ?? []), tile]);
    }
  }

  walk(): Walk {
    this.compareHeads();
    const whole = this.readAll();
    if (whole) {
      for (const tile of this.tree.partialTiles()) {
        const hashes = Array.from({ length: tile.width }, (_, at) =>
          tile.bytes.subarray(at * 32, (at + 1) * 32),
        );
        this.compareTile(tile, hashes);
      }
      for (const tiles of this.stored.values())
        for (const tile of tiles)
          this.notes.found(
            'tile',
            tilePath(tile),
            `no checkpoint here covers it: the newest is of ${this.size} entries`,
          );
      this.notes.checked.push(
        `the root of ${this.size} entries, recomputed from the entries alone, at ${this.order.heads.length} checkpoints, and every stored tile`,
        `that ${this.size} entries are canonical JSON of OCSF events`,
      );
    }
    const { kept, named, mentions } = this;
    return { leafOf: (index) => kept.get(index), named, mentions };
  }

  /** Whether all entries were there. */
  private readAll(): boolean {
    for (let index = 0; index * TILE_WIDTH < this.size; index++) {
      const width = Math.min(TILE_WIDTH, this.size - index * TILE_WIDTH);
      const path = tilePath({ level: 'entries', index, width });
      const tiles = this.stored.get(`entries/${index}`) ?? [];
      this.stored.delete(`entries/${index}`);
      if (!tiles.some((tile) => tile.width === width)) {
        this.notes.found(
          'tile',
          path,
          `it is missing, so nothing from entry ${index * TILE_WIDTH} on could be checked`,
        );
        return false;
      }
      const bundle = this.files.read(path);
      const seen = this.notes.attempt('entry', path, () => examine(bundle, width, path, this.order.lookFor));
      if (!seen) return false;
      for (const [at, message] of seen.faults)
        this.notes.found('entry', path, `entry ${index * TILE_WIDTH + at} ${message}`);
      for (const [at, names] of seen.named) this.named.set(index * TILE_WIDTH + at, names);
      for (const each of seen.mentions) this.mentions.add(each);
      for (const leaf of seen.leaves) this.addLeaf(leaf);
      for (const tile of tiles)
        if (tile.width !== width) this.comparePartialBundle(tile, bundle, width, path);
    }
    return true;
  }

  private addLeaf(leaf: Uint8Array): void {
    if (this.order.leaves.has(this.tree.size)) this.kept.set(this.tree.size, leaf);
    this.tree.appendLeaf(leaf);
    this.compareHeads();
  }

  /** Holds the root as it stands against the checkpoints of this size. */
  private compareHeads(): void {
    while (this.heads[0]?.checkpoint.size === this.tree.size) {
      const { path, checkpoint } = this.heads.shift() as Head;
      if (!sameBytes(this.tree.root(), checkpoint.root))
        this.notes.found(
          'root',
          path,
          `the first ${checkpoint.size} entries do not have the root that it states`,
        );
    }
  }

  /** Holds every stored width of a tile against what was computed. */
  private compareTile(computed: TileCoordinates, hashes: readonly Uint8Array[]): void {
    const tiles = this.stored.get(groupOf(computed)) ?? [];
    if (!tiles.some(({ width }) => width === computed.width))
      this.notes.found('tile', tilePath(computed), 'it is missing');
    const bytes = Buffer.concat(hashes);
    const beyond: TileCoordinates[] = [];
    for (const tile of tiles) {
      if (tile.width > computed.width) beyond.push(tile);
      else if (!sameBytes(this.files.read(tilePath(tile)), bytes.subarray(0, tile.width * 32)))
        this.notes.found('tile', tilePath(tile), 'it does not hold the hashes of the entries');
    }
    if (beyond.length > 0) this.stored.set(groupOf(computed), beyond);
    else this.stored.delete(groupOf(computed));
  }

  /** A bundle from when the ledger was smaller is the beginning of the present one. */
  private comparePartialBundle(tile: TileCoordinates, bundle: Uint8Array, width: number, of: string): void {
    const path = tilePath(tile);
    if (tile.width > width)
      this.notes.found('tile', path, `no checkpoint here covers it: the newest is of ${this.size} entries`);
    else if (!sameBytes(this.files.read(path), bundleOf(entriesOf(bundle, width, of).slice(0, tile.width))))
      this.notes.found('entry', path, `it is not the beginning of ${of}`);
  }
}

function groupOf({ level, index }: TileCoordinates): string {
  return `${level}/${index}`;
}
