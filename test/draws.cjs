// What random properties draw. In `npm test` each test file draws the same every time, by a seed of its own, so that no change
// is refused for a rare draw that it has nothing to do with; `npm run explore` (explore.cjs) draws anew, and more often.
const { createHash } = require('node:crypto');
const { join, relative, sep } = require('node:path');

const ROOT = join(__dirname, '..');
const TIMES = Number(process.env.CONCORDAT_DRAW_TIMES ?? 0);
const HOUR = 3_600_000;

/** A seed of 32 bits, the same on every machine. */
function seedOf(file) {
  const name = relative(ROOT, file).split(sep).join('/');
  return createHash('sha256').update(name).digest().readInt32BE();
}

// Only those that ask for the library load it. A seed that a property gives itself comes first, but where new ones are drawn.
jest.mock('fast-check', () => {
  const actual = jest.requireActual('fast-check');
  if (TIMES === 0) {
    actual.configureGlobal({ seed: seedOf(expect.getState().testPath) });
    return actual;
  }
  const more =
    (run) =>
    (property, { seed: _, numRuns = 100, ...others } = {}) =>
      run(property, { ...others, numRuns: numRuns * TIMES });
  const all = { ...actual, assert: more(actual.assert), check: more(actual.check) };
  return { ...all, default: all };
});

// A test that has time for its own draws has none for many times as many. Jest keeps the limit that a file sets under this symbol.
if (TIMES > 0)
  Object.defineProperty(globalThis, Symbol.for('TEST_TIMEOUT_SYMBOL'), {
    get: () => HOUR,
    set: () => undefined,
    configurable: true,
  });
