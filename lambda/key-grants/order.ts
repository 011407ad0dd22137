/** What an event that is not CloudFormation’s asks of the broker. */
import { EventError } from '../../lib/runtime';

/** What is to be done. */
export type Order =
  | { readonly kind: 'reconcile'; readonly dryRun: boolean }
  /** End the shares at once, whatever the list says, until that is lifted. */
  | { readonly kind: 'stop'; readonly shares: readonly SharePattern[] }
  /** Let the list decide again. */
  | { readonly kind: 'lift'; readonly shares: readonly SharePattern[] };

/** A share’s id, or `<12 hex>--*` for all of an agreement, `*--<recipient>` for all with a recipient, `*` for all. */
export type SharePattern = string;

/** More shares in one event would not fit into an invocation. */
const MOST_SHARES = 5_000;
const TAKES =
  'takes {}, { "dryRun": true }, { "stop": [<share id>, …] }, { "lift": [<share id>, …] }, or CloudFormation’s events';
/** The agreement, the recipient, or both may be any. */
const PATTERN = /^(?:\*|(?:[0-9a-f]{12}|\*)--(?:\*|[a-z0-9](?:-?[a-z0-9]){0,23}))$/;

/**
 * Reads an event: one of the above, or what EventBridge and its Scheduler send where they are given no input.
 * @throws EventError that says what it got, and what it takes.
 */
export function parseOrder(event: unknown): Order {
  const fault = new EventError(`${TAKES}; it got ${JSON.stringify(event)?.slice(0, 200)}`);
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw fault;
  const { source, ...fields } = event as Record<string, unknown>;
  if (source === 'aws.scheduler' || source === 'aws.events') return { kind: 'reconcile', dryRun: false };
  if (source !== undefined) throw fault;
  const [entry, ...more] = Object.entries(fields);
  if (more.length > 0) throw fault;
  if (entry === undefined) return { kind: 'reconcile', dryRun: false };
  const [name, value] = entry;
  if (name === 'dryRun' && typeof value === 'boolean') return { kind: 'reconcile', dryRun: value };
  if ((name === 'stop' || name === 'lift') && arePatterns(value)) return { kind: name, shares: value };
  throw fault;
}

/** Whether a share’s id is meant by one of the patterns. */
export function isMeant(share: string, patterns: readonly SharePattern[]): boolean {
  const [agreement = '', recipient = ''] = share.split('--');
  return patterns.some((pattern) => {
    if (pattern === '*') return true;
    const [ofAgreement, withRecipient] = pattern.split('--');
    return (
      (ofAgreement === '*' || ofAgreement === agreement) &&
      (withRecipient === '*' || withRecipient === recipient)
    );
  });
}

function arePatterns(value: unknown): value is SharePattern[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_SHARES &&
    value.every((each) => typeof each === 'string' && each.length <= 64 && PATTERN.test(each))
  );
}
