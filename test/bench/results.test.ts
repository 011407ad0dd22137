import type { MeasureName } from './measures';
import { textReport } from './report';
import { growth, medians, type Result, ratio, targets } from './results';
import { SIZES, zoneLabel } from './sizes';

function result(
  organisations: number,
  measure: MeasureName,
  cpu: number,
  wall = cpu,
  together = 100,
  agreements = 0,
): Result {
  const register = zoneLabel(organisations);
  return { register, organisations, agreements, measure, runs: 3, cpu, wall, megabytes: 100, together };
}

/** The department with 382 councils, which is no zone. */
function department(wall: number): Result {
  return { ...result(383, 'start', wall), register: SIZES.department.label, agreements: 382 };
}

test('the median of an even number of runs lies between the middle two', () => {
  const runs = [4, 1, 3, 2].map((each) => ({
    wall: each,
    cpu: each * 10,
    megabytes: each * 100,
    together: each * 1000,
  }));

  expect(medians(runs)).toEqual({ wall: 2.5, cpu: 25, megabytes: 250, together: 2500 });
});

test('a ratio is of processor time, and of the same register', () => {
  const check = result(400, 'check', 3, 99);
  const results = [result(10, 'yaml', 1), result(400, 'yaml', 2, 1), check];

  expect(ratio(results, check)).toBe(1.5);
});

test('growth is 1 where each organisation costs the same, and more where it does not', () => {
  const linear = [result(10, 'bare', 1.1), result(100, 'bare', 2), result(400, 'bare', 5)];
  const square = [result(10, 'check', 0.1), result(100, 'check', 10), result(400, 'check', 160)];

  const [check, bare] = growth([...linear, ...square]);

  expect(bare?.ratio).toBeCloseTo(1);
  expect(check?.ratio).toBeCloseTo(500 / 110);
});

test('growth is of generated zones, over each three sizes that follow one another', () => {
  const sample = { ...result(14, 'start', 50), register: SIZES[14].label };
  const zones = [1000, 100, 400].map((size) => result(size, 'start', size / 10));

  const [start, ...others] = growth([sample, ...zones]);

  expect(others).toEqual([]);
  expect(start?.sizes).toEqual([100, 400, 1000]);
  expect(start?.ratio).toBeCloseTo(1);
});

test.each<[string, Result[], boolean]>([
  ['check, in time', [result(400, 'check', 9, 1.99)], true],
  ['check, too slow', [result(400, 'check', 9, 2)], false],
  ['check, in time beside the YAML', [result(400, 'yaml', 1), result(400, 'check', 1.29)], true],
  ['check, too slow beside the YAML', [result(400, 'yaml', 1), result(400, 'check', 1.3)], false],
  ['synth alone, in time', [result(400, 'bare', 3), result(400, 'synth', 4.1)], true],
  ['synth alone, too slow', [result(400, 'bare', 3), result(400, 'synth', 4.2)], false],
  ['packs, in time', [result(400, 'packs', 9, 29.9)], true],
  ['packs, too slow', [result(400, 'packs', 9, 30)], false],
  ['packs, too large', [result(400, 'packs', 9, 9, 1024)], false],
  ['packs and validation, in time', [result(400, 'all', 99, 59.9)], true],
  ['packs and validation, too slow', [result(400, 'all', 9, 60)], false],
  ['start, in memory', [result(400, 'start', 9, 9, 699)], true],
  ['start, too large', [result(400, 'start', 9, 9, 700)], false],
  ['start of 1,000, in memory', [result(1000, 'start', 9, 9, 1535)], true],
  ['start of 1,000, too large', [result(1000, 'start', 9, 9, 1536)], false],
  [
    'start of 1,000, linear in its agreements',
    [result(400, 'start', 11, 9, 1, 1100), result(1000, 'start', 29.9, 9, 1, 3000)],
    true,
  ],
  [
    'start of 1,000, steeper than linear',
    [result(400, 'start', 11, 9, 1, 1100), result(1000, 'start', 30.1, 9, 1, 3000)],
    false,
  ],
  ['department, in time', [department(29.9)], true],
  ['department, too slow', [department(30)], false],
  ['prove, in time', [result(400, 'prove', 50, 29.9, 1023)], true],
  ['prove, too slow', [result(400, 'prove', 9, 30)], false],
  ['prove, too large', [result(400, 'prove', 9, 9, 1024)], false],
])('a target can be missed: %s', (_name, results, met) => {
  expect(targets(results).every((each) => each.met)).toBe(met);
});

test('a target of a size that was not measured is not spoken of', () => {
  expect(targets([result(10, 'check', 99)])).toEqual([]);
});

test('the report is a table of Markdown that aligns numbers to the right and names its baselines', () => {
  const lines = textReport([result(10, 'yaml', 1), result(10, 'check', 12.5)], []).split('\n');

  expect(lines.slice(3, 6)).toEqual([
    '| ---------------- | ---------: | -------------------- | ---: | -----: | ----------: | ------: | ----------: | ---------------------------- |',
    '| 10 organisations |          0 | parse the YAML alone |    3 |   1.00 |        1.00 |     100 |         100 |                              |',
    '|                  |            | check                |    3 |  12.50 |       12.50 |     100 |         100 | 12.50 x parse the YAML alone |',
  ]);
});

test('the report gives what each part’s bench said, and whether it kept its limits', () => {
  const report = textReport(
    [],
    [
      { part: 'Ledger', said: ['sealing: quick', 'verifying: slow'], met: false },
      { part: 'Grant broker', said: ['quick'], met: true },
    ],
  );

  expect(report.split('\n').slice(-7, -1)).toEqual([
    'Parts, each by its own bench',
    'Ledger: over a limit of its own',
    '  sealing: quick',
    '  verifying: slow',
    'Grant broker: within its limits',
    '  quick',
  ]);
});
