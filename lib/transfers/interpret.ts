/** What an event means for the zone, by the register of its day. */
import type { Exchange } from './exchange';
import { interpretCalls, isCall } from './interpret-calls';
import { interpretChange, mayChange } from './interpret-changes';
import { interpretKeys, isKeyEvent } from './interpret-keys';
import { interpretObjects, isObjectEvent } from './interpret-objects';
import { interpretOwn, isOwnChange } from './interpret-own';
import { interpretPage } from './interpret-page';
import { interpretPolicies, isPolicyEvent } from './interpret-policies';
import type { Meaning } from './meaning';
import type { TrailEvent } from './record';

/**
 * Errors by which a caller was refused. Any other failure (no such key, a broken connection) moved no data and refused no
 * one, so it does not enter the ledger.
 * @internal Only tests import it.
 */
export const REFUSALS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'InvalidAccessKeyId',
  'InvalidObjectState',
  'SignatureDoesNotMatch',
  'DisabledException',
  'KMSInvalidStateException',
]);
/** What S3 puts before the error where KMS refused: a caller of KMS itself gets the same error without. */
const OF_KMS = /^KMS\./;

function isRefusal(errorCode: string): boolean {
  return REFUSALS.has(errorCode.replace(OF_KMS, ''));
}

/** Whether events of this source and name are interpreted at all. */
export function isInterpreted(source: string, name: string): boolean {
  return interpreterOf(source, name) !== undefined;
}

type Interpreter = (event: TrailEvent, exchange: Exchange) => Meaning[];

function interpreterOf(source: string, name: string): Interpreter | undefined {
  if (source === 'kms.amazonaws.com' && isKeyEvent(name)) return interpretKeys;
  if (source === 'lambda.amazonaws.com') return isCall(name) ? interpretCalls : undefined;
  if (isOwnChange(source, name)) return interpretOwn;
  if (source === 's3.amazonaws.com' && isPolicyEvent(name)) return interpretPolicies;
  if (source === 's3.amazonaws.com' && isObjectEvent(name)) return interpretObjects;
  return mayChange(source, name) ? interpretChange : undefined;
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
  if (event.errorCode !== undefined && !isRefusal(event.errorCode)) return [];
  const interpreter = interpreterOf(event.source, event.name);
  if (interpreter === undefined) return [];
  return interpretPage(event, exchange) ?? interpreter(event, exchange);
}
