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
 * What one BatchGetItem leaves over (16 MB at most, or throttled) is asked for again, so often. Where nothing came at all it was
 * throttled, which is no error that the client asks again after: then after a wait, which doubles, in milliseconds.
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
    let wait = FIRST_WAIT;
    for (let attempt = 1; keys.length > 0; attempt++) {
      if (attempt > ATTEMPTS) throw new Error(`${keys.length} items were left over ${ATTEMPTS} times`);
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys: keys, ConsistentRead: true } } }),
      );
      items.push(...((Responses?.[this.table] ?? []) as unknown as Item[]));
      const left = UnprocessedKeys?.[this.table]?.Keys ?? [];
      if (left.length === keys.length && attempt < ATTEMPTS) {
        await this.pause(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
      keys = left;
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
