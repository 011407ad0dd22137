/**
 * Lets `require` load the program’s TypeScript: as it was transpiled at `npm ci` where the file is still the same, and by tsx from
 * the first one on that is not. A module keeps its own path either way, so that paths beside it and traces are right.
 */
const { existsSync, readFileSync, statSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, relative, sep } = require('node:path');
const { pathToFileURL } = require('node:url');
const { setFlagsFromString } = require('node:v8');
const { stampOf } = require('./built.cjs');
const { builtIn, cameBuilt, FOLDERS } = require('./transpile.cjs');

/**
 * How much of a function has to run, in bytes of its bytecode, before V8 compiles it the best way: seven times as much as usual.
 * Of a program that runs for some seconds that compiler took a quarter to a third of the processor time (docs/performance.md).
 */
const BEFORE_BEST_CODE = 1_000_000;
const V8_OF_NODE_20 = '11.3.';

/** @param root the folder that holds bin and lib */
function loadTypeScript(root) {
  // Later ones have no such flag, and would say so to whoever types a command.
  if (process.versions.v8.startsWith(V8_OF_NODE_20))
    setFlagsFromString(`--interrupt-budget=${BEFORE_BEST_CODE}`);
  const stamps = stampsIn(root);
  // Some packages are ES modules only. Node loads them by require from 20.19 on; before, tsx does.
  if (stamps === undefined || !process.features.require_module) return void require('tsx/cjs');
  const isBuilt = cameBuilt(root);
  // Reading the maps of all files takes time, and traces are shown only by --verbose.
  const traced = process.argv.includes('--verbose');
  if (traced) process.setSourceMapsEnabled(true);
  findTypeScript(root);
  require.extensions['.ts'] = (module, file) => {
    const path = relative(root, file).split(sep).join('/');
    if (isBuilt ? stamps[path] === undefined : stamps[path] !== stampOf(statSync(file))) {
      require('tsx/cjs');
      return require.extensions['.ts'](module, file);
    }
    const built = join(builtIn(root), path.replace(/\.ts$/, '.js'));
    // Of an address with a scheme Node takes data alone, so this one has none.
    const map = traced ? `\n//# sourceMappingURL=${pathToFileURL(`${built}.map`).pathname}` : '';
    module._compile(readFileSync(built, 'utf8') + map, file);
  };
}

/**
 * Finds what the program’s files import where it is: TypeScript. Node would look for JavaScript, JSON and code of the machine first,
 * for each import, which takes an eighth of the time in which the program is loaded. What is elsewhere is Node’s to find.
 */
function findTypeScript(root) {
  const find = Module._resolveFilename;
  const ours = FOLDERS.map((folder) => join(root, folder, sep));
  Module._resolveFilename = function (request, parent, ...more) {
    const importer = parent?.filename ?? '';
    if (request.startsWith('.') && ours.some((folder) => importer.startsWith(folder))) {
      const path = join(dirname(importer), request);
      if (existsSync(`${path}.ts`)) return `${path}.ts`;
      const door = join(path, 'index.ts');
      if (existsSync(door)) return door;
    }
    return find.call(this, request, parent, ...more);
  };
}

function stampsIn(root) {
  try {
    return JSON.parse(readFileSync(join(builtIn(root), 'stamps.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

module.exports = { loadTypeScript };
