/**
 * Bundles the Lambda functions once, at `npm ci`, so that no synth has to: `lambda/<name>/index.ts`, each with all that it
 * imports, as one file. Needs no network. Where this is not run, or a file that went into a bundle has changed since, a synth
 * bundles by itself. The same source gives the same text, wherever and whenever it is built.
 */
const { existsSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { basename, join, resolve } = require('node:path');
const { cachedIn, putInPlace, stampOf } = require('./built.cjs');

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
};

/** Besides the files that a bundle is made of, what decides what becomes of them: which packages are installed, and settings. */
const SETTINGS = [
  'node_modules/.package-lock.json',
  'package.json',
  'lib/package.json',
  'lambda/package.json',
  'tsconfig.json',
];

const bundlesIn = (root) => cachedIn(root, 'concordat-bundles');

/** Bundles all functions below a root, by name, in one call: the parts that they share are read and parsed once. */
function bundleFunctions(root) {
  return built(root).bundles;
}

/** Bundles all functions and leaves them where `builtBundles` finds them. */
function keepBundles(root) {
  // Stamped before anything is read: a file that changes meanwhile is taken for changed later on.
  const before = Date.now();
  const { bundles, inputs } = built(root);
  const stamps = Object.fromEntries(
    [...SETTINGS, ...inputs].map((path) => [path, stampIn(root, path, before)]),
  );
  putInPlace(bundlesIn(root), (fresh) => {
    for (const [name, text] of bundles) writeFileSync(join(fresh, `${name}.mjs`), text);
    writeFileSync(join(fresh, 'stamps.json'), JSON.stringify({ names: [...bundles.keys()], stamps }));
  });
}

/** The bundles that were kept, by name, or undefined where there are none or a file has changed since. */
function builtBundles(root) {
  const folder = bundlesIn(root);
  try {
    const { names, stamps } = JSON.parse(readFileSync(join(folder, 'stamps.json'), 'utf8'));
    const same = Object.entries(stamps).every(([path, stamp]) => stamp === stampIn(root, path));
    if (!same || namesIn(root).join() !== names.join()) return undefined;
    return new Map(names.map((name) => [name, readFileSync(join(folder, `${name}.mjs`), 'utf8')]));
  } catch {
    return undefined;
  }
}

function built(root) {
  const { buildSync } = require('esbuild');
  const lambda = join(root, 'lambda');
  const { outputFiles, metafile } = buildSync({
    ...OPTIONS,
    entryPoints: namesIn(root).map((name) => ({ in: join(lambda, name, 'index.ts'), out: name })),
    absWorkingDir: lambda,
    outdir: 'bundles',
    metafile: true,
    write: false,
  });
  return {
    bundles: new Map(outputFiles.map(({ path, text }) => [basename(path, '.js'), text])),
    // Of packages, the list of what is installed tells.
    inputs: Object.keys(metafile.inputs)
      .filter((path) => !path.includes('node_modules/'))
      .map((path) => join('lambda', path)),
  };
}

function namesIn(root) {
  const lambda = join(root, 'lambda');
  return readdirSync(lambda)
    .filter((each) => existsSync(join(lambda, each, 'index.ts')))
    .sort();
}

/** The stamp of a file; one that no file has where it has changed since a moment. */
function stampIn(root, path, moment = Number.POSITIVE_INFINITY) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return 'not there';
  return found.mtimeMs < moment ? stampOf(found) : 'changed';
}

module.exports = { bundleFunctions, builtBundles, keepBundles };

if (require.main === module) {
  try {
    keepBundles(resolve(__dirname, '../..'));
  } catch (error) {
    // It only makes a synth quicker: without it the same bundles are made.
    console.error(`the functions were not bundled, and each synth takes a second longer: ${error.message}`);
  }
}
