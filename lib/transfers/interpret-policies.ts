/** Interprets changes of what guards objects: policies and settings of buckets, and access points. */
import type { Exchange } from './exchange';
import { textOf } from './fields';
import type { Meaning, Reason } from './meaning';
import type { TrailEvent } from './record';
import { s3TargetOf } from './s3-target';

/** Calls that change who may read, or where what is read goes. */
const POLICY_EVENTS = new Set([
  'CreateAccessPoint',
  'DeleteAccessPoint',
  'PutAccessPointPolicy',
  'DeleteAccessPointPolicy',
  'PutAccessPointPublicAccessBlock',
  'CreateBucket',
  'DeleteBucket',
  'PutBucketPolicy',
  'DeleteBucketPolicy',
  'PutBucketAcl',
  'PutBucketPublicAccessBlock',
  'DeleteBucketPublicAccessBlock',
  'PutAccountPublicAccessBlock',
  'DeleteAccountPublicAccessBlock',
  'PutBucketEncryption',
  'DeleteBucketEncryption',
  'PutBucketVersioning',
  'PutBucketOwnershipControls',
  'DeleteBucketOwnershipControls',
  'PutBucketReplication',
  'DeleteBucketReplication',
  'PutBucketLifecycle',
  'DeleteBucketLifecycle',
  'PutBucketLogging',
  'PutBucketNotification',
  'PutBucketWebsite',
  'PutBucketCors',
  'PutBucketInventoryConfiguration',
  'PutObjectLockConfiguration',
]);

/** Whether an event changes what guards objects. */
export function isPolicyEvent(name: string): boolean {
  return POLICY_EVENTS.has(name);
}

/** What a change of policy means. */
export function interpretPolicies(event: TrailEvent, exchange: Exchange): Meaning[] {
  const { bucket, accessPoint } = s3TargetOf(event);
  const inExchange = bucket !== undefined && exchange.isBucket(bucket);
  const account = accessPoint?.account ?? event.recipientAccount;
  const ofAccount = event.name.includes('AccessPoint') || event.name.includes('Account');
  const owner = inExchange ? exchange.ownerOf(bucket) : ofAccount ? exchange.member(account) : undefined;
  if (!inExchange && !owner) return [];
  const name = accessPoint?.name ?? textOf(event.parameters.name);
  const found = name === undefined ? undefined : exchange.share(name, owner?.id);
  const denied = event.errorCode !== undefined;
  const reasons: Reason[] = owner ? [] : ['unknown-bucket'];
  if (event.name === 'CreateAccessPoint' && found === undefined) reasons.push('unexpected-access-point');
  return [
    {
      kind: denied ? 'denied' : 'policy-changed',
      reasons: denied ? [] : reasons,
      owner: owner?.id,
      recipient: found?.share.recipient,
      agreement: found?.agreement.id,
      share: found?.share.share,
      accessPoint: ofAccount ? name : undefined,
      resource: bucket ?? name ?? account,
      organisations: [owner?.id, found?.share.recipient].filter((each) => each !== undefined).sort(),
    },
  ];
}
