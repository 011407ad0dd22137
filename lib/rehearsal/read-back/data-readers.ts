/** Reads buckets, keys and tables back. */
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
} from '@aws-sdk/client-kms';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { orNothing, type Properties, policyIn, type Reader } from './reading';

const bucket: Reader = async ({ clients, physicalId: Bucket, properties }) => {
  const s3 = clients.s3();
  const [encryption, versioning, block, lock, ownership, lifecycle, notification] = await Promise.all([
    orNothing(s3.send(new GetBucketEncryptionCommand({ Bucket }))),
    s3.send(new GetBucketVersioningCommand({ Bucket })),
    orNothing(s3.send(new GetPublicAccessBlockCommand({ Bucket }))),
    orNothing(s3.send(new GetObjectLockConfigurationCommand({ Bucket }))),
    orNothing(s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))),
    orNothing(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    s3.send(new GetBucketNotificationConfigurationCommand({ Bucket })),
  ]);
  const wanted = properties as {
    BucketEncryption?: {
      ServerSideEncryptionConfiguration?: readonly {
        ServerSideEncryptionByDefault?: { KMSMasterKeyID?: string };
      }[];
    };
    VersioningConfiguration?: { Status?: string };
    PublicAccessBlockConfiguration?: unknown;
    ObjectLockConfiguration?: { Rule?: unknown };
    ObjectLockEnabled?: boolean;
    OwnershipControls?: { Rules?: unknown };
    LifecycleConfiguration?: { Rules?: readonly { Id?: string }[] };
    NotificationConfiguration?: {
      QueueConfigurations?: readonly { Queue?: string }[];
      EventBridgeConfiguration?: unknown;
    };
  };
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0];
  const notices = wanted.NotificationConfiguration;
  return [
    [
      'default encryption key',
      wanted.BucketEncryption?.ServerSideEncryptionConfiguration?.[0]?.ServerSideEncryptionByDefault
        ?.KMSMasterKeyID,
      rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
    ],
    ['versioning', wanted.VersioningConfiguration?.Status, versioning.Status],
    ['public access block', wanted.PublicAccessBlockConfiguration, block?.PublicAccessBlockConfiguration],
    ['object lock', wanted.ObjectLockEnabled && 'Enabled', lock?.ObjectLockConfiguration?.ObjectLockEnabled],
    ['default retention', wanted.ObjectLockConfiguration?.Rule, lock?.ObjectLockConfiguration?.Rule],
    ['object ownership', wanted.OwnershipControls?.Rules, ownership?.OwnershipControls?.Rules],
    [
      'lifecycle rules',
      wanted.LifecycleConfiguration?.Rules?.map(({ Id }) => Id),
      lifecycle?.Rules?.map(({ ID }) => ID),
    ],
    [
      'notifications to queues',
      notices?.QueueConfigurations?.map(({ Queue }) => Queue),
      notification.QueueConfigurations?.map(({ QueueArn }) => QueueArn),
    ],
    [
      'notifications to EventBridge',
      notices?.EventBridgeConfiguration !== undefined || undefined,
      notification.EventBridgeConfiguration !== undefined,
    ],
  ];
};

const bucketPolicy: Reader = async ({ clients, properties }) => {
  const Bucket = String(properties.Bucket);
  const found = await orNothing(clients.s3().send(new GetBucketPolicyCommand({ Bucket })));
  return [['policy', properties.PolicyDocument, policyIn(found?.Policy)]];
};

const key: Reader = async ({ clients, physicalId: KeyId, properties }) => {
  const kms = clients.kms();
  const [policy, described, rotation] = await Promise.all([
    kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })),
    kms.send(new DescribeKeyCommand({ KeyId })),
    properties.EnableKeyRotation === true ? kms.send(new GetKeyRotationStatusCommand({ KeyId })) : undefined,
  ]);
  const { KeyMetadata } = described;
  return [
    ['policy', properties.KeyPolicy, policyIn(policy.Policy)],
    ['key spec', properties.KeySpec, KeyMetadata?.KeySpec],
    ['key usage', properties.KeyUsage, KeyMetadata?.KeyUsage],
    ['origin', properties.Origin, KeyMetadata?.Origin],
    ['rotation', properties.EnableKeyRotation === true || undefined, rotation?.KeyRotationEnabled],
    ['rotation period', properties.RotationPeriodInDays, rotation?.RotationPeriodInDays],
  ];
};

const alias: Reader = async ({ clients, properties }) => {
  const { Aliases = [] } = await clients.kms().send(new ListAliasesCommand({}));
  const found = Aliases.find(({ AliasName }) => AliasName === properties.AliasName);
  const id = (target: unknown) => String(target).split('key/').at(-1);
  return [['target', id(properties.TargetKeyId), found && id(found.TargetKeyId)]];
};

const table: Reader = async ({ clients, physicalId: TableName, properties }) => {
  const db = clients.dynamoDb();
  const [{ Table }, backups, expiry] = await Promise.all([
    db.send(new DescribeTableCommand({ TableName })),
    orNothing(db.send(new DescribeContinuousBackupsCommand({ TableName }))),
    orNothing(db.send(new DescribeTimeToLiveCommand({ TableName }))),
  ]);
  const wanted = properties as {
    KeySchema?: unknown;
    DeletionProtectionEnabled?: boolean;
    SSESpecification?: { KMSMasterKeyId?: string };
    PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean };
    TimeToLiveSpecification?: { AttributeName?: string };
    GlobalSecondaryIndexes?: readonly Properties[];
  };
  const recovery =
    backups?.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  return [
    ['keys', wanted.KeySchema, Table?.KeySchema],
    ['deletion protection', wanted.DeletionProtectionEnabled, Table?.DeletionProtectionEnabled],
    ['encryption key', wanted.SSESpecification?.KMSMasterKeyId, Table?.SSEDescription?.KMSMasterKeyArn],
    [
      'point-in-time recovery',
      wanted.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true ? 'ENABLED' : undefined,
      recovery === 'DISABLED' ? undefined : recovery,
    ],
    [
      'time to live',
      wanted.TimeToLiveSpecification?.AttributeName,
      expiry?.TimeToLiveDescription?.AttributeName,
    ],
    [
      'indexes',
      wanted.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName),
      Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName),
    ],
  ];
};

export const DATA_READERS: Readonly<Record<string, Reader>> = {
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': alias,
  'AWS::DynamoDB::Table': table,
};
