/** The staging table, in DynamoDB. */
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { UNSEALED, UNSEALED_INDEX } from '../../lib/ledger/staged-entry';
import type { Item, Marked, Staging, UnsealedPage } from './ports';

/** As many as one BatchGetItem takes. */
const PAGE = 100;
/** What one BatchGetItem leaves over (16 MB at most, or throttled) is asked for again, so often. */
const ATTEMPTS = 20;

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
        IndexName: UNSEALED_INDEX,
        KeyConditionExpression: 'unsealed = :unsealed',
        ExpressionAttributeValues: { ':unsealed': { S: UNSEALED } },
        ProjectionExpression: 'eventId',
        Limit: PAGE,
        ExclusiveStartKey: from as QueryCommandOutput['LastEvaluatedKey'],
      }),
    );
    const eventIds = (page.Items ?? []).map((item) => item.eventId?.S ?? '');
    return { eventIds, next: page.LastEvaluatedKey };
  }

  async read(eventIds: readonly string[]): Promise<Item[]> {
    const items: Item[] = [];
    let keys = eventIds.map(
      (eventId) => ({ eventId: { S: eventId } as const }) as Record<string, { S: string }>,
    );
    for (let attempt = 1; keys.length > 0; attempt++) {
      if (attempt > ATTEMPTS) throw new Error(`${keys.length} items were left over ${ATTEMPTS} times`);
      const { Responses, UnprocessedKeys } = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.table]: { Keys: keys, ConsistentRead: true } } }),
      );
      items.push(...((Responses?.[this.table] ?? []) as unknown as Item[]));
      keys = (UnprocessedKeys?.[this.table]?.Keys ?? []) as Record<string, { S: string }>[];
    }
    return items;
  }

  async mark(eventId: string, leaf: number): Promise<Marked> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateItemCommand({
          TableName: this.table,
          Key: { eventId: { S: eventId } },
          UpdateExpression: 'SET leaf = :leaf REMOVE unsealed',
          // No upsert, and one leaf only.
          ConditionExpression: 'attribute_exists(eventId) AND (attribute_not_exists(leaf) OR leaf = :leaf)',
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
