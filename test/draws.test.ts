/** That random properties draw the same in every run of the tests, and anew where they are explored. */
import fc from 'fast-check';

const isExploring = process.env.CONCORDAT_DRAW_TIMES !== undefined;

/** What a property draws, and the seed that it draws it by. */
function drawn(parameters?: fc.Parameters<[number]>) {
  const values: number[] = [];
  const { seed, numRuns } = fc.check(
    fc.property(fc.integer(), (value) => void values.push(value)),
    parameters,
  );
  return { seed, numRuns, values };
}

test('a property draws the same each time, but where it is explored', () => {
  const [first, second] = [drawn({ numRuns: 20 }), drawn({ numRuns: 20 })];
  if (isExploring) expect(second.values).not.toEqual(first.values);
  else expect(second).toEqual(first);
});

test('the seed is made from the path of the test file, so that another file draws otherwise', () => {
  // The first four bytes of the SHA-256 of `test/draws.test.ts`.
  if (!isExploring) expect(drawn().seed).toBe(737032129);
});

test('a property may give its own seed, which holds but where it is explored', () => {
  expect(drawn({ seed: 7 }).seed === 7).toBe(!isExploring);
});

test('explored, it draws as many times as often as it says', () => {
  const times = Number(process.env.CONCORDAT_DRAW_TIMES ?? 1);
  expect(drawn({ numRuns: 20 }).numRuns).toBe(20 * times);
  expect(drawn().numRuns).toBe(100 * times);
});
