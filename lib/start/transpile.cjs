/**
 * Makes JavaScript of the program’s TypeScript once, at `npm ci`, so that no start of it has to. Needs no network. Where this is
 * not run (`npm ci --ignore-scripts`), or a file has changed since, typescript.cjs has tsx do it at each start.
 */
const { readdirSync, statSync, writeFileSync } = require('node:fs');
const { join, resolve, sep } = require('node:path');
const { cachedIn, isPackage, packedIn, putInPlace, stampOf } = require('./built.cjs');

const FOLDERS = ['bin', 'lib'];

/**
 * esbuild exports by functions that are called on each use, so that circles and exports that change work. We have neither, and a
 * plain object of the same values is quicker.
 */
const PLAIN_EXPORTS =
  "module.exports = Object.defineProperty({ ...module.exports }, '__esModule', { value: true });";

const NAME = 'concordat';

/** Where it is. */
const builtIn = (root) => cachedIn(root, NAME);
/** Whether it came with the package, and so is of these files. */
const cameBuilt = (root) => isPackage(root, NAME);

/** Transpiles every file below a root, each by itself, and puts the result in its place as a whole. */
function transpile(root, target = builtIn(root), stamp = (path) => stampOf(statSync(join(root, path)))) {
  const { buildSync } = require('esbuild');
  putInPlace(target, (fresh) => {
    // Stamped before they are read: a file that changes meanwhile is taken for changed later on.
    const stamps = Object.fromEntries(
      FOLDERS.flatMap((folder) => typescriptIn(root, folder)).map((path) => [path, stamp(path)]),
    );
    buildSync({
      absWorkingDir: root,
      entryPoints: Object.keys(stamps),
      outbase: '.',
      outdir: fresh,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      sourcemap: 'external',
      // The sources lie beside it, in a package as in a clone: once more in the maps they were a fifth of a package.
      sourcesContent: false,
      footer: { js: PLAIN_EXPORTS },
      logLevel: 'error',
    });
    writeFileSync(join(fresh, 'stamps.json'), JSON.stringify(stamps));
  });
}

/** Paths relative to the root, with forward slashes. */
function typescriptIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path.split(sep).join('/')}`);
}

/** The same, for a package: without times, so that the same files make the same package. */
const transpileForPackage = (root) => transpile(root, packedIn(root, NAME), () => 'packed');

module.exports = { builtIn, cameBuilt, FOLDERS, PLAIN_EXPORTS, transpile, transpileForPackage };

if (require.main === module) {
  try {
    transpile(resolve(__dirname, '../..'));
  } catch (error) {
    // It only makes starts quicker: without it the program does the same.
    console.error(`concordat was not transpiled, and starts a little slower: ${error.message}`);
  }
}
