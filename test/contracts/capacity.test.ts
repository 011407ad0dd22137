/** That no row which keeps to a contract is shorter than what storage and limits are worked out by. */
import {
  bytesInOneRun,
  checkNeeds,
  MOST_DIGESTS,
  mostCheckable,
  RUN_SECONDS,
} from '../../lib/contracts/capacity';
import { shortestRow } from '../../lib/contracts/shortest';
import { contractPlansOf } from '../../lib/register';
import { FILE_FORMS } from '../../lib/wire/contracts';
import { count } from '../../lib/words';
import { PLAN, rowsOf } from '../bench/contract-file';
import { registerOf } from '../policy/sample-register';
import { expectPart } from './docs-page';

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

test('the largest file that can be checked is the one that takes all of a run, or of the storage', () => {
  for (const form of FILE_FORMS) {
    const most = mostCheckable(awards, form);
    const { seconds, spillBytes } = checkNeeds(awards, form, most);
    expect(Math.max(seconds / RUN_SECONDS, spillBytes / (32 * MOST_DIGESTS))).toBeCloseTo(1, 2);
  }
  expect(mostCheckable({ ...awards, unique: [], references: [], metrics: [] }, 'csv')).toBe(
    Number.POSITIVE_INFINITY,
  );
});

const NAMES = { csv: 'CSV', 'json-lines': 'JSON Lines', parquet: 'Parquet, packed as it is' } as const;

test('docs/contracts.md says what one run does', () => {
  const gigabytes = (form: (typeof FILE_FORMS)[number], digests: number) =>
    `${(bytesInOneRun(form, digests) / 1e9).toFixed(1)} GB`;
  const lines = FILE_FORMS.map(
    (form) =>
      `| ${NAMES[form]} | ${bytesInOneRun(form, 0) / RUN_SECONDS / 1e6} MB | ${[0, 1, 2, 3].map((digests) => gigabytes(form, digests)).join(' | ')} |`,
  );
  expectPart(
    'capacity',
    [
      '| form | reckoned with, a second | neither keys nor references | one key | one reference, or two keys | one key and one reference |',
      '| --- | --- | --- | --- | --- | --- |',
      ...lines,
      '',
      `A run checks for ${RUN_SECONDS / 60} of its 15 minutes. Its storage holds ${count(MOST_DIGESTS)} digests: one for each row and key, two for each row and reference.`,
      '',
    ].join('\n'),
  );
});
