/** What an event that is not CloudFormation’s asks of the broker. */
import { EventError } from '../../lib/runtime';
import { brokerOrderIn } from '../../lib/wire';

/** What is to be done. */
export type Order =
  | { readonly kind: 'reconcile'; readonly dryRun: boolean }
  /** End the shares at once, whatever the list says, until that is lifted. */
  | { readonly kind: 'stop'; readonly shares: readonly SharePattern[]; readonly why: string | undefined }
  /** Let the list decide again. */
  | { readonly kind: 'lift'; readonly shares: readonly SharePattern[]; readonly why: string | undefined }
  /** End the sessions of the organisation’s own people. */
  | { readonly kind: 'end-sessions'; readonly why: string | undefined };

/** A share’s id, or `<12 hex>--*` for all of an agreement, `*--<recipient>` for all with a recipient, `*` for all. */
export type SharePattern = string;

const TAKES =
  'takes {}, { "dryRun": true }, { "stop": [<share id>, …] }, { "lift": [<share id>, …] }, { "endSessions": true }, or CloudFormation’s events';

/**
 * Reads an event: one of the above, or what EventBridge and its Scheduler send where they are given no input.
 * @throws EventError that says what it got, and what it takes.
 */
export function parseOrder(event: unknown): Order {
  if (isScheduled(event)) return { kind: 'reconcile', dryRun: false };
  const order = brokerOrderIn(event);
  if (order === undefined) throw new EventError(`${TAKES}; it got ${JSON.stringify(event)?.slice(0, 200)}`);
  if ('stop' in order) return { kind: 'stop', shares: order.stop, why: order.why };
  if ('lift' in order) return { kind: 'lift', shares: order.lift, why: order.why };
  if ('endSessions' in order) return { kind: 'end-sessions', why: order.why };
  return { kind: 'reconcile', dryRun: order.dryRun ?? false };
}

function isScheduled(event: unknown): boolean {
  if (typeof event !== 'object' || event === null || !('source' in event)) return false;
  return event.source === 'aws.scheduler' || event.source === 'aws.events';
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
