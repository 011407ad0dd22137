/**
 * `expect` makes some 300 functions and an error with a trace each time that it is called, which takes 33 µs. Where `toBe` or `toEqual`
 * holds, as in nearly all of 270,000 expectations of a run, none of them is needed. Whatever does not hold is told by Jest itself, and all
 * other matchers are Jest’s.
 */
const { createRequire } = require('node:module');
const { equals, iterableEquality } = createRequire(require.resolve('jest'))('@jest/expect-utils');

const { expect: jestExpect } = globalThis;

class Expectation {
  constructor(actual) {
    this.actual = actual;
  }

  toBe(...expected) {
    const isMet = expected.length === 1 && Object.is(this.actual, expected[0]);
    return isMet ? count() : this.#told('toBe', expected);
  }

  toEqual(...expected) {
    const isMet = expected.length === 1 && equals(this.actual, expected[0], [iterableEquality]);
    return isMet ? count() : this.#told('toEqual', expected);
  }

  /** As Jest tells it, with a trace that begins in the test. */
  #told(name, expected) {
    try {
      return jestExpect(this.actual)[name](...expected);
    } catch (error) {
      Error.captureStackTrace(error, this[name]);
      throw error;
    }
  }
}

for (const name of Object.keys(jestExpect()))
  if (!Object.hasOwn(Expectation.prototype, name))
    Object.defineProperty(Expectation.prototype, name, {
      get() {
        return jestExpect(this.actual)[name];
      },
    });

/** Has an expectation that is met count for `expect.hasAssertions`. */
function count() {
  const state = jestExpect.getState();
  state.assertionCalls++;
  state.numPassingAsserts++;
}

/** What `rejects`, `resolves` and `toThrow` look at. They come to an end later, with the trace that Jest has taken here. */
const isLater = (actual) => typeof actual === 'function' || typeof actual?.then === 'function';

globalThis.expect = Object.assign(
  (actual) => (isLater(actual) ? jestExpect(actual) : new Expectation(actual)),
  jestExpect,
);
