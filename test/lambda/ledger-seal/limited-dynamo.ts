/**
 * The staging table with DynamoDB’s limits per partition: 1,000 write units and 3,000 read units a second, of which an item
 * costs one for each KB written and one half for each 4 KB read from an index. A write that an index can’t take is refused
 * as a whole. Partitions are as a new table on demand has them, and do not split: the worst that may be.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 */
import { createHash } from 'node:crypto';
import {
  type AttributeValue,
  BatchGetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

/** A table on demand begins with 4,000 write units: four partitions, and as many of each index. */
const PARTITIONS = 4;
const WRITES = 1_000;
const READS = 3_000;

/** How the index is laid out. */
export interface IndexLayout {
  readonly partition: string;
  readonly sort: string;
  readonly keysOnly: boolean;
  /** The one value of the partition key, where items are not spread. */
  readonly value?: string;
}

class Throttled extends Error {
  override readonly name = 'ProvisionedThroughputExceededException';
}

export class LimitedDynamo {
  readonly rows = new Map<string, Item>();
  readonly #index = new Map<string, string[]>();
  readonly #used = new Map<string, number>();
  throttled = 0;

  constructor(private readonly layout: IndexLayout) {}

  /** The next second begins. */
  tick(): void {
    this.#used.clear();
  }

  /** Instead of a client. */
  async send(command: unknown): Promise<object> {
    if (command instanceof PutItemCommand) return this.#put(command.input.Item ?? {});
    if (command instanceof UpdateItemCommand) return this.#mark(command.input);
    if (command instanceof BatchGetItemCommand) {
      const [[table, asked]] = Object.entries(command.input.RequestItems ?? {}) as [
        [string, { readonly Keys?: readonly Item[] }],
      ];
      const found = (asked.Keys ?? []).map((key) => this.rows.get(key.eventId?.S ?? ''));
      return { Responses: { [table]: found.filter((item) => item !== undefined) } };
    }
    if (command instanceof QueryCommand) return this.#query(command.input);
    throw new TypeError('the model knows no such command');
  }

  #put(given: Item): object {
    const { partition, value } = this.layout;
    const item = value === undefined ? given : { ...given, [partition]: { S: value } };
    const id = item.eventId?.S ?? '';
    if (this.rows.has(id)) throw new Error('it is put once');
    this.#write(id, item, item);
    this.rows.set(id, item);
    this.#under(item).push(id);
    return {};
  }

  #mark({ Key, ExpressionAttributeValues }: UpdateItemCommand['input']): object {
    const id = Key?.eventId?.S ?? '';
    const item = this.rows.get(id) ?? {};
    this.#write(id, item, item);
    const list = this.#under(item);
    list.splice(list.indexOf(id), 1);
    const { [this.layout.partition]: _, ...rest } = item;
    this.rows.set(id, { ...rest, leaf: ExpressionAttributeValues?.[':leaf'] ?? { N: '0' } });
    return {};
  }

  #query({ ExpressionAttributeValues, ExclusiveStartKey, Limit = 100 }: QueryCommand['input']): object {
    const value = ExpressionAttributeValues?.[':unsealed']?.S ?? '';
    const ids = this.#index.get(value) ?? [];
    const start = ExclusiveStartKey ? ids.indexOf(ExclusiveStartKey.eventId?.S ?? '') + 1 : 0;
    const page = ids.slice(start, start + Limit);
    this.#take(`read ${hashOf(value)}`, page.length / 2 + 1, READS);
    const last = page.at(-1);
    return {
      Items: page.map((id) => this.rows.get(id) ?? {}),
      ...(start + Limit < ids.length && last !== undefined && { LastEvaluatedKey: { eventId: { S: last } } }),
    };
  }

  /** Both or neither. */
  #write(id: string, item: Item, indexed: Item): void {
    const value = indexed[this.layout.partition]?.S ?? '';
    const costs = [
      [`table ${hashOf(id)}`, unitsOf(item)],
      [`index ${hashOf(value)}`, this.layout.keysOnly ? 1 : unitsOf(item)],
    ] as const;
    for (const [partition, units] of costs)
      if ((this.#used.get(partition) ?? 0) + units > WRITES) {
        this.throttled += 1;
        throw new Throttled();
      }
    for (const [partition, units] of costs) this.#take(partition, units, WRITES);
  }

  #take(partition: string, units: number, most: number): void {
    const used = (this.#used.get(partition) ?? 0) + units;
    if (used > most) {
      this.throttled += 1;
      throw new Throttled();
    }
    this.#used.set(partition, used);
  }

  #under(item: Item): string[] {
    const value = item[this.layout.partition]?.S ?? '';
    const list = this.#index.get(value) ?? [];
    this.#index.set(value, list);
    return list;
  }
}

function hashOf(key: string): number {
  return (createHash('sha256').update(`partition of ${key}`).digest()[0] ?? 0) % PARTITIONS;
}

function unitsOf(item: Item): number {
  const bytes = Object.entries(item).reduce(
    (sum, [name, value]) =>
      sum + name.length + (value.S?.length ?? 0) + (value.B?.length ?? 0) + (value.SS?.join('').length ?? 0),
    0,
  );
  return Math.ceil(bytes / 1_024);
}
