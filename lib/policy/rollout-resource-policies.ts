/** Who may do what with the bucket of orders and the key of the engine of rollouts, whatever their own permissions say. */
import { roleArn, rolloutBucketName, rolloutLogArn, s3Service } from '../names';
import type { Rollout, Zone } from '../register';
import { ofThisAccountsAlarms } from './alert-policies';
import { TLS_FLOOR } from './bucket-policy';
import {
  accountRoot,
  type ConditionBlock,
  type PolicyDocument,
  policy,
  type ResourceStatement,
} from './document';
import { TABLE_KEY_USE } from './table-key-use';

/** What is uploaded is written once and comes from the pipeline alone, so that what was approved is what is carried out. */
export function rolloutBucketPolicy(zone: Zone, rollout: Rollout): PolicyDocument<ResourceStatement> {
  const bucket = `arn:aws:s3:::${rolloutBucketName(zone, rollout.account)}`;
  const deny = (
    Sid: string,
    Action: ResourceStatement['Action'],
    Condition: ConditionBlock,
    on = [`${bucket}/*`],
  ): ResourceStatement => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action,
    Resource: on,
    Condition,
  });
  const whole = [bucket, `${bucket}/*`];
  return policy(
    deny('DenyRequestsWithoutTls', ['s3:*'], { Bool: { 'aws:SecureTransport': 'false' } }, whole),
    deny('DenyTlsBelowOnePointTwo', ['s3:*'], { NumericLessThan: { 's3:TlsVersion': TLS_FLOOR } }, whole),
    deny('DenyWritingToAllButThePipeline', ['s3:PutObject'], {
      ArnNotEquals: { 'aws:PrincipalArn': roleArn(rollout.account, 'rollout-start') },
    }),
    deny('DenyWritingOverWhatIsThere', ['s3:PutObject'], { Null: { 's3:if-none-match': 'true' } }),
  );
}

/** Encrypts orders, files, the table, the log and what alarms tell. The account keeps it; roles use it as their own permissions say. */
export function rolloutKeyPolicy(zone: Zone, rollout: Rollout): PolicyDocument<ResourceStatement> {
  const { account } = rollout;
  const dynamoDb = `dynamodb.${zone.region}.amazonaws.com`;
  return policy(
    {
      Sid: 'TheAccountKeepsTheKeyWithoutUsingIt',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: [
        'kms:CancelKeyDeletion',
        'kms:DescribeKey',
        'kms:DisableKeyRotation',
        'kms:EnableKeyRotation',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListGrants',
        'kms:ListKeyPolicies',
        'kms:ListResourceTags',
        'kms:PutKeyPolicy',
        'kms:ScheduleKeyDeletion',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:UpdateKeyDescription',
      ],
      Resource: '*',
    },
    {
      Sid: 'TheBucketIsEncrypted',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': s3Service(zone) } },
    },
    {
      Sid: 'TheTableIsEncrypted',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: TABLE_KEY_USE,
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': dynamoDb } },
    },
    {
      Sid: 'DynamoDbKeepsTheTableReadable',
      Effect: 'Allow',
      Principal: accountRoot(account),
      Action: ['kms:CreateGrant'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': account,
          'kms:ViaService': dynamoDb,
        },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    },
    {
      Sid: 'AlarmsOfThisAccountEncryptWhatTheyPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: ofThisAccountsAlarms(zone, account),
    },
    {
      Sid: 'TheLogIsEncrypted',
      Effect: 'Allow',
      Principal: { Service: `logs.${zone.region}.amazonaws.com` },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      Resource: '*',
      Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': rolloutLogArn(zone, account) } },
    },
  );
}
