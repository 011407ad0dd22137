/** That `expect` finds what Jest’s own finds, and tells it in its words, though it is asked in a quicker way. */
import { createRequire } from 'node:module';

const { jestExpect } = createRequire(require.resolve('jest'))('@jest/expect') as { jestExpect: jest.Expect };

const VALUES: readonly unknown[] = [
  ...[0, -0, NaN, 1, '1', '', true, null, undefined, 1n],
  ...[
    {},
    { a: 1 },
    { a: 1, b: undefined },
    { a: [1, { b: 2 }] },
    Object.create(null),
    Object.freeze({ a: 1 }),
  ],
  ...[[], [undefined], [1, 2], new Set([1, 2]), new Set([2, 1]), new Map([['a', { b: 1 }]]), new Map()],
  ...[
    new Date(0),
    new Date(1),
    /a/,
    /a/g,
    new Error('a'),
    new Error('b'),
    Buffer.from('a'),
    new Uint8Array(1),
  ],
  ...[() => 1, Promise.resolve(1), Symbol.for('a'), expect.any(Number), expect.stringContaining('1')],
];

/** What comes of an expectation: nothing, or what is said. */
function said(expectation: () => void): string {
  try {
    expectation();
    return 'it is met';
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(['toBe', 'toEqual', 'toStrictEqual', 'toContain'] as const)(
  'of every two values, by %s',
  (matcher) => {
    const differ = VALUES.flatMap((actual, n) =>
      VALUES.filter(
        (wanted) =>
          said(() => expect(actual)[matcher](wanted)) !== said(() => jestExpect(actual)[matcher](wanted)) ||
          said(() => expect(actual).not[matcher](wanted)) !==
            said(() => jestExpect(actual).not[matcher](wanted)),
      ).map((wanted) => [n, wanted]),
    );
    jestExpect(differ).toEqual([]);
  },
);

test('what is not met is told of where it stands, and what is met is counted', () => {
  const { assertionCalls } = expect.getState();
  let stack = '';
  try {
    expect(1).toBe(2);
  } catch (error) {
    stack = (error as Error).stack ?? '';
  }
  jestExpect(stack.split('\n').find((line) => /^ +at /.test(line))).toMatch(/quick-expect\.test\.ts/);
  expect([1]).toEqual([1]);
  jestExpect(expect.getState().assertionCalls - assertionCalls).toBe(3);
});
