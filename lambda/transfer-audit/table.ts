/** A table in DynamoDB: reads that see what was written before, and writes on a condition. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../lib/runtime';

/** An item, or a part of one. */
export type Item = Record<string, AttributeValue>;

/** What sends commands to DynamoDB. */
export type Client = Pick<DynamoDBClient, 'send'>;

/** A client of the audit’s own. */
export function clientIn(region: string): Client {
  return new DynamoDBClient(clientSettings(region, { asksAgain: 'client', seconds: 5 }));
}

/** One table. */
export class Table {
  constructor(
    private readonly client: Client,
    private readonly name: string,
  ) {}

  /** The item with a key, as it is now. */
  async get(key: Item): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: this.name, Key: key, ConsistentRead: true });
    return (await this.client.send(command)).Item;
  }

  /** Writes an item, whatever was there. */
  async write(item: Item): Promise<void> {
    await this.client.send(new PutItemCommand({ TableName: this.name, Item: item }));
  }

  /**
   * Writes an item unless one with its key is there. Returns whether it is new: also where the client had to ask more than once and
   * then found one. That may be its own, of which the answer was lost, and what is told of a new item would be told never.
   * @param key the name of one of its key’s parts
   */
  async add(item: Item, key: string): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: this.name,
      Item: item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': key },
    });
    return whetherHeld(this.client.send(command), true);
  }

  /** Changes an item on a condition. Returns whether that held. */
  async update(
    key: Item,
    change: string,
    condition: string,
    values: Item,
    names: Record<string, string>,
  ): Promise<boolean> {
    const command = new UpdateItemCommand({
      TableName: this.name,
      Key: key,
      UpdateExpression: change,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    });
    return whetherHeld(this.client.send(command));
  }

  /** The items of a partition, or of an index, a page after the other. */
  async *query(
    query: { IndexName?: string; KeyConditionExpression: string },
    values: Item,
  ): AsyncIterable<Item> {
    const names = query.KeyConditionExpression.match(/#\w+/g) ?? [];
    let start: Item | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          ...query,
          TableName: this.name,
          ConsistentRead: query.IndexName === undefined,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])),
          ExpressionAttributeValues: values,
          ExclusiveStartKey: start,
        }),
      );
      yield* page.Items ?? [];
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}

/** Whether a write’s condition held. @param inDoubt whether it counts as held where an earlier attempt may have written */
async function whetherHeld(written: Promise<unknown>, inDoubt = false): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      return inDoubt && (error.$metadata.attempts ?? 1) > 1;
    throw error;
  }
}
