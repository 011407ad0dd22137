/** The staging table, in DynamoDB. */
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
import { UNSEALED } from '../../lib/wire';
import type { Item, Marked, Staging, UnsealedPage } from './ports';

/** As many as one BatchGetItem takes. */
const PAGE = 100;
/** What one BatchGetItem leaves over (16 MB at most, or throttled) is asked for again, so often. */
const ATTEMPTS = 20;

/** The key of an item. */
function keyOf(eventId: string): Record<string, AttributeValue> {
  return { [STAGING.partition]: { S: eventId } };
}

/** Speaks to DynamoDB of one table. */
export class DynamoStaging implements Staging {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly table: string,
  ) {}

  async unsealed(from: object | undefined): Promise<UnsealedPage> {
    const page: QueryCommandOutput = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: STAGING.unsealed.name,
        KeyConditionExpression: `${STAGING.unsealed.partition} = :unsealed`,
        ExpressionAttributeValues: { ':unsealed': { S: UNSEALED } },
        ProjectionExpression: STAGING.partition,
        Limit: PAGE,
        ExclusiveStartKey: from as QueryCommandOutput['LastEvaluatedKey'],
      }),
    );
    const eventIds = (page.Items ?? []).map((item) => item[STAGING.partition]?.S ?? '');
    return { eventIds, next: page.LastEvaluatedKey };
  }

  async read(eventIds: readonly string[]): Promise<Item[]> {
    const items: Item[] = [];
    let keys = eventIds.map(keyOf);
    for (let attempt = 1; keys.length > 0; attempt++) {
      if (attempt > ATTEMPTS) throw new Error(`${keys.length} items were left over ${ATTEMPTS} times`);
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys: keys, ConsistentRead: true } } }),
      );
      items.push(...((Responses?.[this.table] ?? []) as unknown as Item[]));
      keys = UnprocessedKeys?.[this.table]?.Keys ?? [];
    }
    return items;
  }

  async mark(eventId: string, leaf: number): Promise<Marked> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: keyOf(eventId),
          UpdateExpression: `SET leaf = :leaf REMOVE ${STAGING.unsealed.partition}`,
          // No upsert, and one leaf only.
          ConditionExpression: `attribute_exists(${STAGING.partition}) AND (attribute_not_exists(leaf) OR leaf = :leaf)`,
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
