/**
 * A tree that grows leaf by leaf and gives out its tiles as they fill. It holds one tile of each level, the one that still
 * grows, however many leaves there are.
 */
import { concat } from './bytes';
import { leafHash, nodeHash } from './hash';
import { type NodeSource, rootAt } from './merkle';
import { hashesOf, subtreeHash, TILE_HEIGHT, TILE_WIDTH, type TileCoordinates, tilePath } from './tile';

/** A tile with its bytes. */
export interface Tile extends TileCoordinates {
  readonly level: number;
  readonly bytes: Uint8Array;
}

/** Reads tiles that are there. */
export type ReadTile = (tile: TileCoordinates) => Promise<Uint8Array>;

/** Takes a tile that has filled. */
export type OnTile = (tile: Tile, hashes: readonly Uint8Array[]) => void;

interface Growing {
  index: number;
  hashes: Uint8Array[];
}

/** The growing edge of a tree. */
export class Tree {
  private readonly edge: Growing[] = [];
  private count = 0;

  constructor(private readonly onTile: OnTile = () => undefined) {}

  /** A tree of this size, from its partial tiles. It does not yet know that they are right: compare its root. */
  static async load(size: number, read: ReadTile, onTile?: OnTile): Promise<Tree> {
    const tree = new Tree(onTile);
    tree.count = size;
    for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / TILE_WIDTH)) {
      const at = { level, index: Math.floor(width / TILE_WIDTH), width: width % TILE_WIDTH };
      const hashes = at.width === 0 ? [] : hashesOf(await read(at), at.width, tilePath(at));
      tree.edge[level] = { index: at.index, hashes };
    }
    return tree;
  }

  /** The number of leaves. */
  get size(): number {
    return this.count;
  }

  /** Adds an entry and gives its leaf’s hash. */
  append(entry: Uint8Array): Uint8Array {
    const hash = leafHash(entry);
    this.appendLeaf(hash);
    return hash;
  }

  /** Adds a leaf by its hash. */
  appendLeaf(hash: Uint8Array): void {
    this.count += 1;
    for (let level = 0, next: Uint8Array | undefined = hash; next; level++) next = this.push(level, next);
  }

  /** The root as it stands. */
  root(): Uint8Array {
    return rootAt(this.node, this.count);
  }

  /** The tiles that are partial as it stands, lowest first. */
  partialTiles(): Tile[] {
    return this.edge.flatMap(({ index, hashes }, level) =>
      hashes.length === 0 ? [] : [{ level, index, width: hashes.length, bytes: concat(...hashes) }],
    );
  }

  /** Hashes of the right edge, which is all that a root asks for. */
  private readonly node: NodeSource = (height, index) => {
    const level = Math.floor(height / TILE_HEIGHT);
    const span = 2 ** (height - level * TILE_HEIGHT);
    const tile = this.edge[level];
    const start = index * span - (tile?.index ?? 0) * TILE_WIDTH;
    const hashes = start < 0 ? [] : (tile?.hashes.slice(start, start + span) ?? []);
    if (hashes.length !== span) throw new RangeError(`the edge has no node ${index} at height ${height}`);
    return subtreeHash(hashes);
  };

  /** Adds a hash to a level; gives the tile’s own hash if that fills it. */
  private push(level: number, hash: Uint8Array): Uint8Array | undefined {
    this.edge[level] ??= { index: 0, hashes: [] };
    const tile = this.edge[level];
    tile.hashes.push(hash);
    if (tile.hashes.length < TILE_WIDTH) return undefined;
    const { index, hashes } = tile;
    this.onTile({ level, index, width: TILE_WIDTH, bytes: concat(...hashes) }, hashes);
    this.edge[level] = { index: index + 1, hashes: [] };
    return subtreeHash(hashes);
  }
}

/** Hashes from tiles that are kept by level and index, each computed once. @throws RangeError from the source if a tile is not there */
export function nodesOfTiles(
  tile: (level: number, index: number) => readonly Uint8Array[] | undefined,
): NodeSource {
  // By height first: a node is asked for far more often than it is computed.
  const known: Map<number, Uint8Array>[] = [];
  const node: NodeSource = (height, index) => {
    known[height] ??= new Map();
    const found = known[height].get(index);
    if (found) return found;
    const hash = height % TILE_HEIGHT === 0 ? stored(height, index) : joined(height, index);
    known[height].set(index, hash);
    return hash;
  };
  const stored: NodeSource = (height, index) => {
    const hash = tile(height / TILE_HEIGHT, Math.floor(index / TILE_WIDTH))?.[index % TILE_WIDTH];
    if (!hash) throw new RangeError(`no tile holds node ${index} at height ${height}`);
    return hash;
  };
  const joined: NodeSource = (height, index) =>
    nodeHash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
  return node;
}
