/** What an event means for the zone, by the register of its day. */
import type { Exchange } from './exchange';
import { interpretCalls, isCall } from './interpret-calls';
import { interpretKeys, isKeyEvent } from './interpret-keys';
import { interpretObjects, isObjectEvent } from './interpret-objects';
import { interpretOwn, isOwnChange } from './interpret-own';
import { interpretPolicies, isPolicyEvent } from './interpret-policies';
import type { Meaning } from './meaning';
import type { TrailEvent } from './record';

/**
 * Errors by which a caller was refused. Any other failure (no such key, a broken connection) moved no data and refused no
 * one, so it does not enter the ledger.
 */
const REFUSALS = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'InvalidAccessKeyId',
  'InvalidObjectState',
  'SignatureDoesNotMatch',
  'KMS.DisabledException',
  'DisabledException',
  'KMSInvalidStateException',
]);

/** Whether events of this source and name are interpreted at all. */
export function isInterpreted(source: string, name: string): boolean {
  if (source === 'kms.amazonaws.com') return isKeyEvent(name);
  if (source === 'lambda.amazonaws.com') return isCall(name);
  if (isOwnChange(source, name)) return true;
  return source === 's3.amazonaws.com' && (isObjectEvent(name) || isPolicyEvent(name));
}

/**
 * What an event means: nothing, or one meaning, or more for a copy, which is a read and a deposit at once, and for a
 * deletion of several objects.
 *
 * Not every refusal is seen. CloudTrail logs a refused call from another account in the caller’s account only. A member’s
 * attempt is seen, because the organisation trail logs it there, by the bucket’s name. An attempt from outside the AWS
 * organisation is not. A call that succeeds is in the owner’s log too, from any caller.
 */
export function interpret(event: TrailEvent, exchange: Exchange): Meaning[] {
  if (event.errorCode !== undefined && !REFUSALS.has(event.errorCode)) return [];
  if (event.source === 'kms.amazonaws.com') return interpretKeys(event, exchange);
  if (event.source === 'lambda.amazonaws.com') return interpretCalls(event, exchange);
  if (isOwnChange(event.source, event.name)) return interpretOwn(event, exchange);
  return isPolicyEvent(event.name) ? interpretPolicies(event, exchange) : interpretObjects(event, exchange);
}
