/** Bundles a Lambda, once for a whole synth, so that every stack shares one asset. */
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const LAMBDAS = resolve(__dirname, '../../lambda');
const bundles = new Map<string, string>();

/** The name of the one file of a bundle; its handler is `index.handler`. */
export const BUNDLE_FILE = 'index.mjs';

const OPTIONS = {
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

/** The bundle of `lambda/<name>/index.ts`. The same source gives the same text, wherever it is built. */
export function lambdaBundle(name: string): string {
  const built = bundles.get(name);
  if (built !== undefined) return built;
  const { outputFiles } = buildSync({
    ...OPTIONS,
    entryPoints: [join(LAMBDAS, name, 'index.ts')],
    absWorkingDir: LAMBDAS,
    write: false,
  });
  const text = outputFiles.map((file) => file.text).join('');
  bundles.set(name, text);
  return text;
}
