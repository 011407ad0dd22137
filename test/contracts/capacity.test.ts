/** That no row which keeps to a contract is shorter than what storage and limits are worked out by. */
import { checkNeeds, RUN_SECONDS } from '../../lib/contracts/compile';
import { shortestRow } from '../../lib/contracts/shortest';
import { contractPlansOf } from '../../lib/register';
import { PLAN, rowsOf } from '../bench/contract-file';
import { registerOf } from '../policy/sample-register';

const plans = contractPlansOf(registerOf());
const awards = plans.get('housing-benefit-awards');
if (!awards) throw new Error('the sample has no housing-benefit-awards');

/** A row of the least that each column takes. */
const SHORTEST = 'AW00000001,AB123456C,O,1950-01-01,,M1 1AE,E08000035,state-pension,2026-04-01,,0\n';

test('a row of the least that each column takes is the shortest', () => {
  expect(Buffer.byteLength(SHORTEST)).toBe(shortestRow(awards));
});

test('no row of a file that keeps to its contract is shorter', () => {
  for (const row of rowsOf(20_000).toString().split('\n').slice(0, -1))
    expect(Buffer.byteLength(row) + 1).toBeGreaterThanOrEqual(shortestRow(PLAN));
});

test('where nothing says how long values are, a key still needs as many bytes as tell rows apart', () => {
  const [first] = awards.columns;
  if (!first) throw new Error('no column');
  const plan = {
    columns: [{ ...first, type: { kind: 'text' as const, rule: first.at } }],
    unique: [{ rule: '/schema/0/properties/0/unique', columns: [0], primary: false }],
  };
  expect([shortestRow({ ...plan, unique: [] }), shortestRow(plan)]).toEqual([2, 6]);
});

test('what compares rows cannot pause, and needs storage and time by the size of the file', () => {
  const small = checkNeeds(awards, 'csv', 1_000_000_000);
  const large = checkNeeds(awards, 'csv', 4_000_000_000);
  expect(small.pauses).toBe(false);
  expect(large.seconds / small.seconds).toBeCloseTo(4);
  expect(large.spillBytes / small.spillBytes).toBeCloseTo(4);
  expect(checkNeeds(awards, 'parquet', 1_000_000_000).seconds).toBeGreaterThan(small.seconds);
  expect(small.seconds).toBeLessThan(RUN_SECONDS);
  const free = { ...awards, unique: [], references: [], metrics: [] };
  expect(checkNeeds(free, 'csv', 1_000_000_000)).toMatchObject({ pauses: true, spillBytes: 0 });
});
