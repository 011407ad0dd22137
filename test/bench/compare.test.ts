import { type Comparison, type Pair, ratiosOf } from './compare';
import { comparisonJson, comparisonText } from './report';

const usage = (cpu: number) => ({ cpu, wall: cpu / 2, megabytes: 100, together: 150 });
const pair = (before: number, now: number): Pair => ({ before: usage(before), now: usage(now) });

const comparison = (pairs: readonly Pair[], failure?: string): Comparison => ({
  ...{ register: '400 organisations', organisations: 400, agreements: 1100, measure: 'start', pairs },
  ...(failure !== undefined && { failure }),
});

test('a ratio is of two runs straight after one another, not of medians', () => {
  // The machine slowed down in the second and third round: the medians alone, 20 and 6, would say 0.3.
  const pairs = [pair(10, 4), pair(20, 10), pair(30, 6)];

  expect(ratiosOf(pairs, 'cpu')).toEqual({ median: 0.4, least: 0.2, most: 0.5 });
});

test('without pairs there is no ratio', () => {
  expect(ratiosOf([], 'cpu')).toBeUndefined();
});

test('the table says what each build took, and the ratio with its least and most', () => {
  const cells = rows(comparisonText([comparison([pair(10, 4), pair(20, 10), pair(30, 6)])], 'abc1234'))[0];

  expect(cells).toEqual([
    ...['400 organisations', '1,100', 'npm start', '3', '20.00', '6.00', '0.40', '0.20 to 0.50'],
    ...['10.00', '3.00', '0.40', '100', '100', '150', '150'],
  ]);
});

test('a build that did not come to its end is named with its reason, and has no ratio', () => {
  const text = comparisonText([comparison([], 'out of memory')], 'abc1234');

  expect(rows(text)[0]?.slice(3, 8)).toEqual(['0', '', '', '', '']);
  expect(text).toContain('\n400 organisations, npm start: out of memory\n');
});

test('as JSON every pair can be seen', () => {
  const told: unknown = JSON.parse(comparisonJson([comparison([pair(10, 4)])], 'abc1234'));

  expect(told).toMatchObject({
    form: 'concordat-bench-comparison/v1',
    against: 'abc1234',
    comparisons: [
      {
        measure: 'start',
        pairs: [{ before: { cpu: 10 }, now: { cpu: 4 } }],
        ratios: { cpu: { median: 0.4 }, wall: { median: 0.4 } },
      },
    ],
  });
});

/** The cells of each row below the head of the first table. */
function rows(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
