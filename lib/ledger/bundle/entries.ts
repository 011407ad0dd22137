/** The entries of a bundle, to be read. They prove nothing until the bundle is verified. */
import { parseCheckpoint } from '../core/checkpoint';
import { CHECKPOINT } from '../core/layout';
import { entriesOf, tilePath, tilesOf } from '../core/tile';
import { BundleError, type BundleFiles } from './files';

/**
 * Every entry up to the newest checkpoint, as parsed JSON, in the ledger’s order.
 * @throws BundleError where the checkpoint or a tile of entries is missing
 * @throws LedgerFormatError, SyntaxError where one can’t be read
 */
export function* bundleEntries(files: BundleFiles): Generator<unknown> {
  const there = new Set(files.paths());
  const read = (path: string): Uint8Array => {
    if (!there.has(path)) throw new BundleError(`${path} is missing`);
    return files.read(path);
  };
  const { size } = parseCheckpoint(read(CHECKPOINT));
  for (const tile of tilesOf(size)) {
    if (tile.level !== 'entries') continue;
    const path = tilePath(tile);
    for (const entry of entriesOf(read(path), tile.width, path))
      yield JSON.parse(Buffer.from(entry).toString('utf8'));
  }
}
