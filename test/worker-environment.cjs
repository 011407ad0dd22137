/**
 * The context that test files run in: one for all test files of a worker, since what worker-runtime.cjs shares among them lives
 * in it. Environment variables, spies and the time that a file gives its tests do not reach the next one. A file that says
 * `@jest-environment node` in its first comment has a context of its own, and shares nothing.
 */
const { createRequire } = require('node:module');
const { TestEnvironment } = createRequire(require.resolve('jest'))('jest-environment-node');

class WorkerEnvironment extends TestEnvironment {
  #variables = { ...this.global.process.env };
  #exit = Object.getOwnPropertyDescriptor(this.global.process, 'exit');

  /** After each test file. The context stays. */
  async teardown() {
    this.moduleMocker.restoreAllMocks();
    // Where Jest keeps what `jest.setTimeout` is told.
    delete this.global[Symbol.for('TEST_TIMEOUT_SYMBOL')];
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
