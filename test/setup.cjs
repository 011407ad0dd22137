// CDK's own template validation starts a WebAssembly engine for each test file; the synth test turns it on where it counts.
process.env.CDK_VALIDATION = 'false';
// Jest asks for 100 lines of each trace, and `expect` makes an error, with a trace, each time that it is called.
Error.stackTraceLimit = 10;
// The clock and the terminal must not reach a test.
process.env.NO_COLOR = '1';
delete process.env.FORCE_COLOR;
// The SDK warns of each older Node; the Lambda runs on Node 24, and tests on whichever is here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Bundles take esbuild long enough to be made once for all test files of a run, whichever needs one first.
jest.mock('../lib/constructs/functions/lambda-bundle', () => {
  const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
  const { join } = require('node:path');
  const actual = jest.requireActual('../lib/constructs/functions/lambda-bundle');
  const made = (name) => {
    const shared = join(process.env.CONCORDAT_TEST_RUN, `${name}.bundle`);
    if (existsSync(shared)) return JSON.parse(readFileSync(shared, 'utf8'));
    const bundle = actual.lambdaBundle(name);
    // Under its name it is there as a whole or not at all, for tests that run beside this one.
    writeFileSync(`${shared}.${process.pid}`, JSON.stringify(bundle));
    renameSync(`${shared}.${process.pid}`, shared);
    return bundle;
  };
  const bundles = new Map();
  const lambdaBundle = (name) => {
    const bundle = bundles.get(name) ?? made(name);
    bundles.set(name, bundle);
    return bundle;
  };
  return { ...actual, lambdaBundle };
});

// What is dear to find out is found out once in a test file that asks for it, by found-once.ts.
const FOUND_ONCE = Symbol.for('concordat-found-once');
// A file that could not be loaded has not taken back what it asked for.
delete globalThis[FOUND_ONCE];
for (const [path, names] of Object.entries({
  '../lib/assembly/world-reader': ['worldOf'],
  '../lib/commands/assembly/assemble': ['synthesised', 'withAssembly'],
  '../lib/commands/assembly/reproduction': ['reproductionOf', 'reproductionWithoutChecks'],
  '../lib/plan/side': ['sideOf'],
  '../lib/proof/prove': ['prove'],
}))
  jest.mock(path, () => {
    const actual = jest.requireActual(path);
    const asked =
      (name) =>
      (...given) => {
        const find = globalThis[FOUND_ONCE]?.[name];
        return find === undefined ? actual[name](...given) : find(actual[name], ...given);
      };
    return { ...actual, ...Object.fromEntries(names.map((name) => [name, asked(name)])) };
  });
