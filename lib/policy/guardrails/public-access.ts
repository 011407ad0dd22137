/**
 * That nothing in S3 becomes public. The organisation’s S3 policy sets the block for every account; these statements keep
 * what it does not reach: lists of access, and the blocks of single buckets and access points.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
import type { ServiceControlStatement } from '../document';
import { askedByAllBut, CLOUD_FORMATION, STACK_SETS } from './spared';

/** The canned lists of access that let strangers in. */
const OPEN_LISTS = ['authenticated-read', 'public-read', 'public-read-write'] as const;

/**
 * The content of the S3 policy: all four blocks, in every account, whatever its administrators set.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3_syntax.html
 */
export const BLOCK_PUBLIC_ACCESS = {
  s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } },
} as const;

/** The statements on what is public. */
export function publicAccess(): ServiceControlStatement[] {
  return [
    {
      Sid: 'DenyChangingTheBlockOfTheAccount',
      Effect: 'Deny',
      Action: ['s3:PutAccountPublicAccessBlock'],
      Resource: '*',
    },
    {
      Sid: 'DenyChangingTheBlockOfBucketsAndAccessPoints',
      Effect: 'Deny',
      Action: ['s3:PutAccessPointPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
      Resource: '*',
      Condition: askedByAllBut(CLOUD_FORMATION, STACK_SETS),
    },
    {
      Sid: 'DenyListsOfAccessThatLetStrangersIn',
      Effect: 'Deny',
      Action: [
        's3:CreateBucket',
        's3:PutBucketAcl',
        's3:PutObject',
        's3:PutObjectAcl',
        's3:PutObjectVersionAcl',
      ],
      Resource: '*',
      Condition: { StringEquals: { 's3:x-amz-acl': OPEN_LISTS } },
    },
  ];
}
