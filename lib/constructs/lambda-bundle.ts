/** Bundles the Lambdas, once for a whole synth, so that every stack shares one asset. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
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

/** The bundle of `lambda/<name>/index.ts`. The same source gives the same text, wherever it is built. @throws Error if there is no such folder */
export function lambdaBundle(name: string): string {
  if (bundles.size === 0) buildAll();
  const built = bundles.get(name);
  if (built === undefined) throw new Error(`lambda/ has no folder ${name} with an index.ts`);
  return built;
}

/** All in one call: the parts that they share are read and parsed once. */
function buildAll(): void {
  const names = readdirSync(LAMBDAS).filter((each) => existsSync(join(LAMBDAS, each, 'index.ts')));
  const { outputFiles } = buildSync({
    ...OPTIONS,
    entryPoints: names.map((name) => ({ in: join(LAMBDAS, name, 'index.ts'), out: name })),
    absWorkingDir: LAMBDAS,
    outdir: 'bundles',
    write: false,
  });
  for (const { path, text } of outputFiles) bundles.set(basename(path, '.js'), text);
}
