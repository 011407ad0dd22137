/** That the table of transfers gives again what is due: not what is over, unless it is to be looked at once more. */
import { KeptTransfers } from '../../../lambda/transfer-audit/kept-transfers';
import type { DepositMark } from '../../../lib/wire';
import { MemoryDynamo } from './memory-dynamo';
import { tableIn } from './memory-table';

const OBJECT = 'concordat-exchange-012345678901-eu-west-2-an/agreements/benefit-awards/a.csv';
const deposit = (id: string, time: string): DepositMark => ({
  kind: 'deposited',
  id,
  time,
  owner: 'dwp',
  agreement: 'benefit-awards',
  recipients: ['leeds'],
  collectBy: '2026-10-04T00:00:00Z',
});
const FIRST = deposit('d1', '2026-10-01T00:00:00Z');

async function kept() {
  const memory = new MemoryDynamo();
  const transfers = new KeptTransfers(tableIn(memory));
  await transfers.keep(OBJECT, FIRST, 1_000);
  const due = async (now: number) => {
    const found = [];
    for await (const each of transfers.dueBy(now)) found.push(each.due);
    return found;
  };
  const [item] = memory.table('concordat-transfers').values();
  if (item === undefined) throw new Error('nothing was kept');
  const over = async () => {
    for await (const each of transfers.dueBy(5_000)) await transfers.lookAgain(each, undefined, 9_000_000);
  };
  const read = () => [...memory.table('concordat-transfers').values()];
  return { transfers, due, over, read };
}

it('gives a transfer that is over again once it is reopened, and does not let it expire meanwhile', async () => {
  const { transfers, due, over, read } = await kept();
  expect(await due(999)).toEqual([]);
  expect(await due(1_000)).toEqual([1_000]);
  await over();
  expect(await due(5_000)).toEqual([]);
  expect(read()).toMatchObject([{ expires: { N: '9000' } }]);
  await transfers.reopen(OBJECT, FIRST, 2_000);
  expect(await due(5_000)).toEqual([2_000]);
  expect(read()[0]).not.toHaveProperty('expires');
  await over();
  expect(await due(5_000)).toEqual([]);
});

it('reopens nothing that is to be looked at anyway, and makes nothing that was never kept', async () => {
  const { transfers, due, read } = await kept();
  await transfers.reopen(OBJECT, FIRST, 2_000);
  expect(await due(5_000)).toEqual([1_000]);
  await transfers.reopen(OBJECT, deposit('d2', '2026-10-02T00:00:00Z'), 2_000);
  expect(read()).toHaveLength(1);
});
