/** What this program deploys as functions: the digest of each bundle, by which a template’s function is told from another. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { builtBundles, bundleFunctions } from './bundle.cjs';

const ROOT = resolve(__dirname, '../..');
/** The one file of a bundle. */
const BUNDLE_FILE = 'index.mjs';

let known: ReadonlyMap<string, string> | undefined;

/**
 * By the folder below `lambda/`, the SHA-256 of the file’s name, a zero byte and its text, in hex: what the asset of the
 * function is called. Read once.
 */
export function bundleDigests(): ReadonlyMap<string, string> {
  known ??= new Map(
    [...(builtBundles(ROOT) ?? bundleFunctions(ROOT))].map(([name, text]) => [
      name,
      createHash('sha256').update(BUNDLE_FILE).update('\0').update(text).digest('hex'),
    ]),
  );
  return known;
}
