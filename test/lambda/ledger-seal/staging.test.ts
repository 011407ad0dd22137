/** That the staging table is read whole and in order, whatever DynamoDB leaves over, and that a batch takes what is not sealed. */
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { nextBatch } from '../../../lambda/ledger-seal/batch';
import { DynamoStaging } from '../../../lambda/ledger-seal/dynamo-staging';
import { spreadValues, stagedItem, UNSEALED } from '../../../lib/wire';
import { entryOf } from './world';

type Item = ReturnType<typeof stagedItem>;
const LIMITS = { entries: 10_000, bytes: 100_000_000 };

/** The table as DynamoDB answers for it: pages of each partition, half of each batch left over. */
function tableOf(items: readonly (Partial<Item> & Pick<Item, 'eventId' | 'arrival'>)[], listed = items) {
  const asked: unknown[] = [];
  const send = async (command: unknown): Promise<object> => {
    asked.push(command);
    if (command instanceof QueryCommand) {
      const { ExpressionAttributeValues, ExclusiveStartKey, Limit = 0 } = command.input;
      const value = ExpressionAttributeValues?.[':unsealed']?.S;
      const rows = listed
        .filter(
          (each) => each.unsealed?.S === value && each.arrival.S > (ExclusiveStartKey?.arrival?.S ?? ''),
        )
        .sort((a, b) => (a.arrival.S < b.arrival.S ? -1 : 1));
      const page = rows.slice(0, Limit);
      const last = page.at(-1);
      return { Items: page, ...(rows.length > Limit && last && { LastEvaluatedKey: { ...last } }) };
    }
    if (command instanceof BatchGetItemCommand) {
      const { Keys = [], ConsistentRead } = command.input.RequestItems?.table ?? {};
      expect([Keys.length <= 100, ConsistentRead]).toEqual([true, true]);
      const now = Keys.slice(0, Math.ceil(Keys.length / 2));
      const left = Keys.slice(now.length);
      return {
        Responses: {
          table: now.flatMap((key) => items.filter((each) => each.eventId.S === key.eventId?.S)),
        },
        UnprocessedKeys: left.length > 0 ? { table: { Keys: left } } : {},
      };
    }
    return {};
  };
  return { staging: new DynamoStaging({ send }, 'table', async () => undefined), asked };
}

const items = (count: number) => Array.from({ length: count }, (_, n) => stagedItem(entryOf(n)));
const never = (id: string, error: string) => {
  throw new Error(`${id}: ${error}`);
};

it('every partition is read to its end, and of each page the oldest of all come first', async () => {
  const all = items(4_000);
  expect(new Set(all.map(({ unsealed }) => unsealed.S)).size).toBe(16);
  const { staging } = tableOf(all);
  const page = await staging.unsealed(undefined);
  const arrivals = page.eventIds.map((id) => all.find(({ eventId }) => eventId.S === id)?.arrival.S ?? '');
  expect(arrivals).toEqual([...arrivals].sort());
  const batch = await nextBatch(staging, LIMITS, never);
  expect(new Set(batch.map(({ eventId }) => eventId)).size).toBe(4_000);
});

it('what was staged before the index was spread is sealed as well', async () => {
  const old = items(3).map((item) => ({ ...item, unsealed: { S: UNSEALED } }));
  expect(spreadValues(UNSEALED)).toHaveLength(17);
  expect(await nextBatch(tableOf(old).staging, LIMITS, never)).toHaveLength(3);
});

it('a batch takes the oldest, up to its number and its bytes, and nothing that the table says is sealed', async () => {
  const all = items(20);
  const sealed = all.map(({ unsealed, ...rest }, n) => (n < 5 ? rest : { ...rest, unsealed }));
  const { staging } = tableOf(sealed, all);
  const ids = async (limits: typeof LIMITS) =>
    (await nextBatch(staging, limits, never)).map(({ eventId }) => eventId);
  const expected = Array.from({ length: 15 }, (_, n) => `event-${n + 5}`);
  expect(await ids(LIMITS)).toEqual(expected);
  expect(await ids({ ...LIMITS, entries: 4 })).toEqual(expected.slice(0, 4));
  const bytes = entryOf(5).entry.length + entryOf(6).entry.length;
  expect(await ids({ ...LIMITS, bytes })).toEqual(expected.slice(0, 2));
  expect(await ids({ ...LIMITS, bytes: 1 })).toEqual(expected.slice(0, 1));
});

it('what DynamoDB leaves over for ever is an error, and no entry is passed over', async () => {
  const send = async () => ({ UnprocessedKeys: { table: { Keys: [{ eventId: { S: 'x' } }] } } });
  const staging = new DynamoStaging({ send }, 'table', async () => undefined);
  await expect(staging.read(['x'])).rejects.toThrow('1 of 1 items never came');
});

it('waits before it asks again, ever longer where DynamoDB, which throttles, gives nothing', async () => {
  const key = (id: string) => ({ eventId: { S: id } });
  const answers = [['x', 'y'], ['x', 'y'], ['y'], ['y'], []];
  const waits: number[] = [];
  let before = ['x', 'y'];
  const send = async () => {
    const left = answers.shift() ?? [];
    const given = before.filter((id) => !left.includes(id));
    before = left;
    return { Responses: { table: given.map(key) }, UnprocessedKeys: { table: { Keys: left.map(key) } } };
  };
  const staging = new DynamoStaging({ send }, 'table', async (milliseconds) => void waits.push(milliseconds));
  expect(await staging.read(['x', 'y'])).toEqual([key('x'), key('y')]);
  expect(waits).toEqual([100, 200, 50, 100]);
});

it('reads all, however little comes at a time', async () => {
  const ids = Array.from({ length: 100 }, (_, n) => `event-${n}`);
  const key = (id: string) => ({ eventId: { S: id } });
  let left = ids;
  const send = async () => {
    const [first = '', ...others] = left;
    left = others;
    return { Responses: { table: [key(first)] }, UnprocessedKeys: { table: { Keys: left.map(key) } } };
  };
  const staging = new DynamoStaging({ send }, 'table', async () => undefined);
  expect(await staging.read(ids)).toEqual(ids.map(key));
});

it('makes the item of a mark only where a lost table is told what was sealed', async () => {
  const conditions: (string | undefined)[] = [];
  const client = {
    send: async ({ input }: UpdateItemCommand) => {
      conditions.push(input.ConditionExpression);
      return {};
    },
  } as unknown as ConstructorParameters<typeof DynamoStaging>[0];
  const staging = new DynamoStaging(client, 'table');
  await staging.mark('event-1', 7);
  await staging.mark('event-1', 7, true);
  expect(conditions.map((each) => each?.includes('attribute_exists(eventId)'))).toEqual([true, false]);
  for (const each of conditions) expect(each).toContain('(attribute_not_exists(leaf) OR leaf = :leaf)');
});

describe('a mark', () => {
  const markWith = (answer: () => object, seen: UpdateItemCommand[] = []) =>
    new DynamoStaging(
      {
        send: async (command: unknown) => {
          if (command instanceof UpdateItemCommand) seen.push(command);
          return answer();
        },
      },
      'table',
    ).mark('event-1', 7);
  const refusal = (Item?: Record<string, { N: string }>) => () => {
    throw new ConditionalCheckFailedException({ message: 'x', $metadata: {}, ...(Item && { Item }) });
  };

  it('makes no item, moves no leaf, and takes the entry out of the index', async () => {
    const seen: UpdateItemCommand[] = [];
    expect(await markWith(() => ({}), seen)).toBe('marked');
    expect(seen[0]?.input).toMatchObject({
      Key: { eventId: { S: 'event-1' } },
      UpdateExpression: 'SET leaf = :leaf REMOVE unsealed',
      ConditionExpression: 'attribute_exists(eventId) AND (attribute_not_exists(leaf) OR leaf = :leaf)',
      ExpressionAttributeValues: { ':leaf': { N: '7' } },
    });
  });

  it('tells what became of it', async () => {
    expect(await markWith(() => ({ Attributes: { leaf: { N: '7' } } }))).toBe('was-marked');
    expect(await markWith(refusal({ leaf: { N: '8' } }))).toBe('other-leaf');
    expect(await markWith(refusal())).toBe('missing');
    await expect(
      markWith(() => {
        throw new Error('throttled');
      }),
    ).rejects.toThrow('throttled');
  });
});
