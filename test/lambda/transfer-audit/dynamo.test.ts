/** That the table of transfers gives again what is due: not what is over, unless it is to be looked at once more. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { Dynamo } from '../../../lambda/transfer-audit/dynamo';
import type { DepositMark, IndexVersion } from '../../../lib/wire';
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

/** A function’s own view of a table. */
function dynamoOf(memory: MemoryDynamo): Dynamo {
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
  return new Dynamo({ send } as never, tables);
}

async function kept() {
  const memory = new MemoryDynamo();
  const dynamo = dynamoOf(memory);
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

describe('the history of the register', () => {
  const version = (n: number): IndexVersion => ({
    register: n.toString(16).padStart(64, '0'),
    index: n.toString(16).padStart(64, 'f'),
    since: new Date(Date.UTC(2026, 0, 1, n)).toISOString().replace('.000', ''),
  });
  const first = (count: number) => Array.from({ length: count }, (_, n) => version(n));

  it('holds whatever number of versions, though an item holds but some 2,000, and each function reads all of them', async () => {
    const memory = new MemoryDynamo();
    const writer = dynamoOf(memory);
    const lengths = [1, 2, 999, 1_000, 1_001, 1_002, 2_000, 2_001, 3_201];
    for (const [n, length] of lengths.entries())
      expect(await writer.writeHistory({ versions: first(length), told: n, revision: n + 1 })).toBe(true);
    const wanted = { versions: first(3_201), told: 8, revision: 9 };
    expect(await writer.readHistory()).toEqual(wanted);
    expect(await dynamoOf(memory).readHistory()).toEqual(wanted);
  });

  it('is not moved on by one who has not seen what another wrote', async () => {
    const memory = new MemoryDynamo();
    const [one, other] = [dynamoOf(memory), dynamoOf(memory)];
    expect(await one.writeHistory({ versions: first(1_000), told: 0, revision: 1 })).toBe(true);
    expect(await one.writeHistory({ versions: first(1_001), told: 0, revision: 2 })).toBe(true);
    const late = [...first(1_000), version(5_000)];
    expect(await other.writeHistory({ versions: late, told: 0, revision: 2 })).toBe(false);
    expect((await dynamoOf(memory).readHistory()).versions).toEqual(first(1_001));
  });

  it('is not read for shorter than it is where a part of it was lost', async () => {
    const memory = new MemoryDynamo();
    await dynamoOf(memory).writeHistory({ versions: first(1_001), told: 0, revision: 1 });
    memory.table('concordat-transfers').delete('#register\nhistory#0');
    await expect(dynamoOf(memory).readHistory()).rejects.toThrow(
      'chapter 0 of the history of the register has 0',
    );
  });
});
