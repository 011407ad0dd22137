/** Bundles a Lambda once for a whole synth, so that every stack shares one asset. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const LAMBDAS = resolve(__dirname, '../../lambda');
const bundles = new Map<string, string>();

/** The options with which every Lambda is bundled; the size of the result is held by a test. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Parts of the SDK are CommonJS and ask for `require`, which an ES module does not have.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  legalComments: 'none',
  logLevel: 'error',
} satisfies BuildOptions;

/** The folder that holds the bundle of `lambda/<name>/index.ts`. The same source gives the same bytes, wherever it is built. */
export function lambdaBundle(name: string): string {
  const built = bundles.get(name);
  if (built !== undefined) return built;
  const folder = mkdtempSync(join(tmpdir(), 'concordat-lambda-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  buildSync({
    ...BUNDLE_OPTIONS,
    entryPoints: [join(LAMBDAS, name, 'index.ts')],
    absWorkingDir: LAMBDAS,
    outfile: join(folder, 'index.mjs'),
  });
  bundles.set(name, folder);
  return folder;
}
