import type { MeasureName } from './measures';
import { textReport } from './report';
import { growth, medians, type Result, ratio, targets, zoneLabel } from './results';

function result(
  organisations: number,
  measure: MeasureName,
  cpu: number,
  wall = cpu,
  megabytes = 100,
): Result {
  const register = zoneLabel(organisations);
  return { register, organisations, agreements: 0, measure, runs: 3, cpu, wall, megabytes };
}

test('the median of an even number of runs lies between the middle two', () => {
  const runs = [4, 1, 3, 2].map((each) => ({ wall: each, cpu: each * 10, megabytes: each * 100 }));

  expect(medians(runs)).toEqual({ wall: 2.5, cpu: 25, megabytes: 250 });
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

test.each<[string, Result[], boolean]>([
  ['check, in time', [result(400, 'check', 9, 1.99)], true],
  ['check, too slow', [result(400, 'check', 9, 2)], false],
  ['synth alone, in time', [result(400, 'bare', 3), result(400, 'synth', 5.9)], true],
  ['synth alone, too slow', [result(400, 'bare', 3), result(400, 'synth', 6)], false],
  ['packs, in time', [result(400, 'packs', 9, 29.9)], true],
  ['packs, too slow', [result(400, 'packs', 9, 30)], false],
  ['packs, too large', [result(400, 'packs', 9, 9, 1024)], false],
  ['packs and validation, in time', [result(400, 'all', 99, 59.9)], true],
  ['packs and validation, too slow', [result(400, 'all', 9, 60)], false],
  ['prove, in time', [result(400, 'prove', 50, 29.9, 1023)], true],
  ['prove, too slow', [result(400, 'prove', 9, 30)], false],
  ['prove, too large', [result(400, 'prove', 9, 9, 1024)], false],
])('a target can be missed: %s', (_name, results, met) => {
  expect(targets(results).every((each) => each.met)).toBe(met);
});

test('a target of a size that was not measured is not spoken of', () => {
  expect(targets([result(10, 'check', 99)])).toEqual([]);
});

test('the report aligns numbers to the right and names its baselines', () => {
  const lines = textReport([result(10, 'yaml', 1), result(10, 'check', 12.5)], []).split('\n');

  expect(lines.slice(3, 5)).toEqual([
    '10 organisations           0  parse the YAML alone    1.00   1.00      100',
    '                              check                  12.50  12.50      100  12.50 x parse the YAML alone',
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
