/**
 * Has what is dear to find out be found out once, in a test file that asks for it: tests run commands many times over the same
 * assemblies. setup.cjs puts this between the program and those functions of it that can be asked for here.
 */

/** What setup.cjs looks for when one of them is called. */
const FOUND_ONCE = Symbol.for('concordat-found-once');

type Finder = (actual: never, ...given: never[]) => unknown;

/**
 * Has a function of the program be asked through another, until the tests of this file are through.
 * @param name of the function
 * @param find is given the function itself, and what it was called with
 */
export function foundOnce<F extends (...given: never[]) => unknown>(
  name: string,
  find: (actual: F, ...given: Parameters<F>) => ReturnType<F>,
): void {
  const here = globalThis as { [FOUND_ONCE]?: Record<string, Finder> };
  here[FOUND_ONCE] ??= {};
  const asked = here[FOUND_ONCE];
  asked[name] = find as unknown as Finder;
  afterAll(() => {
    delete asked[name];
  });
}
