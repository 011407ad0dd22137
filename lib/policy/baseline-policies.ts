/** The policies of the buckets that every account begins with, and of what AWS Config does there. */

import { type Account, bootstrapRoleArn, stagingBucketName, THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';
import { TLS_FLOOR } from './bucket-policy';
import {
  type IdentityStatement,
  type PolicyDocument,
  policy,
  type ResourceStatement,
  type TrustStatement,
} from './document';

const CONFIG = { Service: 'config.amazonaws.com' } as const;
const FOR_THIS_ACCOUNT = { StringEquals: { 'aws:SourceAccount': THIS_ACCOUNT } } as const;

/** What puts an object into a bucket, replaces it there or takes it away, in whatever part. */
export const WRITE_OBJECTS = [
  's3:AbortMultipartUpload',
  's3:DeleteObject*',
  's3:PutObject*',
  's3:RestoreObject',
] as const;

/** The bucket that AWS Config writes to, in the account itself. */
export function configBucketName({ namePrefix, region }: Zone, account: Account): string {
  return `${namePrefix}-config-${account}-${region}-an`;
}

/**
 * Only the publishing role writes, nothing without TLS. Templates, code and lists of grants are found here by a name that is
 * a digest, which nobody compares with what lies under it: whoever could write would deploy.
 */
export function stagingBucketPolicy(zone: Zone): PolicyDocument<ResourceStatement> {
  const bucket = stagingBucketName(THIS_ACCOUNT, zone);
  return policy(
    {
      Sid: 'DenyWritingToAllButThePublishingRole',
      Effect: 'Deny',
      Principal: '*',
      Action: [
        ...WRITE_OBJECTS,
        's3:BypassGovernanceRetention',
        's3:ReplicateDelete',
        's3:ReplicateObject',
        's3:ReplicateTags',
        's3:UpdateObjectEncryption',
      ],
      Resource: `arn:aws:s3:::${bucket}/*`,
      Condition: {
        ArnNotEquals: { 'aws:PrincipalArn': bootstrapRoleArn('file-publishing', THIS_ACCOUNT, zone) },
      },
    },
    ...overTls(bucket),
  );
}

/**
 * AWS Config writes for this account, and for no other.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
export function configBucketPolicy(bucket: string): PolicyDocument<ResourceStatement> {
  return policy(
    {
      Sid: 'AwsConfigLooksAtTheBucket',
      Effect: 'Allow',
      Principal: CONFIG,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: FOR_THIS_ACCOUNT,
    },
    {
      Sid: 'AwsConfigWritesWhatItRecords',
      Effect: 'Allow',
      Principal: CONFIG,
      Action: ['s3:PutObject'],
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/${THIS_ACCOUNT}/Config/*`,
      Condition: FOR_THIS_ACCOUNT,
    },
    ...overTls(bucket),
  );
}

/**
 * Within an account AWS Config writes as the role that it was given, and `AWS_ConfigRole` has no right to write.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html
 */
export function configDeliveryPermissions(bucket: string): PolicyDocument<IdentityStatement> {
  return policy(
    {
      Sid: 'LookAtTheBucketOfAwsConfig',
      Effect: 'Allow',
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: [`arn:aws:s3:::${bucket}`],
    },
    {
      Sid: 'WriteWhatAwsConfigRecords',
      Effect: 'Allow',
      Action: ['s3:PutObject'],
      Resource: [`arn:aws:s3:::${bucket}/AWSLogs/${THIS_ACCOUNT}/Config/*`],
    },
  );
}

/** AWS Config looks at the account’s settings as this role, for this account. */
export function trustedByConfig(): PolicyDocument<TrustStatement> {
  return policy({
    Sid: 'AwsConfigTakesOnTheRoleForThisAccount',
    Effect: 'Allow',
    Principal: CONFIG,
    Action: ['sts:AssumeRole'],
    Condition: FOR_THIS_ACCOUNT,
  });
}

function overTls(bucket: string): ResourceStatement[] {
  const deny = { Effect: 'Deny', Principal: '*', Action: ['s3:*'] } as const;
  const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  return [
    {
      ...deny,
      Sid: 'DenyRequestsWithoutTls',
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      ...deny,
      Sid: 'DenyTlsBelowOnePointTwo',
      Resource,
      Condition: { NumericLessThan: { 's3:TlsVersion': TLS_FLOOR } },
    },
  ];
}
