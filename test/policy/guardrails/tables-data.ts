/** Requests that the guardrails on data and keys must deny, and those that they must let be. */
import { LEEDS, type Table, ZONE } from './asking';

const BUCKET = `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`;
const ASSETS = `arn:aws:s3:::cdk-concordat-assets-${LEEDS}-eu-west-2-an`;
const OTHER_BUCKET = 'arn:aws:s3:::councils-own-bucket';
const KEY = `arn:aws:kms:eu-west-2:${LEEDS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ZONE_KEY = `arn:aws:kms:eu-west-2:${ZONE}:key/4321dcba-12ab-34cd-56ef-1234567890ab`;
const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${LEEDS}:${rest}`;
const POINT = at('s3', 'accesspoint/0123456789ab--leeds');
const OTHER_POINT = at('s3', 'accesspoint/analysts');
const PURPOSE = 'aws:ResourceTag/concordat:key-purpose';
const SHARED = { [PURPOSE]: 'shared-data' };
const LOGS = { [PURPOSE]: 'alerts-and-logs' };

const CHANGES_OF_BUCKETS = `s3:CreateBucket s3:DeleteBucket s3:DeleteBucketPolicy s3:DeleteBucketWebsite
  s3:PutBucketAcl s3:PutBucketCORS s3:PutBucketLogging s3:PutBucketOwnershipControls s3:PutBucketPolicy
  s3:PutBucketTagging s3:PutBucketVersioning s3:PutBucketWebsite s3:PutEncryptionConfiguration
  s3:PutLifecycleConfiguration s3:PutBucketObjectLockConfiguration s3:PutInventoryConfiguration
  s3:CreateBucketMetadataTableConfiguration s3:DeleteBucketMetadataTableConfiguration s3:PauseReplication
  s3:PutBucketAbac s3:PutBucketRequestPayment s3:TagResource s3:UntagResource
  s3:UpdateBucketMetadataInventoryTableConfiguration s3:UpdateBucketMetadataJournalTableConfiguration`;
const WRITES_OF_OBJECTS = `s3:AbortMultipartUpload s3:DeleteObject s3:DeleteObjectTagging s3:DeleteObjectVersion
  s3:PutObject s3:PutObjectAcl s3:PutObjectTagging s3:PutObjectVersionAcl s3:RestoreObject`;
const ALTERATIONS_OF_OBJECTS = `s3:BypassGovernanceRetention s3:DeleteObjectAnnotation
  s3:DeleteObjectVersionAnnotation s3:InitiateReplication s3:ObjectOwnerOverrideToBucketOwner s3:PutObjectAnnotation
  s3:PutObjectLegalHold s3:PutObjectRetention s3:PutObjectVersionAnnotation s3:ReplicateDelete s3:ReplicateObject
  s3:ReplicateTags s3:UpdateObjectEncryption`;
const bucketInZone = (which: string) => `arn:aws:s3:::concordat-${which}-${ZONE}-eu-west-2-an`;
const CONFIG = `arn:aws:s3:::concordat-config-${LEEDS}-eu-west-2-an`;
const RECORD = `${CONFIG}/AWSLogs/${LEEDS}/Config/x.json.gz`;
const TEMPLATE = `${ASSETS}/0123abcd.json`;
const CHANGES_OF_KEYS = `kms:DisableKeyRotation kms:EnableKeyRotation kms:PutKeyPolicy kms:TagResource
  kms:UntagResource kms:UpdateKeyDescription`;

/** By the statement’s Sid. */
export const DATA_TABLES: Readonly<Record<string, Table>> = {
  DenyChangingBuckets: {
    deny: [
      ['administrator', CHANGES_OF_BUCKETS, BUCKET],
      ['administrator', 's3:PutBucketPolicy', ASSETS],
      ['administrator', 's3:PutBucketPolicy', `arn:aws:s3:::concordat-config-${LEEDS}-eu-west-2-an`],
      ['administrator', 's3:DeleteBucketPolicy', 'arn:aws:s3:::concordat-ledger-100000000002-eu-west-2-an'],
      ['administrator', 's3:PutLifecycleConfiguration', 'arn:aws:s3:::concordat-logs-1-eu-west-2-an'],
      ['keyAdministrator', 's3:PutEncryptionConfiguration', BUCKET],
      ['malwareScan', 's3:PutBucketPolicy', BUCKET],
      ['deployment', 's3:PutBucketPolicy', BUCKET],
    ],
    allow: [
      ['cloudFormation', CHANGES_OF_BUCKETS, BUCKET],
      ['stackSets', CHANGES_OF_BUCKETS, ASSETS],
      ['administrator', CHANGES_OF_BUCKETS, OTHER_BUCKET],
      ['administrator', 's3:GetBucketPolicy s3:ListBucket', BUCKET],
      ['deposit', 's3:PutObject s3:DeleteObject', `${BUCKET}/agreements/x`],
    ],
  },
  DenyChangingWhomBucketsTell: {
    deny: [
      ['administrator', 's3:PutBucketNotification', BUCKET],
      ['deployment', 's3:PutBucketNotification', 'arn:aws:s3:::concordat-logs-1-eu-west-2-an'],
      ['administrator', 's3:PutBucketNotification', 'arn:aws:s3:::concordat-ledger-1-eu-west-2-an'],
      ['administrator', 's3:PutBucketNotification', ASSETS],
      ['administrator', 's3:PutBucketNotification', `arn:aws:s3:::concordat-config-${LEEDS}-eu-west-2-an`],
    ],
    allow: [
      ['cloudFormation', 's3:PutBucketNotification', BUCKET],
      ['malwareScan', 's3:PutBucketNotification', BUCKET],
      ['administrator', 's3:PutBucketNotification', OTHER_BUCKET],
    ],
  },
  DenyChangingWhatIsDeployed: {
    deny: [
      ['administrator', WRITES_OF_OBJECTS, TEMPLATE],
      [
        'operator',
        's3:PutObject s3:DeleteObject',
        `arn:aws:s3:::cdk-concordat-assets-${ZONE}-eu-west-2-an/0.zip`,
      ],
      ['deployment', 's3:PutObject', TEMPLATE],
      ['cloudFormation', 's3:PutObject', TEMPLATE],
      ['stackSets', 's3:PutObject', TEMPLATE],
      ['otherBootstrap', 's3:PutObject', TEMPLATE],
      ['broker', 's3:PutObject', TEMPLATE],
      ['stranger', 's3:PutObject', TEMPLATE],
    ],
    allow: [
      ['publisher', 's3:PutObject s3:AbortMultipartUpload s3:GetObject', TEMPLATE],
      ['deployment', 's3:GetObject', TEMPLATE],
      ['administrator', 's3:GetObject', TEMPLATE],
      ['administrator', WRITES_OF_OBJECTS, `arn:aws:s3:::cdk-hnb659fds-assets-${LEEDS}-eu-west-2/0.zip`],
    ],
  },
  DenyChangingWhatConfigRecorded: {
    deny: [
      ['administrator', WRITES_OF_OBJECTS, RECORD],
      ['cloudFormation', 's3:DeleteObject', RECORD],
    ],
    allow: [
      ['config', 's3:PutObject', RECORD],
      ['administrator', 's3:GetObject', RECORD],
      ['administrator', WRITES_OF_OBJECTS, `${OTHER_BUCKET}/x`],
    ],
  },
  DenyLockingAndOtherwiseAlteringObjects: {
    deny: [
      ['administrator', ALTERATIONS_OF_OBJECTS, `${BUCKET}/agreements/x`],
      ['administrator', 's3:PutObjectRetention s3:PutObjectAnnotation', `${POINT}/object/agreements/x`],
      ['deposit', 's3:PutObjectRetention s3:PutObjectLegalHold', `${BUCKET}/agreements/x`],
      ['cloudFormation', 's3:PutObjectRetention s3:UpdateObjectEncryption', `${BUCKET}/agreements/x`],
      ['operator', 's3:UpdateObjectEncryption s3:PutObjectAnnotation', `${bucketInZone('ledger')}/x`],
      ['operator', 's3:PutObjectRetention s3:ReplicateObject', `${bucketInZone('logs')}/x`],
      ['publisher', 's3:PutObjectRetention', TEMPLATE],
      ['config', 's3:PutObjectLegalHold', RECORD],
    ],
    allow: [
      ['deposit', 's3:PutObject s3:DeleteObject s3:DeleteObjectVersion', `${BUCKET}/agreements/x`],
      ['malwareScan', 's3:PutObjectTagging s3:PutObjectVersionTagging', `${BUCKET}/agreements/x`],
      ['sealer', 's3:PutObject', `${bucketInZone('ledger')}/x`],
      ['collect', 's3:GetObject', `${POINT}/object/agreements/x`],
      ['administrator', ALTERATIONS_OF_OBJECTS, `${OTHER_BUCKET}/x`],
    ],
  },
  DenyMakingAndRemovingAccessPoints: {
    deny: [
      ['administrator', 's3:CreateAccessPoint s3:DeleteAccessPoint s3:DeleteAccessPointPolicy', POINT],
      ['administrator', 's3:TagResource s3:UntagResource', POINT],
      ['broker', 's3:CreateAccessPoint', POINT],
      ['deployment', 's3:CreateAccessPoint', POINT],
    ],
    allow: [
      ['cloudFormation', 's3:CreateAccessPoint s3:DeleteAccessPoint s3:DeleteAccessPointPolicy', POINT],
      ['administrator', 's3:CreateAccessPoint', OTHER_POINT],
      ['administrator', 's3:GetAccessPoint', POINT],
    ],
  },
  DenyChangingWhoReadsThroughAccessPoints: {
    deny: [
      ['administrator', 's3:PutAccessPointPolicy', POINT],
      ['collect', 's3:PutAccessPointPolicy', POINT],
    ],
    allow: [
      ['broker', 's3:PutAccessPointPolicy', POINT],
      ['cloudFormation', 's3:PutAccessPointPolicy', POINT],
      ['deployment', 's3:PutAccessPointPolicy', POINT],
      ['administrator', 's3:PutAccessPointPolicy', OTHER_POINT],
    ],
  },
  DenyChangingKeys: {
    deny: [
      ['administrator', CHANGES_OF_KEYS, KEY, SHARED],
      ['keyAdministrator', CHANGES_OF_KEYS, KEY, SHARED],
      ['administrator', 'kms:PutKeyPolicy', KEY, LOGS],
      ['broker', 'kms:PutKeyPolicy', KEY, SHARED],
    ],
    allow: [
      ['cloudFormation', CHANGES_OF_KEYS, KEY, SHARED],
      ['administrator', CHANGES_OF_KEYS, KEY],
      ['keyAdministrator', 'kms:DisableKey kms:EnableKey kms:RevokeGrant kms:RotateKeyOnDemand', KEY, SHARED],
      ['keyAdministrator', 'kms:ImportKeyMaterial kms:DeleteImportedKeyMaterial', KEY, SHARED],
      ['keyAdministrator', 'kms:CancelKeyDeletion', KEY, SHARED],
    ],
  },
  DenyEndingKeysThatHoldNoSharedData: {
    deny: [
      ['administrator', 'kms:DisableKey kms:RevokeGrant kms:ScheduleKeyDeletion', KEY, LOGS],
      ['keyAdministrator', 'kms:DisableKey', KEY, LOGS],
      ['cloudFormation', 'kms:ScheduleKeyDeletion', KEY, LOGS],
      ['operator', 'kms:DisableKey kms:ScheduleKeyDeletion', ZONE_KEY, { [PURPOSE]: 'ledger-signature' }],
      ['operator', 'kms:RevokeGrant', ZONE_KEY, { [PURPOSE]: 'staged-entries' }],
    ],
    allow: [
      ['keyAdministrator', 'kms:DisableKey kms:RevokeGrant kms:ScheduleKeyDeletion', KEY, SHARED],
      ['administrator', 'kms:DisableKey kms:RevokeGrant kms:ScheduleKeyDeletion', KEY],
      ['operator', 'kms:EnableKey kms:CancelKeyDeletion', ZONE_KEY, LOGS],
    ],
  },
  DenyGrantsOnSharedDataByAllButTheBroker: {
    deny: [
      ['administrator', 'kms:CreateGrant', KEY, { ...SHARED, 'kms:GrantIsForAWSResource': 'true' }],
      ['cloudFormation', 'kms:CreateGrant', KEY, { ...SHARED, 'kms:GrantIsForAWSResource': 'true' }],
      ['keyAdministrator', 'kms:CreateGrant', KEY, { ...SHARED, 'kms:GrantIsForAWSResource': 'false' }],
    ],
    allow: [
      ['broker', 'kms:CreateGrant', KEY, { ...SHARED, 'kms:GrantIsForAWSResource': 'false' }],
      [
        'cloudFormation',
        'kms:CreateGrant',
        KEY,
        { 'aws:ResourceTag/concordat:key-purpose': 'staged-entries', 'kms:GrantIsForAWSResource': 'true' },
      ],
      ['administrator', 'kms:CreateGrant', KEY, { 'kms:GrantIsForAWSResource': 'true' }],
    ],
  },
  DenyMovingNamesOfKeys: {
    deny: [
      [
        'administrator',
        'kms:CreateAlias kms:DeleteAlias kms:UpdateAlias',
        at('kms', 'alias/concordat-log-files'),
      ],
    ],
    allow: [
      ['cloudFormation', 'kms:DeleteAlias kms:UpdateAlias', at('kms', 'alias/concordat-log-files')],
      ['administrator', 'kms:UpdateAlias', at('kms', 'alias/benefits')],
    ],
  },
  DenyDeletingKeysInLessThanThirtyDays: {
    deny: [
      ['keyAdministrator', 'kms:ScheduleKeyDeletion', KEY, days(7)],
      ['administrator', 'kms:ScheduleKeyDeletion', KEY, days(29)],
      ['cloudFormation', 'kms:ScheduleKeyDeletion', KEY, days(29)],
    ],
    allow: [
      ['keyAdministrator', 'kms:ScheduleKeyDeletion', KEY, days(30)],
      ['keyAdministrator', 'kms:ScheduleKeyDeletion', KEY],
    ],
  },
};

function days(count: number) {
  return { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(count) };
}
