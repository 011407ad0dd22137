/** That the history of the register is kept whole, however long it grows and whoever writes it. */
import { KeptHistory } from '../../../lambda/transfer-audit/kept-history';
import type { IndexVersion } from '../../../lib/wire';
import { MemoryDynamo } from './memory-dynamo';
import { tableIn } from './memory-table';

const version = (n: number): IndexVersion => ({
  register: n.toString(16).padStart(64, '0'),
  index: n.toString(16).padStart(64, 'f'),
  since: new Date(Date.UTC(2026, 0, 1, n)).toISOString().replace('.000', ''),
});
const first = (count: number) => Array.from({ length: count }, (_, n) => version(n));

it('holds whatever number of versions, though an item holds but some 2,000, and each function reads all of them', async () => {
  const memory = new MemoryDynamo();
  const writer = new KeptHistory(tableIn(memory));
  const lengths = [1, 2, 999, 1_000, 1_001, 1_002, 2_000, 2_001, 3_201];
  for (const [n, length] of lengths.entries())
    expect(await writer.write({ versions: first(length), told: n, revision: n + 1 })).toBe(true);
  const wanted = { versions: first(3_201), told: 8, revision: 9 };
  expect(await writer.read()).toEqual(wanted);
  expect(await new KeptHistory(tableIn(memory)).read()).toEqual(wanted);
});

it('is not moved on by one who has not seen what another wrote', async () => {
  const memory = new MemoryDynamo();
  const [one, other] = [new KeptHistory(tableIn(memory)), new KeptHistory(tableIn(memory))];
  expect(await one.write({ versions: first(1_000), told: 0, revision: 1 })).toBe(true);
  expect(await one.write({ versions: first(1_001), told: 0, revision: 2 })).toBe(true);
  const late = [...first(1_000), version(5_000)];
  expect(await other.write({ versions: late, told: 0, revision: 2 })).toBe(false);
  expect((await new KeptHistory(tableIn(memory)).read()).versions).toEqual(first(1_001));
});

it('is not read for shorter than it is where a part of it was lost', async () => {
  const memory = new MemoryDynamo();
  await new KeptHistory(tableIn(memory)).write({ versions: first(1_001), told: 0, revision: 1 });
  memory.table('concordat-transfers').delete('#register\nhistory#0');
  await expect(new KeptHistory(tableIn(memory)).read()).rejects.toThrow(
    'chapter 0 of the history of the register has 0',
  );
});
