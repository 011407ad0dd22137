/** In which ranges an object is fetched, and what a journal says of them. */
import fc from 'fast-check';
import { indexesOf, rangeAt, rangePlan, runsOf } from '../../../lib/delivery/collect/ranges';

const TB = 1e12;

it('covers every byte once, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 2_000 }), (bytes, usual) => {
      const plan = rangePlan(bytes, usual);
      const ranges = Array.from({ length: plan.count }, (_, index) => rangeAt(plan, index));
      const ends = ranges.map(({ to }) => to);
      expect(ranges.map(({ from }) => from)).toEqual([0, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).toBe(bytes);
    }),
  );
});

it('takes the largest object of S3 apart so that its journal stays short, and small ones in one piece', () => {
  const largest = rangePlan(50 * TB);
  expect(largest.count).toBeLessThanOrEqual(50_000);
  expect(largest.rangeBytes).toBeLessThan(2 * 2 ** 30);
  expect(rangePlan(10_000).count).toBe(1);
  expect(rangePlan(0)).toMatchObject({ count: 1 });
  expect(rangePlan(5e9).rangeBytes).toBe(8 * 2 ** 20);
});

it('has a range for no other index', () => {
  expect(() => rangeAt(rangePlan(10), 1)).toThrow(RangeError);
});

it('writes indexes as runs and reads the same ones', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 })), (indexes) => {
      expect([...(indexesOf(runsOf(indexes), 41) ?? [])].sort((a, b) => a - b)).toEqual(
        [...indexes].sort((a, b) => a - b),
      );
    }),
  );
  expect(runsOf([4, 0, 1, 7, 2])).toEqual([
    [0, 2],
    [4, 4],
    [7, 7],
  ]);
});

it.each([
  [[[0, 5]]],
  [[[2, 1]]],
  [
    [
      [0, 1],
      [1, 2],
    ],
  ],
  [[[0.5, 1]]],
  [[[-1, 0]]],
])('takes no runs that are none of the plan: %j', (runs) => {
  expect(indexesOf(runs as [number, number][], 5)).toBeUndefined();
});
