/** Hashes for proofs from a bundle’s tiles. A proof that was made of wrong ones does not verify, so they need no checking. */
import type { NodeSource } from '../core/merkle';
import { hashesOf, TILE_WIDTH, tilePath } from '../core/tile';
import { nodesOfTiles } from '../core/tree';
import { BundleError, type BundleFiles } from './files';

/** The nodes of a tree of this size. @throws BundleError from the source if a tile is not there */
export function bundleNodes(files: BundleFiles, size: number): NodeSource {
  const read = new Map<string, readonly Uint8Array[]>();
  const paths = new Set(files.paths());
  return nodesOfTiles((level, index) => {
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH);
    const path = tilePath({ level, index, width });
    if (!paths.has(path)) throw new BundleError(`${path} is missing`);
    const hashes = read.get(path) ?? hashesOf(files.read(path), width, path);
    read.set(path, hashes);
    return hashes;
  });
}
