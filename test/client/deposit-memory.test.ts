/** What is remembered of deposits: by one run at a time, and whole again after a kill at any moment. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDepositMemory } from '../../lib/client/deposit-memory';
import { UNFINISHED_DEPOSIT_FORM, type UnfinishedDeposit } from '../../lib/wire';

const state = mkdtempSync(join(tmpdir(), 'concordat-memory-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

const whose = (agreement: string) => ({ state, account: '111111111111', agreement });
const lines = (agreement: string) => join(state, 'deposits/111111111111', agreement, 'whole.jsonl');

function unfinished(key: string, parts = 1): UnfinishedDeposit {
  return {
    form: UNFINISHED_DEPOSIT_FORM,
    bucket: 'exchange',
    agreement: 'rates',
    key,
    mediaType: 'text/csv',
    file: { path: `/out/${key}`, stamp: '1' },
    survey: { bytes: 1, sha256: 'a'.repeat(64), partBytes: 1, crc64nvme: Array(parts).fill('AAAAAAAAAAA=') },
    stage: { at: 'sending', since: 1_790_000_000_000 },
  };
}

test('what is sent in one go, and in parts, is there again in the next run', async () => {
  const first = await openDepositMemory(whose('rates'));
  for (const [key, parts] of [
    ['a', 1],
    ['b', 1],
    ['c', 3],
  ] as const)
    first.write(key, unfinished(key, parts));
  first.remove('a');
  await first.close();
  const second = await openDepositMemory(whose('rates'));
  expect(second.all().map(({ key }) => key)).toEqual(['b', 'c']);
  expect(['a', 'b', 'c'].map((key) => second.read(key))).toEqual([
    undefined,
    unfinished('b'),
    unfinished('c', 3),
  ]);
  for (const key of ['b', 'c']) second.remove(key);
  await second.close();
  expect(readdirSync(join(state, 'deposits/111111111111/rates'))).toEqual([]);
});

test('a line that a kill has cut is no line, and what comes after it stands by itself', async () => {
  const first = await openDepositMemory(whose('cut'));
  first.write('a', unfinished('a'));
  await first.close();
  appendFileSync(lines('cut'), JSON.stringify(unfinished('b')).slice(0, 90));
  const second = await openDepositMemory(whose('cut'));
  second.write('c', unfinished('c'));
  await second.close();
  expect(readFileSync(lines('cut'), 'utf8')).toMatch(/\n$/);
  const third = await openDepositMemory(whose('cut'));
  expect(third.all().map(({ key }) => key)).toEqual(['a', 'c']);
  await third.close();
});

test('a second run under the same agreement is kept out until the first has ended, and one under another is not', async () => {
  const first = await openDepositMemory(whose('one'));
  await expect(openDepositMemory(whose('one'))).rejects.toMatchObject({
    refusal: { refused: 'deposit-busy', agreement: 'one', by: `process ${process.pid}` },
  });
  await (await openDepositMemory(whose('another'))).close();
  await first.close();
  await (await openDepositMemory(whose('one'))).close();
});
