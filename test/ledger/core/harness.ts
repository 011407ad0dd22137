/**
 * As much of jest as the tests of the ledger’s core use, for running the very same files in a browser. What it does not know
 * throws, so that no assertion passes for want of a matcher.
 */
import fc from 'fast-check';

interface Outcome {
  readonly name: string;
  readonly error: string | undefined;
}

type Work = () => unknown;

const tests: { readonly name: string; readonly work: Work }[] = [];
const within: string[] = [];

function describe(name: string, work: Work): void {
  within.push(name);
  work();
  within.pop();
}

function it(name: string, work: Work): void {
  tests.push({ name: [...within, name].join(' › '), work });
}

it.each =
  (cases: readonly unknown[]) =>
  (name: string, work: (...values: unknown[]) => unknown): void => {
    for (const each of cases) {
      const values = Array.isArray(each) ? each : [each];
      it(name.replace('%s', String(values[0])), () => work(...values));
    }
  };

/** Whether two values have the same content. fast-check writes out values of every type, each its own way. */
const same = (a: unknown, b: unknown) => fc.stringify(a) === fc.stringify(b);

function matches(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || typeof actual !== 'object' || actual === null)
    return same(actual, wanted);
  if (Array.isArray(wanted) && (!Array.isArray(actual) || actual.length !== wanted.length)) return false;
  const found = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(wanted).every(([key, value]) => matches(found.get(key), value));
}

function thrown(work: unknown, wanted: unknown): boolean {
  if (typeof work !== 'function') throw new TypeError('toThrow takes a function');
  try {
    work();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (wanted === undefined) return true;
    if (wanted instanceof RegExp) return wanted.test(text);
    if (typeof wanted === 'function') return error instanceof wanted;
    return typeof wanted === 'string' && text.includes(wanted);
  }
  return false;
}

const MATCHERS: Readonly<Record<string, (actual: unknown, wanted: unknown) => boolean>> = {
  toBe: Object.is,
  toEqual: same,
  toBeUndefined: (actual) => actual === undefined,
  toMatchObject: matches,
  toThrow: thrown,
};

function expect(actual: unknown): Record<string, (wanted?: unknown) => void> {
  return new Proxy<Record<string, (wanted?: unknown) => void>>(
    {},
    {
      get: (_target, name) => {
        const matcher = MATCHERS[String(name)];
        if (!matcher) throw new TypeError(`the harness of the browser has no expect().${String(name)}`);
        return (wanted?: unknown) => {
          if (!matcher(actual, wanted))
            throw new Error(`${fc.stringify(actual)} ${String(name)} ${fc.stringify(wanted)}`);
        };
      },
    },
  );
}

/** Runs every test that was registered, one after another. */
async function runTests(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, work } of tests) {
    try {
      await work();
      outcomes.push({ name, error: undefined });
    } catch (error) {
      outcomes.push({ name, error: error instanceof Error ? error.message : String(error) });
    }
  }
  return outcomes;
}

Object.assign(globalThis, { describe, it, expect, runTests });
