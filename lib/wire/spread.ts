/**
 * Values of an index’s partition key. DynamoDB takes 1,000 write units a second in one partition, and an index that is
 * throttled throttles its whole table: under one value, the writes of one busy account would hold up those of all.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
import { createHash } from 'node:crypto';

/** How many values: 16,000 writes of small items a second. */
const VALUES = 16;

/** The value for one item, by its key: the same each time, and as many items under each. */
export function spreadValue(word: string, key: string): string {
  const [byte = 0] = createHash('sha256').update(key).digest();
  return `${word}-${(byte % VALUES).toString(16)}`;
}

/** Every value that there may be: the word alone is of items from before they were spread. */
export function spreadValues(word: string): readonly string[] {
  return [word, ...Array.from({ length: VALUES }, (_, n) => `${word}-${n.toString(16)}`)];
}
