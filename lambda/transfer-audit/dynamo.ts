/**
 * The tables in DynamoDB: the ledger’s staging table, and that of transfers (lib/names/tables.ts). Beside the marks of objects
 * the latter keeps notes under names that no object has: they begin with `#`. What is not over has no time to live.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { STAGING, TRANSFERS } from '../../lib/names';
import { clientSettings } from '../../lib/runtime';
import { markKeyOf } from '../../lib/transfers';
import {
  type DepositMark,
  type IndexVersion,
  indexVersionsText,
  type Mark,
  markText,
  parseIndexVersions,
  parseMark,
  type StagedEntry,
  spreadValue,
  spreadValues,
  stagedItem,
} from '../../lib/wire';
import { chaptersOf, VERSIONS_IN_A_CHAPTER } from './history-chapters';
import type { Due, IndexHistory, NotedChain, Notes, OpenGap, Staging, Transfers } from './ports';

type Item = Record<string, AttributeValue>;

/** How the values of the index’s partition key begin. */
const OPEN = 'open';
const HISTORY = keyOf('#register', 'history');
/** The key of an earlier part of the history, from 0. */
const chapterKey = (chapter: number) => keyOf('#register', `history#${chapter}`);
const CHAINS = '#chains';
const GAPS = '#gaps';
const OF_OBJECT = `#${TRANSFERS.partition} = :object`;

/** The names of the tables. */
export interface Tables {
  readonly stagingTable: string;
  readonly transfersTable: string;
}

/** Both tables. */
export class Dynamo implements Staging, Transfers, Notes {
  /** Chapters of the history that are full: nothing of them changes any more. */
  private readonly chapters: (readonly IndexVersion[])[] = [];

  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly tables: Tables,
  ) {}

  /** With a client of its own. */
  static of(region: string, tables: Tables): Dynamo {
    return new Dynamo(
      new DynamoDBClient(clientSettings(region, { asksAgain: 'client', seconds: 5 })),
      tables,
    );
  }

  async stage(entry: StagedEntry): Promise<boolean> {
    return this.put(this.tables.stagingTable, { ...stagedItem(entry) }, STAGING.partition);
  }

  async keep(object: string, mark: Mark, moment: number): Promise<void> {
    const item: Item = { ...keyOf(object, markKeyOf(mark)), ...itemOf(mark) };
    if (mark.kind === 'deposited') {
      item[TRANSFERS.due.partition] = { S: spreadValue(OPEN, object) };
      item[TRANSFERS.due.sort] = { N: String(moment) };
    } else item[TRANSFERS.expires] = { N: String(Math.ceil(moment / 1000)) };
    await this.put(this.tables.transfersTable, item, TRANSFERS.sort);
  }

  async marksOf(object: string): Promise<Mark[]> {
    const marks: Mark[] = [];
    for await (const item of this.query({ KeyConditionExpression: OF_OBJECT }, { ':object': { S: object } }))
      marks.push(markIn(item));
    return marks;
  }

  async *dueBy(now: number): AsyncIterable<Due> {
    const { name: IndexName, partition, sort } = TRANSFERS.due;
    const query = { IndexName, KeyConditionExpression: `#${partition} = :open AND #${sort} <= :now` };
    for (const open of spreadValues(OPEN))
      for await (const item of this.query(query, { ':open': { S: open }, ':now': { N: String(now) } }))
        yield { ...nameIn(item), due: Number(item[sort]?.N) };
  }

  async lookAgain({ object, mark, due }: Due, next: number | undefined, expires: number): Promise<void> {
    const over = next === undefined;
    await this.update(
      keyOf(object, mark),
      over ? 'SET #expires = :value REMOVE #open, #due' : 'SET #due = :value',
      '#due = :due',
      { ':value': { N: String(over ? Math.ceil(expires / 1000) : next) }, ':due': { N: String(due) } },
      {
        '#due': TRANSFERS.due.sort,
        ...(over && { '#expires': TRANSFERS.expires, '#open': TRANSFERS.due.partition }),
      },
    );
  }

  async reopen(object: string, deposit: DepositMark, due: number): Promise<void> {
    await this.update(
      keyOf(object, markKeyOf(deposit)),
      'SET #due = :value, #open = :open REMOVE #expires',
      'attribute_exists(#mark) AND attribute_not_exists(#due)',
      { ':value': { N: String(due) }, ':open': { S: spreadValue(OPEN, object) } },
      {
        '#due': TRANSFERS.due.sort,
        '#open': TRANSFERS.due.partition,
        '#expires': TRANSFERS.expires,
        '#mark': TRANSFERS.sort,
      },
    );
  }

  async readHistory(): Promise<IndexHistory> {
    const item = await this.get(HISTORY);
    const text = item?.versions?.S;
    const newest = text === undefined ? [] : parseIndexVersions(text);
    const earlier: IndexVersion[] = [];
    for (let chapter = 0; chapter < Number(item?.chapters?.N ?? 0); chapter++)
      earlier.push(...(await this.chapter(chapter)));
    return {
      versions: [...earlier, ...newest],
      told: Number(item?.told?.N ?? 0),
      revision: Number(item?.revision?.N ?? 0),
    };
  }

  async writeHistory({ versions, told, revision }: IndexHistory): Promise<boolean> {
    const { full, newest } = chaptersOf(versions);
    for (const [chapter, whole] of full.entries()) await this.writeChapter(chapter, whole);
    return this.update(
      HISTORY,
      'SET #versions = :versions, #chapters = :chapters, #told = :told, #revision = :revision',
      revision === 1 ? 'attribute_not_exists(#revision)' : '#revision = :before',
      {
        ':versions': { S: indexVersionsText(newest) },
        ':chapters': { N: String(full.length) },
        ':told': { N: String(told) },
        ':revision': { N: String(revision) },
        ...(revision > 1 && { ':before': { N: String(revision - 1) } }),
      },
      { '#versions': 'versions', '#chapters': 'chapters', '#told': 'told', '#revision': 'revision' },
    );
  }

  private async chapter(chapter: number): Promise<readonly IndexVersion[]> {
    const known = this.chapters[chapter];
    if (known) return known;
    const item = await this.get(chapterKey(chapter));
    const versions = parseIndexVersions(item?.versions?.S ?? '[]');
    if (versions.length !== VERSIONS_IN_A_CHAPTER)
      throw new Error(
        `chapter ${chapter} of the history of the register has ${versions.length} versions of ${VERSIONS_IN_A_CHAPTER}: restore the table concordat-transfers to a moment at which it was in order`,
      );
    this.chapters[chapter] = versions;
    return versions;
  }

  /** Before the history counts on it. All that stands in a full chapter was in the history already, so two that write it write the same. */
  private async writeChapter(chapter: number, versions: readonly IndexVersion[]): Promise<void> {
    if (this.chapters[chapter]) return;
    const Item = { ...chapterKey(chapter), versions: { S: indexVersionsText(versions) } };
    await this.client.send(new PutItemCommand({ TableName: this.tables.transfersTable, Item }));
    this.chapters[chapter] = versions;
  }

  async readLogFile(bucket: string, key: string): Promise<string | undefined> {
    return (await this.get(logFileKey(bucket, key)))?.sha256?.S;
  }

  async noteLogFile(bucket: string, key: string, sha256: string, expires: number): Promise<void> {
    const item = {
      ...logFileKey(bucket, key),
      sha256: { S: sha256 },
      [TRANSFERS.expires]: { N: String(Math.ceil(expires / 1000)) },
    };
    await this.client.send(new PutItemCommand({ TableName: this.tables.transfersTable, Item: item }));
  }

  async noteChain(chain: string, region: string, end: string, stood?: number): Promise<void> {
    await this.update(
      keyOf(CHAINS, chain),
      `SET #end = :end, #region = :region${stood === undefined ? '' : ', #stood = :stood'}`,
      'attribute_not_exists(#end) OR #end < :end',
      {
        ':end': { S: end },
        ':region': { S: region },
        ...(stood !== undefined && { ':stood': { N: String(stood) } }),
      },
      { '#end': 'end', '#region': 'region', ...(stood !== undefined && { '#stood': 'stood' }) },
    );
  }

  async chainEnd(chain: string): Promise<string | undefined> {
    return (await this.get(keyOf(CHAINS, chain)))?.end?.S;
  }

  async chains() {
    const chains: NotedChain[] = [];
    for await (const item of this.query({ KeyConditionExpression: OF_OBJECT }, { ':object': { S: CHAINS } }))
      chains.push({
        chain: nameIn(item).mark,
        region: item.region?.S ?? '',
        end: item.end?.S ?? '',
        stood: item.stood?.N === undefined ? undefined : Number(item.stood.N),
      });
    return chains;
  }

  async noteGap(digest: string, { chain, region, from, until }: OpenGap): Promise<void> {
    const Item = {
      ...keyOf(GAPS, digest),
      ...{ chain: { S: chain }, region: { S: region }, from: { S: from }, until: { S: until } },
    };
    await this.client.send(new PutItemCommand({ TableName: this.tables.transfersTable, Item }));
  }

  async closeGap(digest: string, expires: number): Promise<void> {
    await this.update(
      keyOf(GAPS, digest),
      'SET #expires = :value',
      'attribute_exists(#mark)',
      { ':value': { N: String(Math.ceil(expires / 1000)) } },
      { '#expires': TRANSFERS.expires, '#mark': TRANSFERS.sort },
    );
  }

  async gapOf(digest: string): Promise<OpenGap | undefined> {
    return openGapIn(await this.get(keyOf(GAPS, digest)));
  }

  async gaps(): Promise<OpenGap[]> {
    const gaps: OpenGap[] = [];
    for await (const item of this.query({ KeyConditionExpression: OF_OBJECT }, { ':object': { S: GAPS } })) {
      const gap = openGapIn(item);
      if (gap !== undefined) gaps.push(gap);
    }
    return gaps;
  }

  private async get(key: Item): Promise<Item | undefined> {
    const command = new GetItemCommand({
      TableName: this.tables.transfersTable,
      Key: key,
      ConsistentRead: true,
    });
    return (await this.client.send(command)).Item;
  }

  /** Returns whether the item is new. */
  private async put(table: string, item: Item, key: string): Promise<boolean> {
    return this.unlessRefused(
      new PutItemCommand({
        TableName: table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': key },
      }),
    );
  }

  /** Returns whether the condition held. */
  private async update(
    key: Item,
    change: string,
    condition: string,
    values: Item,
    names: Record<string, string>,
  ) {
    return this.unlessRefused(
      new UpdateItemCommand({
        TableName: this.tables.transfersTable,
        Key: key,
        UpdateExpression: change,
        ConditionExpression: condition,
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

  private async *query(
    query: { IndexName?: string; KeyConditionExpression: string },
    values: Item,
  ): AsyncIterable<Item> {
    const names = [...query.KeyConditionExpression.matchAll(/#(\w+)/g)].map(([name, bare]) => [
      name,
      bare ?? '',
    ]);
    let start: Item | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          ...query,
          TableName: this.tables.transfersTable,
          ConsistentRead: query.IndexName === undefined,
          ExpressionAttributeNames: Object.fromEntries(names) as Record<string, string>,
          ExpressionAttributeValues: values,
          ExclusiveStartKey: start,
        }),
      );
      yield* page.Items ?? [];
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}

/** The key of an item: an object and its mark, or a note and which. */
function keyOf(object: string, mark: string): Item {
  return { [TRANSFERS.partition]: { S: object }, [TRANSFERS.sort]: { S: mark } };
}

/** Undefined for one that was closed. */
function openGapIn(item: Item | undefined): OpenGap | undefined {
  if (item === undefined || item[TRANSFERS.expires] !== undefined) return undefined;
  const { chain, region, from, until } = item;
  return { chain: chain?.S ?? '', region: region?.S ?? '', from: from?.S ?? '', until: until?.S ?? '' };
}

function nameIn(item: Item): { readonly object: string; readonly mark: string } {
  return { object: item[TRANSFERS.partition]?.S ?? '', mark: item[TRANSFERS.sort]?.S ?? '' };
}

function logFileKey(bucket: string, key: string) {
  return keyOf(`#log-file/${bucket}/${key}`, 'taken-in');
}

/** A mark is kept as it is; its time, kind and id are also in its key. */
function itemOf(mark: Mark): Item {
  return { about: { S: markText(mark) } };
}

function markIn({ object, mark, about }: Item): Mark {
  return parseMark(about?.S, `${object?.S ?? 'no object'} at ${mark?.S ?? 'no time'}`);
}
