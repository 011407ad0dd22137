/** The bundles of the Lambdas, read once for a whole synth, so that every stack shares one asset. */
import { resolve } from 'node:path';
import { builtBundles, bundleFunctions } from '../../start/bundle.cjs';
import type { AssetFile } from './file-asset';

/** The name of the one file of a bundle; its handler is `index.handler`. */
const BUNDLE_FILE = 'index.mjs';

const ROOT = resolve(__dirname, '../../..');
let bundles: ReadonlyMap<string, AssetFile> | undefined;

/**
 * The bundle of `lambda/<name>/index.ts`. The same source gives the same text, wherever it is built.
 * @throws Error if there is no such folder
 */
export function lambdaBundle(name: string): AssetFile {
  bundles ??= new Map(
    [...(builtBundles(ROOT) ?? bundleFunctions(ROOT))].map(([of, text]) => [of, { name: BUNDLE_FILE, text }]),
  );
  const built = bundles.get(name);
  if (built === undefined) throw new Error(`lambda/ has no folder ${name} with an index.ts`);
  return built;
}
