/** The staging table, in DynamoDB. */
import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { STAGING } from '../../lib/names';
import { spreadValues, UNSEALED } from '../../lib/wire';
import type { Item, Marked, Staging, UnsealedPage } from './ports';

/** As many as one BatchGetItem takes. */
const PAGE = 100;
/**
 * What one BatchGetItem leaves over is asked for again, so often while nothing comes. A page is less than the 16 MB of one answer, so
 * what is left over was throttled, which is no error that the client asks again after: hence a wait, in milliseconds, which doubles
 * while nothing comes.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
const ATTEMPTS = 20;
const FIRST_WAIT = 50;
const LONGEST_WAIT = 1_000;

/** Where the next page of a partition begins; undefined at its beginning. */
type Start = QueryCommandOutput['LastEvaluatedKey'];

/** Where the next page of each partition begins. Those that are through are left out. */
class Starts {
  constructor(readonly of: ReadonlyMap<string, Start>) {}
}

const WHOLE = new Starts(new Map(spreadValues(UNSEALED).map((value) => [value, undefined])));

/** The key of an item. */
function keyOf(eventId: string): Record<string, AttributeValue> {
  return { [STAGING.partition]: { S: eventId } };
}

/** Speaks to DynamoDB of one table. */
export class DynamoStaging implements Staging {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly table: string,
    private readonly pause: (milliseconds: number) => Promise<unknown> = setTimeout,
  ) {}

  /** A page of each partition of the index, so that none waits for another, in the order in which all arrived. */
  async unsealed(from: object | undefined): Promise<UnsealedPage> {
    const starts = from instanceof Starts ? from.of : WHOLE.of;
    const pages = await Promise.all([...starts].map(([value, start]) => this.page(value, start)));
    const found = pages.flatMap(({ items }) => items);
    found.sort((a, b) => (a.arrival < b.arrival ? -1 : 1));
    const next = new Map(
      pages.flatMap(({ value, next: start }) => (start === undefined ? [] : [[value, start] as const])),
    );
    return {
      eventIds: found.map(({ eventId }) => eventId),
      next: next.size > 0 ? new Starts(next) : undefined,
    };
  }

  private async page(value: string, start: Start) {
    const { name, partition, sort } = STAGING.unsealed;
    const { Items = [], LastEvaluatedKey: next }: QueryCommandOutput = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: name,
        KeyConditionExpression: `${partition} = :unsealed`,
        ExpressionAttributeValues: { ':unsealed': { S: value } },
        ProjectionExpression: `${STAGING.partition}, ${sort}`,
        Limit: PAGE,
        ExclusiveStartKey: start,
      }),
    );
    const items = Items.map((item) => ({
      eventId: item[STAGING.partition]?.S ?? '',
      arrival: item[sort]?.S ?? '',
    }));
    return { value, items, next };
  }

  async read(eventIds: readonly string[]): Promise<Item[]> {
    const items: Item[] = [];
    let keys = eventIds.map(keyOf);
    let inVain = 0;
    while (keys.length > 0) {
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys: keys, ConsistentRead: true } } }),
      );
      items.push(...((Responses?.[this.table] ?? []) as unknown as Item[]));
      const left = UnprocessedKeys?.[this.table]?.Keys ?? [];
      inVain = left.length < keys.length ? 0 : inVain + 1;
      keys = left;
      if (keys.length === 0) break;
      if (inVain === ATTEMPTS)
        throw new Error(`${keys.length} of ${eventIds.length} items never came, in ${ATTEMPTS} attempts`);
      await this.pause(Math.min(FIRST_WAIT * 2 ** inVain, LONGEST_WAIT));
    }
    return items;
  }

  async mark(eventId: string, leaf: number, again = false): Promise<Marked> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: keyOf(eventId),
          UpdateExpression: `SET leaf = :leaf REMOVE ${STAGING.unsealed.partition}`,
          // One leaf only; and an item that is not there is made only after the table was lost.
          ConditionExpression: `${again ? '' : `attribute_exists(${STAGING.partition}) AND `}(attribute_not_exists(leaf) OR leaf = :leaf)`,
          ExpressionAttributeValues: { ':leaf': { N: String(leaf) } },
          ReturnValues: 'UPDATED_OLD',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return Attributes?.leaf ? 'was-marked' : 'marked';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item ? 'other-leaf' : 'missing';
    }
  }
}
