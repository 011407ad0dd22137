/** What an event means for the zone, by the register of its day. */
import type { Exchange } from './exchange';
import type { Finding } from './finding';
import { isKeyEvent, judgeKeys } from './judge-keys';
import { isObjectEvent, judgeObjects } from './judge-objects';
import { isPolicyEvent, judgePolicies } from './judge-policies';
import type { TrailEvent } from './record';

/**
 * Errors by which a caller was refused. Whatever else fails (no such key, a broken connection) moved no data, and nobody
 * was refused: it is no event of the ledger.
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

/** Whether events of this source and name are judged at all. */
export function isJudged(source: string, name: string): boolean {
  if (source === 'kms.amazonaws.com') return isKeyEvent(name);
  return source === 's3.amazonaws.com' && (isObjectEvent(name) || isPolicyEvent(name));
}

/**
 * What an event means: nothing, or one finding, or more for a copy, which is a read and a deposit at once, and for a
 * deletion of several objects.
 *
 * Mind what refusals can show. A refused call from another account is in the log of the caller’s account alone: the attempt
 * of a member is seen, since the organisation trail logs it there, by the bucket’s name; that of an account outside the AWS
 * organisation is not. A call that succeeds is in the owner’s log too, whoever makes it.
 */
export function judge(event: TrailEvent, exchange: Exchange): Finding[] {
  if (event.errorCode !== undefined && !REFUSALS.has(event.errorCode)) return [];
  if (event.source === 'kms.amazonaws.com') return judgeKeys(event, exchange);
  return isPolicyEvent(event.name) ? judgePolicies(event, exchange) : judgeObjects(event, exchange);
}
