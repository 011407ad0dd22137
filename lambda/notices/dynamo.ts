/** The tables in DynamoDB: that of transfers, which the notifier only looks at, and its own of notices (lib/names/tables.ts). */
import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { NOTICES, TRANSFERS } from '../../lib/names';
import { clientSettings, described } from '../../lib/runtime';
import { type Mark, parseMark, spreadValues } from '../../lib/wire';
import type { Ending, Notice, Notices, Transfers, Unreadable, Unsent } from './ports';
import { noticeIn, noticeText } from './stored';

type Item = Record<string, AttributeValue>;

/** How the values of the partition keys of the indexes begin. */
const OPEN = 'open';
const UNSENT = 'unsent';
/** The ending of what may be kept anew. */
const UNTRUE: Ending = 'untrue';
/** How long the reference of a notice is kept after it came about, in milliseconds: longer than its transfer is looked at. */
const KEPT = 400 * 86_400_000;

/** Both tables. */
export class Dynamo implements Transfers, Notices {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly tables: { readonly transfersTable: string; readonly noticesTable: string },
  ) {}

  /** With a client of its own. */
  static of(region: string, tables: Dynamo['tables']): Dynamo {
    return new Dynamo(
      new DynamoDBClient(clientSettings(region, { asksAgain: 'client', seconds: 5 })),
      tables,
    );
  }

  async *open(turn: number): AsyncIterable<{ object: string; mark: string }> {
    const { name: IndexName, partition } = TRANSFERS.due;
    const of = { TableName: this.tables.transfersTable, IndexName };
    const values = spreadValues(OPEN);
    const first = turn % values.length;
    for (const value of [...values.slice(first), ...values.slice(0, first)])
      for await (const item of this.query({ ...of, partition, value }))
        yield {
          object: item[TRANSFERS.partition]?.S ?? '',
          mark: item[TRANSFERS.sort]?.S ?? '',
        };
  }

  async marksOf(object: string): Promise<Mark[]> {
    const marks: Mark[] = [];
    const of = { TableName: this.tables.transfersTable, partition: TRANSFERS.partition };
    for await (const { about, mark } of this.query({ ...of, value: object }))
      marks.push(parseMark(about?.S, `an object at ${mark?.S ?? 'no time'}`));
    return marks;
  }

  async keep(notice: Notice): Promise<void> {
    // A look costs half of what a refused write does, and nearly all are there: each run finds them due again.
    const of = { TableName: this.tables.noticesTable, partition: NOTICES.partition };
    for await (const { ending } of this.query({ ...of, value: notice.reference }))
      if (ending?.S !== UNTRUE) return;
    await this.unlessRefused(
      new PutItemCommand({
        TableName: this.tables.noticesTable,
        Item: {
          [NOTICES.partition]: { S: notice.reference },
          about: { S: noticeText(notice) },
          taken: { N: '0' },
          [NOTICES.unsent.partition]: { S: UNSENT },
          [NOTICES.unsent.sort]: { N: String(notice.due) },
          [NOTICES.expires]: { N: String(Math.ceil((notice.due + KEPT) / 1000)) },
        },
        ConditionExpression: 'attribute_not_exists(#reference) OR #ending = :untrue',
        ExpressionAttributeNames: { '#reference': NOTICES.partition, '#ending': 'ending' },
        ExpressionAttributeValues: { ':untrue': { S: UNTRUE } },
      }),
    );
  }

  async *unsent(): AsyncIterable<Unsent | Unreadable> {
    const { name: IndexName, partition } = NOTICES.unsent;
    const of = { TableName: this.tables.noticesTable, IndexName, partition, value: UNSENT };
    for await (const { reference: { S: reference = '' } = {}, about, taken, refused } of this.query(of)) {
      const takenUntil = Number(taken?.N ?? 0);
      yield { takenUntil, refused: Number(refused?.N ?? 0), ...readable(about?.S, reference) };
    }
  }

  async take(
    { reference, takenUntil }: Pick<Unsent, 'reference' | 'takenUntil'>,
    until: number,
  ): Promise<boolean> {
    return this.update(reference, {
      UpdateExpression: 'SET #taken = :until, #by = :by',
      // Where the answer was lost, the client asks again and finds its own taking: without this one, nobody would send it.
      ConditionExpression:
        'attribute_exists(#unsent) AND #taken = :before OR attribute_exists(#unsent) AND #by = :by',
      names: { '#taken': 'taken', '#by': 'by', '#unsent': NOTICES.unsent.partition },
      values: {
        ':until': { N: String(until) },
        ':before': { N: String(takenUntil) },
        ':by': { S: randomUUID() },
      },
    });
  }

  async giveBack(reference: string, until: number, refused: number): Promise<void> {
    await this.update(reference, {
      UpdateExpression: 'SET #taken = :none, #refused = :refused',
      ConditionExpression: '#taken = :until',
      names: { '#taken': 'taken', '#refused': 'refused' },
      values: {
        ':none': { N: '0' },
        ':until': { N: String(until) },
        ':refused': { N: String(refused) },
      },
    });
  }

  async end(reference: string, ending: Ending): Promise<void> {
    await this.update(reference, {
      UpdateExpression: 'SET #ending = :ending REMOVE #unsent, #due',
      ConditionExpression: 'attribute_exists(#reference)',
      names: {
        '#ending': 'ending',
        '#unsent': NOTICES.unsent.partition,
        '#due': NOTICES.unsent.sort,
        '#reference': NOTICES.partition,
      },
      values: { ':ending': { S: ending } },
    });
  }

  /** Returns whether the condition held. */
  private update(
    reference: string,
    {
      names,
      values,
      ...expressions
    }: {
      readonly UpdateExpression: string;
      readonly ConditionExpression: string;
      readonly names: Record<string, string>;
      readonly values: Item;
    },
  ): Promise<boolean> {
    return this.unlessRefused(
      new UpdateItemCommand({
        ...expressions,
        TableName: this.tables.noticesTable,
        Key: { [NOTICES.partition]: { S: reference } },
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      }),
    );
  }

  private async unlessRefused(command: PutItemCommand | UpdateItemCommand): Promise<boolean> {
    try {
      await (this.client as DynamoDBClient).send(command as PutItemCommand);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  private async *query({
    partition,
    value,
    ...of
  }: {
    readonly TableName: string;
    readonly IndexName?: string;
    readonly partition: string;
    readonly value: string;
  }): AsyncIterable<Item> {
    let start: Item | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          ...of,
          ConsistentRead: of.IndexName === undefined,
          KeyConditionExpression: '#partition = :value',
          ExpressionAttributeNames: { '#partition': partition },
          ExpressionAttributeValues: { ':value': { S: value } },
          ExclusiveStartKey: start,
        }),
      );
      yield* page.Items ?? [];
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}

/** One that cannot be read holds up no other. */
function readable(about: string | undefined, reference: string): Notice | Omit<Unreadable, 'takenUntil'> {
  try {
    return noticeIn(about, reference);
  } catch (error) {
    return { reference, unreadable: described(error) };
  }
}
