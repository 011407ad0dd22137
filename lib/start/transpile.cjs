/**
 * Makes JavaScript of the program’s TypeScript once, at `npm ci`, so that no start of it has to. Needs no network. Where this is
 * not run (`npm ci --ignore-scripts`), or a file has changed since, typescript.cjs has tsx do it at each start.
 */
const {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join, resolve, sep } = require('node:path');

const FOLDERS = ['bin', 'lib'];

/** Where it goes: `npm ci` empties this folder, so what lies there is never older than the tools that made it. */
const builtIn = (root) => join(root, 'node_modules', '.cache', 'concordat');

/** What tells a version of a file from another, without reading it. */
const stampOf = ({ mtimeMs, size }) => `${mtimeMs} ${size}`;

/** Transpiles every file below a root, each by itself, and puts the result in its place as a whole. */
function transpile(root) {
  const { buildSync } = require('esbuild');
  const target = builtIn(root);
  mkdirSync(dirname(target), { recursive: true });
  const fresh = mkdtempSync(`${target}-`);
  try {
    // Stamped before they are read: a file that changes meanwhile is taken for changed later on.
    const stamps = Object.fromEntries(
      FOLDERS.flatMap((folder) => typescriptIn(root, folder)).map((path) => [
        path,
        stampOf(statSync(join(root, path))),
      ]),
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
      logLevel: 'error',
    });
    writeFileSync(join(fresh, 'stamps.json'), JSON.stringify(stamps));
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Paths relative to the root, with forward slashes. */
function typescriptIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path.split(sep).join('/')}`);
}

module.exports = { builtIn, stampOf, transpile };

if (require.main === module) {
  try {
    transpile(resolve(__dirname, '../..'));
  } catch (error) {
    // It only makes starts quicker: without it the program does the same.
    console.error(`concordat was not transpiled, and starts a little slower: ${error.message}`);
  }
}
