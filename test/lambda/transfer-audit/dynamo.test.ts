/** That the table of transfers gives again what is due: not what is over, unless it is to be looked at once more. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { Dynamo } from '../../../lambda/transfer-audit/dynamo';
import type { DepositMark } from '../../../lib/wire';
import { DynamoError, MemoryDynamo } from './memory-dynamo';

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
  const send = async (command: { input: object }) => {
    try {
      return memory.answer(command.constructor.name.replace(/Command$/, ''), command.input as never);
    } catch (error) {
      if (!(error instanceof DynamoError) || error.name !== 'ConditionalCheckFailedException') throw error;
      const refused = new ConditionalCheckFailedException({ $metadata: {}, message: error.name });
      refused.cause = error;
      throw refused;
    }
  };
  const tables = { stagingTable: 'concordat-staging', transfersTable: 'concordat-transfers' };
  const dynamo = new Dynamo({ send } as never, tables);
  await dynamo.keep(OBJECT, FIRST, 1_000);
  const due = async (now: number) => {
    const found = [];
    for await (const each of dynamo.dueBy(now)) found.push(each.due);
    return found;
  };
  const [item] = memory.table('concordat-transfers').values();
  if (item === undefined) throw new Error('nothing was kept');
  const over = async () => {
    for await (const each of dynamo.dueBy(5_000)) await dynamo.lookAgain(each, undefined, 9_000_000);
  };
  const read = () => [...memory.table('concordat-transfers').values()];
  return { dynamo, due, over, read };
}

it('gives a transfer that is over again once it is reopened, and does not let it expire meanwhile', async () => {
  const { dynamo, due, over, read } = await kept();
  expect(await due(999)).toEqual([]);
  expect(await due(1_000)).toEqual([1_000]);
  await over();
  expect(await due(5_000)).toEqual([]);
  expect(read()).toMatchObject([{ expires: { N: '9000' } }]);
  await dynamo.reopen(OBJECT, FIRST, 2_000);
  expect(await due(5_000)).toEqual([2_000]);
  expect(read()[0]).not.toHaveProperty('expires');
  await over();
  expect(await due(5_000)).toEqual([]);
});

it('reopens nothing that is to be looked at anyway, and makes nothing that was never kept', async () => {
  const { dynamo, due, read } = await kept();
  await dynamo.reopen(OBJECT, FIRST, 2_000);
  expect(await due(5_000)).toEqual([1_000]);
  await dynamo.reopen(OBJECT, deposit('d2', '2026-10-02T00:00:00Z'), 2_000);
  expect(read()).toHaveLength(1);
});
