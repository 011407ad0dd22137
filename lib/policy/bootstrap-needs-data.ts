/** What CloudFormation needs to make buckets, access points, keys and tables. */

import { KEY_PURPOSE_TAG, THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';
import { inThisAccount, type Needs, need, OWN_KEYS_ALONE } from './bootstrap-need';
import { TABLE_KEY_USE } from './table-key-use';

const CHANGE_ALIASES = ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'] as const;
/** The request gives the key the tag that says what of the landing zone’s it is for. */
const TAGGED_AS_OWN = { Null: { [`aws:RequestTag/${KEY_PURPOSE_TAG}`]: 'false' } } as const;

/** The needs, by type of resource. */
export function needsOfData(zone: Zone): Needs {
  const { region, namePrefix } = zone;
  const here = (service: string, rest: string) => inThisAccount(zone, service, rest);
  const buckets = [`arn:aws:s3:::${namePrefix}-*-${THIS_ACCOUNT}-${region}-an`];
  const keys = [here('kms', 'key/*')];
  // CloudFront is of no Region, and is asked to make things without naming any.
  const ofPage = (kind: string) => [`arn:aws:cloudfront::${THIS_ACCOUNT}:${kind}/*`];
  return {
    'AWS::CloudFront::Distribution': [
      need(
        ofPage('distribution'),
        'cloudfront:DeleteDistribution',
        'cloudfront:GetDistribution',
        'cloudfront:GetDistributionConfig',
        'cloudfront:ListTagsForResource',
        'cloudfront:TagResource',
        'cloudfront:UntagResource',
        'cloudfront:UpdateDistribution',
      ),
      need(['*'], 'cloudfront:CreateDistribution'),
    ],
    'AWS::CloudFront::OriginAccessControl': [
      need(
        ofPage('origin-access-control'),
        'cloudfront:DeleteOriginAccessControl',
        'cloudfront:GetOriginAccessControl',
        'cloudfront:UpdateOriginAccessControl',
      ),
      need(['*'], 'cloudfront:CreateOriginAccessControl'),
    ],
    'AWS::CloudFront::ResponseHeadersPolicy': [
      need(
        ofPage('response-headers-policy'),
        'cloudfront:DeleteResponseHeadersPolicy',
        'cloudfront:GetResponseHeadersPolicy',
        'cloudfront:UpdateResponseHeadersPolicy',
      ),
      need(['*'], 'cloudfront:CreateResponseHeadersPolicy'),
    ],
    'AWS::DynamoDB::Table': [
      need(
        [here('dynamodb', 'table/concordat-*')],
        'dynamodb:CreateTable',
        'dynamodb:DeleteResourcePolicy',
        'dynamodb:DeleteTable',
        'dynamodb:Describe*',
        'dynamodb:GetResourcePolicy',
        'dynamodb:ListTagsOfResource',
        'dynamodb:PutResourcePolicy',
        'dynamodb:TagResource',
        'dynamodb:UntagResource',
        'dynamodb:UpdateContinuousBackups',
        'dynamodb:UpdateTable',
        'dynamodb:UpdateTimeToLive',
      ),
      {
        actions: ['kms:CreateGrant', 'kms:DescribeKey', ...TABLE_KEY_USE],
        resources: keys,
        condition: {
          ...OWN_KEYS_ALONE,
          StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
        },
      },
    ],
    'AWS::KMS::Alias': [
      need([here('kms', 'alias/concordat-*')], ...CHANGE_ALIASES),
      // The key behind it is asked, too.
      { actions: CHANGE_ALIASES, resources: keys, condition: OWN_KEYS_ALONE },
      need(['*'], 'kms:ListAliases'),
    ],
    'AWS::KMS::Key': [
      {
        actions: [
          'kms:DisableKeyRotation',
          'kms:PutKeyPolicy',
          'kms:ScheduleKeyDeletion',
          'kms:TagResource',
          'kms:UntagResource',
          'kms:UpdateKeyDescription',
        ],
        resources: keys,
        condition: OWN_KEYS_ALONE,
      },
      // It looks at a key, and has it rotate, within minutes of making it, and a tag may take five to count.
      need(
        keys,
        'kms:DescribeKey',
        'kms:EnableKeyRotation',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListResourceTags',
      ),
      // Whoever makes a key with tags must be allowed to tag keys that it cannot know yet.
      { actions: ['kms:CreateKey', 'kms:TagResource'], resources: ['*'], condition: TAGGED_AS_OWN },
    ],
    'AWS::S3::AccessPoint': [
      need(
        [here('s3', 'accesspoint/*')],
        's3:CreateAccessPoint',
        's3:DeleteAccessPoint',
        's3:DeleteAccessPointPolicy',
        's3:GetAccessPointPolicy',
        's3:GetAccessPointPolicyStatus',
        's3:ListTagsForResource',
        's3:PutAccessPointPolicy',
        's3:TagResource',
        's3:UntagResource',
      ),
      // AWS offers these for all access points of the account only.
      need(['*'], 's3:GetAccessPoint', 's3:PutAccessPointPublicAccessBlock'),
    ],
    'AWS::S3::Bucket': [
      need(
        buckets,
        's3:CreateBucket',
        's3:DeleteBucket',
        's3:Get*Configuration',
        's3:GetBucket*',
        's3:ListBucket',
        's3:ListTagsForResource',
        's3:Put*Configuration',
        // To take a setting away takes the same right as to make it.
        's3:PutBucketCORS',
        's3:PutBucketNotification',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketTagging',
        's3:PutBucketVersioning',
        's3:TagResource',
        's3:UntagResource',
      ),
    ],
    'AWS::S3::BucketPolicy': [
      need(buckets, 's3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'),
    ],
  };
}
