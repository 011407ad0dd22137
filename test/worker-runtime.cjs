/**
 * Loads modules for tests. Jest has each test file load all that it uses anew, and V8 compile it anew. So the program itself
 * (lib/), packages, and what is Jest’s own, are loaded once for all test files of a worker, in the one context that
 * worker-environment.cjs gives them. Test files and what stands beside them in test/, and the handlers in lambda/, which read
 * their environment as they are loaded, are each file’s own.
 */
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const Runtime = createRequire(require.resolve('jest'))('jest-runtime').default;
const { WorkerEnvironment } = require('./worker-environment.cjs');

const ROOT = join(__dirname, '..');
const SHARED = ['lib', 'node_modules'].map((folder) => join(ROOT, folder) + sep);
/** Of test/, what keeps things for all test files, with what it makes them from. */
const KEEPERS = ['plan/pair', 'stacks/kept-assemblies', 'stacks/make-assembly'].map((file) =>
  join(__dirname, `${file}.ts`),
);
/** Keeps the tests of the file that runs, as it is loaded. */
const FRAMEWORK = join(ROOT, 'node_modules', 'jest-circus') + sep;

const SETUP = join(__dirname, 'setup.cjs');
/** Gives each test file a seed of its own. */
const DRAWS = join(__dirname, 'draws.cjs');

const ALONE =
  'modules are shared among test files: one that replaces them says `@jest-environment node` in its first comment';

/** Loads what is shared, for as long as the worker lives. */
let shared;

class WorkerRuntime extends Runtime {
  #sharing;

  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    if (!(environment instanceof WorkerEnvironment)) return;
    if (shared === undefined) {
      shared = new Runtime(config, environment, ...others);
      shared.requireModule(SETUP);
    }
    this.#sharing = shared;
    // For traces.
    this.transformCache.sourceMaps = shared.transformCache.sourceMaps;
  }

  requireModule(from, name, ...others) {
    const loads = this.#isShared(from, name);
    return loads
      ? this.#sharing.requireModule(from, name, ...others)
      : super.requireModule(from, name, ...others);
  }

  requireModuleOrMock(from, name) {
    const isOwn = this.mockState.shouldMockCjs(from, name).shouldMock || !this.#isShared(from, name);
    return isOwn ? super.requireModuleOrMock(from, name) : this.#sharing.requireModuleOrMock(from, name);
  }

  #isShared(from, name) {
    if (this.#sharing === undefined) return false;
    if (name === '@jest/globals' || (name !== undefined && this._resolution.isCoreModule(name))) return false;
    const path = this._resolution.resolveCjs(from, name);
    if (KEEPERS.includes(path)) return true;
    return SHARED.some((each) => path.startsWith(each)) && !path.startsWith(FRAMEWORK);
  }

  /** What is shared can’t be another thing for one file. */
  setMock(from, ...others) {
    // What stands in for a shared module is shared too.
    if (this.#sharing !== undefined && from === SETUP) return;
    if (this.#sharing !== undefined && from !== DRAWS) throw new Error(ALONE);
    super.setMock(from, ...others);
  }

  isolateModules(load) {
    if (this.#sharing !== undefined) throw new Error(ALONE);
    super.isolateModules(load);
  }
}

module.exports = { __esModule: true, default: WorkerRuntime };
