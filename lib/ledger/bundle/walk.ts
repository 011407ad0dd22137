/**
 * Recomputing the tree from its entries. Stored tiles are never used, only compared: who can write one can make a forged
 * entry and its leaf agree (CVE-2026-56865), but not the root.
 */
import { availableParallelism } from 'node:os';
import { plural } from '../../words';
import { sameBytes } from '../core/bytes';
import { HASH_BYTES } from '../core/hash';
import { entriesOf, hashesOf, TILE_WIDTH, type TileCoordinates, tileAt, tilePath } from '../core/tile';
import { Tree } from '../core/tree';
import type { EntryFormat } from './entry-format';
import type { Examined } from './examine';
import { Examiner } from './examiner';
import type { BundleFiles } from './files';
import type { Head } from './heads';
import type { ReceiptComparison } from './receipts';
import type { Notes } from './verdict';

/** What to look out for. */
export interface WalkOrder {
  /** The checkpoints to compare with, smallest first. */
  readonly heads: readonly Head[];
  /** Takes each entry in turn. */
  readonly see: ReceiptComparison['see'];
  /** What entries are; undefined where that is not to be checked. */
  readonly format: EntryFormat | undefined;
  /** Texts to look for in entries. */
  readonly lookFor: readonly string[];
  /** How many threads examine entries; 0 for this one alone. Chosen by the number of entries if left out. */
  readonly threads: number | undefined;
}

/** From so many entries on, threads are worth their start. */
const WORTH_THREADS = 50_000;

/** Goes through all entries up to the largest head, as far as they are there; gives which of the texts were found. */
export async function walkEntries(
  files: BundleFiles,
  order: WalkOrder,
  notes: Notes,
): Promise<ReadonlySet<string>> {
  const size = order.heads.at(-1)?.checkpoint.size ?? 0;
  const chosen = size < WORTH_THREADS ? 0 : Math.min(4, availableParallelism());
  const examiner = new Examiner(order.threads ?? chosen, order);
  try {
    return await new Walker(files, order, notes, examiner).walk();
  } finally {
    await examiner.end();
  }
}

class Walker {
  private readonly tree = new Tree((tile, hashes) => this.compareTile(tile, hashes));
  private readonly stored = new Map<string, TileCoordinates[]>();
  private readonly mentions = new Set<string>();
  private readonly heads: Head[];
  private readonly size: number;

  constructor(
    private readonly files: BundleFiles,
    private readonly order: WalkOrder,
    private readonly notes: Notes,
    private readonly examiner: Examiner,
  ) {
    this.heads = [...order.heads];
    this.size = order.heads.at(-1)?.checkpoint.size ?? 0;
    for (const path of files.paths().filter((each) => each.startsWith('tile/'))) {
      const tile = tileAt(path);
      if (!tile) notes.found('tile', path, 'this is no path of a tile');
      else this.stored.set(groupOf(tile), [...(this.stored.get(groupOf(tile)) ?? []), tile]);
    }
  }

  async walk(): Promise<ReadonlySet<string>> {
    this.compareHeads();
    if (await this.readAll()) {
      for (const tile of this.tree.partialTiles())
        this.compareTile(tile, hashesOf(tile.bytes, tile.width, tilePath(tile)));
      for (const tiles of this.stored.values()) for (const tile of tiles) this.isBeyond(tile);
      this.notes.checked.push(
        `the root of ${plural(this.size, 'entry', 'entries')}, recomputed from the entries alone, at ${plural(this.order.heads.length, 'checkpoint')}, and every stored tile`,
        `that ${plural(this.size, 'entry', 'entries')} ${this.size === 1 ? 'is' : 'are'} canonical JSON${this.order.format ? ` of ${this.order.format.name}` : ''}`,
      );
    }
    return this.mentions;
  }

  /** Whether all entries were there. What is ahead is examined while what is next is added to the tree. */
  private async readAll(): Promise<boolean> {
    const ahead: Promise<ExaminedEntries | undefined>[] = [];
    const count = Math.ceil(this.size / TILE_WIDTH);
    for (let index = 0, next = 0; index < count; index++) {
      while (next < count && next - index < this.examiner.ahead) ahead.push(this.read(next++));
      const read = await ahead.shift();
      if (!read) {
        await Promise.allSettled(ahead);
        return false;
      }
      this.take(index * TILE_WIDTH, read);
    }
    return true;
  }

  private async read(index: number): Promise<ExaminedEntries | undefined> {
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
      return undefined;
    }
    const bundle = this.files.read(path);
    for (const tile of tiles) if (tile.width !== width) this.comparePartialBundle(tile, bundle, width, path);
    const seen = await this.examiner.examine(bundle, width, path);
    if (typeof seen !== 'string') return { path, seen };
    this.notes.found('entry', path, seen);
    return undefined;
  }

  private take(start: number, { path, seen }: ExaminedEntries): void {
    for (const [at, message] of seen.faults)
      this.notes.found('entry', path, `entry ${start + at} ${message}`);
    for (const each of seen.mentions) this.mentions.add(each);
    for (let at = 0; at * HASH_BYTES < seen.leaves.length; at++) {
      const leaf = seen.leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
      this.order.see(start + at, seen.lists[(seen.named[at] ?? 0) - 1]);
      this.tree.appendLeaf(leaf);
      this.compareHeads();
    }
  }

  /** Holds the root as it stands against the checkpoints of this size. */
  private compareHeads(): void {
    while (this.heads[0]?.checkpoint.size === this.tree.size) {
      const { path, checkpoint } = this.heads.shift() as Head;
      if (!sameBytes(this.tree.root(), checkpoint.root))
        this.notes.found(
          'root',
          path,
          `the root of the first ${plural(checkpoint.size, 'entry', 'entries')} is not the one that it states`,
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
    if (tile.width > width) this.isBeyond(tile);
    else {
      const part = this.files.read(path);
      const whole = this.notes.attempt('entry', path, () => entriesOf(part, tile.width, path));
      if (whole && !sameBytes(part, bundle.subarray(0, part.length)))
        this.notes.found('entry', path, `it is not the beginning of ${of}`);
    }
  }

  private isBeyond(tile: TileCoordinates): void {
    this.notes.found(
      'tile',
      tilePath(tile),
      `no checkpoint here covers it: the newest is of ${plural(this.size, 'entry', 'entries')}`,
    );
  }
}

interface ExaminedEntries {
  readonly path: string;
  readonly seen: Examined;
}

function groupOf({ level, index }: TileCoordinates): string {
  return `${level}/${index}`;
}
