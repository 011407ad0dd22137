/** DynamoDB in memory, with the expressions that the audit and the notifier use: each item by its keys, conditions, an index, pages. */

/** A value with DynamoDB’s type. */
type Value = {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly SS?: readonly string[];
};
export type Item = { [name: string]: Value };

interface Input {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly IndexName?: string;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: { readonly [name: string]: string };
  readonly ExpressionAttributeValues?: Item;
  readonly ExclusiveStartKey?: Item;
}

/** An error of DynamoDB, by its name. */
export class DynamoError extends Error {
  constructor(override readonly name: string) {
    super(name);
  }
}

const KEYS: { readonly [table: string]: readonly string[] } = {
  'concordat-staging': ['eventId'],
  'concordat-transfers': ['object', 'mark'],
  'concordat-notices': ['reference'],
};
/** The most bytes of an item: its names and values. */
const MOST_ITEM_BYTES = 400 * 1024;
/** Small, so that every query of some items takes several pages. */
const PAGE = 2;

export class MemoryDynamo {
  readonly tables = new Map<string, Map<string, Item>>();
  /** How many writes are first refused as too many. */
  throttle = 0;

  table(name: string): Map<string, Item> {
    const table = this.tables.get(name) ?? new Map<string, Item>();
    this.tables.set(name, table);
    return table;
  }

  answer(action: string, input: Input): object {
    const table = this.table(input.TableName);
    if (action !== 'Query' && action !== 'GetItem' && this.throttle-- > 0)
      throw new DynamoError('ProvisionedThroughputExceededException');
    if (action === 'GetItem') return { Item: table.get(keyOf(input.TableName, input.Key)) };
    if (action === 'PutItem') return this.put(table, input);
    if (action === 'UpdateItem') return this.update(table, input);
    if (action === 'Query') return this.query(table, input);
    throw new DynamoError('UnknownOperationException');
  }

  private put(table: Map<string, Item>, input: Input): object {
    const key = keyOf(input.TableName, input.Item);
    check(input, table.get(key));
    checkSize(input.Item ?? {});
    table.set(key, input.Item ?? {});
    return {};
  }

  private update(table: Map<string, Item>, input: Input): object {
    const key = keyOf(input.TableName, input.Key);
    check(input, table.get(key));
    const item: Item = { ...input.Key, ...table.get(key) };
    const [, set = '', remove = ''] = /^SET (.*?)(?: REMOVE (.*))?$/.exec(input.UpdateExpression ?? '') ?? [];
    for (const [, name = '', value = ''] of set.matchAll(/(#\w+) = (:\w+)/g))
      item[named(input, name)] = valued(input, value);
    for (const [name] of remove.matchAll(/#\w+/g)) delete item[named(input, name)];
    checkSize(item);
    table.set(key, item);
    return {};
  }

  private query(table: Map<string, Item>, input: Input): object {
    const sort = input.IndexName ?? 'mark';
    const found = [...table.entries()]
      .filter(([, item]) => holds(input, input.KeyConditionExpression ?? '', item))
      .sort(([, a], [, b]) => compare(a[sort], b[sort]));
    const start = input.ExclusiveStartKey ? keyOf(input.TableName, input.ExclusiveStartKey) : undefined;
    const from = start === undefined ? 0 : found.findIndex(([key]) => key === start) + 1;
    const page = found.slice(from, from + PAGE).map(([, item]) => item);
    const last = page.at(-1);
    const keys = [...(KEYS[input.TableName] ?? []), ...(input.IndexName ? ['open', 'due'] : [])];
    const more = from + PAGE < found.length && last !== undefined;
    return {
      Items: page,
      ...(more && { LastEvaluatedKey: Object.fromEntries(keys.map((name) => [name, last[name]])) }),
    };
  }
}

function keyOf(table: string, item: Item | undefined): string {
  return (KEYS[table] ?? []).map((name) => item?.[name]?.S ?? '').join('\n');
}

function checkSize(item: Item): void {
  const bytes = Object.entries(item).reduce(
    (sum, [name, { S, N, B, SS = [] }]) =>
      sum + [name, S, N, B, ...SS].reduce((part, text = '') => part + Buffer.byteLength(text), 0),
    0,
  );
  if (bytes > MOST_ITEM_BYTES) throw new DynamoError('ValidationException');
}

function check(input: Input, item: Item | undefined): void {
  const { ConditionExpression: condition } = input;
  if (condition === undefined) return;
  const one = condition.split(' OR ').some((each) => holds(input, each, item ?? {}));
  if (!one) throw new DynamoError('ConditionalCheckFailedException');
}

/** Whether all comparisons of an expression hold. */
function holds(input: Input, expression: string, item: Item): boolean {
  return expression.split(' AND ').every((each) => {
    const [, absent] = /^attribute_not_exists\((#\w+)\)$/.exec(each) ?? [];
    if (absent !== undefined) return item[named(input, absent)] === undefined;
    const [, there] = /^attribute_exists\((#\w+)\)$/.exec(each) ?? [];
    if (there !== undefined) return item[named(input, there)] !== undefined;
    const [, name = '', operator = '', value = ''] = /^(#\w+) (=|<|<=) (:\w+)$/.exec(each) ?? [];
    const found = item[named(input, name)];
    if (found === undefined) return false;
    const order = compare(found, valued(input, value));
    return operator === '=' ? order === 0 : operator === '<' ? order < 0 : order <= 0;
  });
}

function named({ ExpressionAttributeNames }: Input, name: string): string {
  const found = ExpressionAttributeNames?.[name];
  if (found === undefined) throw new DynamoError('ValidationException');
  return found;
}

function valued({ ExpressionAttributeValues }: Input, name: string): Value {
  const found = ExpressionAttributeValues?.[name];
  if (found === undefined) throw new DynamoError('ValidationException');
  return found;
}

function compare(a: Value | undefined, b: Value | undefined): number {
  if (a?.N !== undefined && b?.N !== undefined) return Number(a.N) - Number(b.N);
  const [one, other] = [a?.S ?? '', b?.S ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}
