/** What S3 itself deletes of the present versions in a bucket, by the bucket’s rules. */
import { isGroup } from './stack';

/** One rule that is switched on and deletes. */
export interface Deletion {
  /** Of the names that it is about; empty where it is about all. */
  readonly prefix: string;
  /** The agreement whose objects alone it is about, where it is about those of one. */
  readonly agreement?: string;
  /** From the beginning of which day, in UTC; absent where it goes by the age of each object. */
  readonly from?: string;
}

/** Every one, in the order of the template. */
export function deletionsIn(properties: Readonly<Record<string, unknown>>): readonly Deletion[] {
  return rulesIn(properties).flatMap((rule) => deletionBy(rule) ?? []);
}

/** The properties of a bucket without the rules that delete what one agreement shared on a day. */
export function withoutCopiesRules(
  properties: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { LifecycleConfiguration: lifecycle } = properties;
  if (!isGroup(lifecycle)) return properties;
  const Rules = rulesIn(properties).filter((rule) => !isOfCopies(deletionBy(rule)));
  return { ...properties, LifecycleConfiguration: { ...lifecycle, Rules } };
}

/** Whether a rule deletes what one agreement shared, on a day. */
export function isOfCopies(
  deletion: Deletion | undefined,
): deletion is Deletion & { readonly agreement: string; readonly from: string } {
  return deletion?.agreement !== undefined && deletion.from !== undefined;
}

function rulesIn({
  LifecycleConfiguration: lifecycle,
}: Readonly<Record<string, unknown>>): readonly unknown[] {
  return isGroup(lifecycle) && Array.isArray(lifecycle.Rules) ? lifecycle.Rules : [];
}

/** All that a rule of one agreement’s copies has. With anything else it does something else as well. */
const OF_COPIES = new Set(['Id', 'Status', 'Prefix', 'ExpirationDate']);

function deletionBy(rule: unknown): Deletion | undefined {
  if (!isGroup(rule) || rule.Status !== 'Enabled') return undefined;
  const { ExpirationDate: date, ExpirationInDays: days, Prefix } = rule;
  if (date === undefined && days === undefined) return undefined;
  const prefix = typeof Prefix === 'string' ? Prefix : '';
  const isPlain = Object.keys(rule).every((name) => OF_COPIES.has(name));
  const [, agreement] = isPlain ? (/^agreements\/([^/]+)\/$/.exec(prefix) ?? []) : [];
  const [, from] = /^(\d{4}-\d\d-\d\d)T00:00:00(?:\.000)?Z$/.exec(String(date)) ?? [];
  return { prefix, ...(agreement !== undefined && { agreement }), ...(from !== undefined && { from }) };
}
