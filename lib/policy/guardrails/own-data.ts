/** That buckets, access points and keys of the landing zone change by its deployment alone, or by the one role whose part it is. */

import { accessPointArn, KEY_PURPOSE_TAG, type KeyPurpose, QUALIFIER } from '../../names';
import type { Zone } from '../../register';
import type { ServiceControlStatement } from '../document';
import { KEY_DELETION_DAYS } from '../key-policy';
import { askedByAllBut, CLOUD_FORMATION, DEPLOYMENT, GRANT_BROKER, MALWARE_SCAN, STACK_SETS } from './spared';

/** But for notifications, which GuardDuty sets as well. */
const CHANGE_BUCKETS = [
  's3:CreateBucket',
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:DeleteBucketWebsite',
  's3:Put*Configuration',
  's3:PutBucketAcl',
  's3:PutBucketCORS',
  's3:PutBucketLogging',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketTagging',
  's3:PutBucketVersioning',
  's3:PutBucketWebsite',
] as const;

/** The statements on data. */
export function ownData(zone: Zone): ServiceControlStatement[] {
  const buckets = [
    `arn:aws:s3:::cdk-${QUALIFIER}-assets-*`,
    ...['config', 'exchange', 'ledger', 'logs'].map((which) => `arn:aws:s3:::${zone.namePrefix}-${which}-*`),
  ];
  const accessPoints = [accessPointArn({ ...zone, region: '*' }, '*', `${'?'.repeat(12)}--*`)];
  return [
    {
      Sid: 'DenyChangingBuckets',
      Effect: 'Deny',
      Action: CHANGE_BUCKETS,
      Resource: buckets,
      Condition: askedByAllBut(CLOUD_FORMATION, STACK_SETS),
    },
    {
      Sid: 'DenyChangingWhomBucketsTell',
      Effect: 'Deny',
      Action: ['s3:PutBucketNotification'],
      Resource: buckets,
      Condition: askedByAllBut(CLOUD_FORMATION, MALWARE_SCAN),
    },
    {
      // Bucket policies leave reading to access points of these names, so making one could open the bucket.
      Sid: 'DenyMakingAndRemovingAccessPoints',
      Effect: 'Deny',
      Action: ['s3:CreateAccessPoint', 's3:DeleteAccessPoint', 's3:DeleteAccessPointPolicy'],
      Resource: accessPoints,
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      // The broker closes and opens; the deployment role closes by hand if the broker fails.
      Sid: 'DenyChangingWhoReadsThroughAccessPoints',
      Effect: 'Deny',
      Action: ['s3:PutAccessPointPolicy'],
      Resource: accessPoints,
      Condition: askedByAllBut(CLOUD_FORMATION, DEPLOYMENT, GRANT_BROKER),
    },
    ...ownKeys(),
  ];
}

/** Key administrators keep what is theirs: to disable a key, to end its grants, to ask for its end in thirty days. */
function ownKeys(): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyChangingKeys',
      Effect: 'Deny',
      Action: [
        'kms:DisableKeyRotation',
        'kms:PutKeyPolicy',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:UpdateKeyDescription',
      ],
      Resource: '*',
      Condition: {
        ...askedByAllBut(CLOUD_FORMATION),
        Null: { [`aws:ResourceTag/${KEY_PURPOSE_TAG}`]: 'false' },
      },
    },
    {
      Sid: 'DenyGrantsOnSharedDataByAllButTheBroker',
      Effect: 'Deny',
      Action: ['kms:CreateGrant'],
      Resource: '*',
      Condition: {
        ...askedByAllBut(GRANT_BROKER),
        StringEquals: { [`aws:ResourceTag/${KEY_PURPOSE_TAG}`]: 'shared-data' satisfies KeyPurpose },
      },
    },
    {
      Sid: 'DenyMovingNamesOfKeys',
      Effect: 'Deny',
      Action: ['kms:DeleteAlias', 'kms:UpdateAlias'],
      Resource: ['arn:aws:kms:*:*:alias/concordat-*'],
      Condition: askedByAllBut(CLOUD_FORMATION),
    },
    {
      // A request that names no number of days gets thirty.
      Sid: 'DenyDeletingKeysInLessThanThirtyDays',
      Effect: 'Deny',
      Action: ['kms:ScheduleKeyDeletion'],
      Resource: '*',
      Condition: {
        NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(KEY_DELETION_DAYS) },
      },
    },
  ];
}
