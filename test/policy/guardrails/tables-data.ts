/** Requests that the guardrails on data, keys and functions must deny, and those that they must let be. */
import { LEEDS, type Table } from './asking';

const BUCKET = `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`;
const ASSETS = `arn:aws:s3:::cdk-concordat-assets-${LEEDS}-eu-west-2-an`;
const OTHER_BUCKET = 'arn:aws:s3:::councils-own-bucket';
const KEY = `arn:aws:kms:eu-west-2:${LEEDS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${LEEDS}:${rest}`;
const POINT = at('s3', 'accesspoint/0123456789ab--leeds');
const OTHER_POINT = at('s3', 'accesspoint/analysts');
const SHARED = { 'aws:ResourceTag/concordat:key-purpose': 'shared-data' };
const LOGS = { 'aws:ResourceTag/concordat:key-purpose': 'alerts-and-logs' };

const CHANGES_OF_BUCKETS = `s3:CreateBucket s3:DeleteBucket s3:DeleteBucketPolicy s3:DeleteBucketWebsite
  s3:PutBucketAcl s3:PutBucketCORS s3:PutBucketLogging s3:PutBucketOwnershipControls s3:PutBucketPolicy
  s3:PutBucketTagging s3:PutBucketVersioning s3:PutBucketWebsite s3:PutEncryptionConfiguration
  s3:PutLifecycleConfiguration s3:PutBucketObjectLockConfiguration s3:PutInventoryConfiguration`;
const CHANGES_OF_KEYS =
  'kms:DisableKeyRotation kms:PutKeyPolicy kms:TagResource kms:UntagResource kms:UpdateKeyDescription';
const CHANGES_OF_FUNCTIONS = `lambda:AddPermission lambda:CreateFunction lambda:CreateAlias lambda:DeleteFunction
  lambda:PublishVersion lambda:PutFunctionConcurrency lambda:RemovePermission lambda:UpdateFunctionCode
  lambda:UpdateFunctionConfiguration`;
const FUNCTION = at('lambda', 'function:concordat-grant-broker');
const OF_FUNCTION = { 'lambda:FunctionArn': FUNCTION };

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
  DenyMakingAndRemovingAccessPoints: {
    deny: [
      ['administrator', 's3:CreateAccessPoint s3:DeleteAccessPoint s3:DeleteAccessPointPolicy', POINT],
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
    deny: [['administrator', 'kms:DeleteAlias kms:UpdateAlias', at('kms', 'alias/concordat-log-files')]],
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
  DenyChangingFunctions: {
    deny: [
      ['administrator', CHANGES_OF_FUNCTIONS, FUNCTION],
      ['administrator', 'lambda:PublishLayerVersion', at('lambda', 'layer:concordat-grant-broker-file')],
      ['deployment', 'lambda:UpdateFunctionCode', FUNCTION],
      ['stackSets', 'lambda:UpdateFunctionCode', FUNCTION],
    ],
    allow: [
      ['cloudFormation', CHANGES_OF_FUNCTIONS, FUNCTION],
      ['cloudFormation', 'lambda:PublishLayerVersion', at('lambda', 'layer:concordat-grant-broker-file')],
      ['administrator', 'lambda:GetFunction', FUNCTION],
      ['administrator', CHANGES_OF_FUNCTIONS, at('lambda', 'function:benefits')],
    ],
  },
  DenyChangingWhatFeedsFunctions: {
    deny: [
      ['administrator', 'lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping', '*', OF_FUNCTION],
      ['administrator', 'lambda:UpdateEventSourceMapping', '*', OF_FUNCTION],
    ],
    allow: [
      ['cloudFormation', 'lambda:CreateEventSourceMapping lambda:UpdateEventSourceMapping', '*', OF_FUNCTION],
      [
        'administrator',
        'lambda:UpdateEventSourceMapping',
        '*',
        { 'lambda:FunctionArn': at('lambda', 'function:benefits') },
      ],
    ],
  },
  DenyChangingWhatWakesAndWatchesFunctions: {
    deny: [
      [
        'administrator',
        'cloudwatch:DeleteAlarms cloudwatch:DisableAlarmActions cloudwatch:PutMetricAlarm cloudwatch:SetAlarmState',
        at('cloudwatch', 'alarm:concordat-grants-unexpected'),
      ],
      [
        'administrator',
        'dynamodb:DeleteTable dynamodb:UpdateTable',
        at('dynamodb', 'table/concordat-staging'),
      ],
      [
        'administrator',
        'events:DeleteRule events:DisableRule events:PutRule events:PutTargets events:RemoveTargets',
        at('events', 'rule/Organisation-leeds-Hourly'),
      ],
      ['administrator', 'events:DisableRule', at('events', 'rule/Zone-Minutely')],
      ['administrator', 'events:DisableRule', at('events', 'rule/concordat-security-changes')],
      [
        'administrator',
        'logs:DeleteLogGroup logs:DeleteLogStream logs:PutRetentionPolicy',
        at('logs', 'log-group:/aws/lambda/concordat-grant-broker'),
      ],
      ['administrator', 'sns:DeleteTopic sns:SetTopicAttributes', at('sns', 'concordat-security-alerts')],
      [
        'administrator',
        'sqs:DeleteQueue sqs:PurgeQueue sqs:SetQueueAttributes',
        at('sqs', 'concordat-log-files'),
      ],
    ],
    allow: [
      ['cloudFormation', 'cloudwatch:PutMetricAlarm', at('cloudwatch', 'alarm:concordat-grants-unexpected')],
      ['cloudFormation', 'events:PutRule events:PutTargets', at('events', 'rule/Organisation-leeds-Hourly')],
      ['administrator', 'cloudwatch:PutMetricAlarm', at('cloudwatch', 'alarm:benefits')],
      ['administrator', 'sns:ConfirmSubscription sns:Publish', at('sns', 'concordat-security-alerts')],
      ['administrator', 'logs:GetLogEvents', at('logs', 'log-group:/aws/lambda/concordat-grant-broker')],
    ],
  },
};

function days(count: number) {
  return { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(count) };
}
