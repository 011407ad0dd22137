/**
 * The context that test files run in: one for all test files of a worker, since what worker-runtime.cjs shares among them lives
 * in it. Environment variables, spies and the time that a file gives its tests do not reach the next one. A file that says
 * `@jest-environment node` in its first comment has a context of its own, and shares nothing.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { createRequire } = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { TestEnvironment } = createRequire(require.resolve('jest'))('jest-environment-node');

// V8 optimises a function once it has run so much bytecode, in threads of its own. Here a shared function meets other values in
// each file, is optimised for those of one, and is given up in the next. Four times as late, a tenth to a fifth of all processor time goes.
if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--interrupt-budget=300000');

// Jest makes a storage for each test file and never puts it out of use, and Node asks every storage in use about every promise:
// after a hundred files a promise costs many times as much as at first.
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
  storages.add(this);
  return run.apply(this, given);
};

/**
 * What jest keeps in the context of a file, by the descriptions of its symbols: those who hear of each test, the tests themselves with
 * all that they hold, and the time that `jest.setTimeout` gives them. A context of jest’s own goes with its file. Here those who heard
 * of an earlier file’s tests would be told of every later one’s, and tell the process that prints.
 */
const OF_ONE_FILE = ['EVENT_HANDLERS', 'JEST_STATE_SYMBOL', 'TEST_TIMEOUT_SYMBOL'];

class WorkerEnvironment extends TestEnvironment {
  #variables = { ...this.global.process.env };
  #exit = Object.getOwnPropertyDescriptor(this.global.process, 'exit');

  /** After each test file. The context stays. */
  async teardown() {
    this.moduleMocker.restoreAllMocks();
    for (const storage of storages) storage.disable();
    storages.clear();
    for (const key of Object.getOwnPropertySymbols(this.global))
      if (OF_ONE_FILE.includes(key.description)) delete this.global[key];
    // Jest keeps what a global was before it was set anew, to take it apart with the context.
    this._globalProxy.leftovers.length = 0;
    const { env } = this.global.process;
    for (const name of Object.keys(env)) if (!(name in this.#variables)) delete env[name];
    Object.assign(env, this.#variables);
    // Jest wraps it for each file.
    Object.defineProperty(this.global.process, 'exit', this.#exit);
  }
}

let only;

/** What jest makes for each test file. */
function TheOneEnvironment(...given) {
  only ??= new WorkerEnvironment(...given);
  return only;
}

module.exports = TheOneEnvironment;
module.exports.WorkerEnvironment = WorkerEnvironment;
