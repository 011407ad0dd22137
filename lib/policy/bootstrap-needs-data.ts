/** What CloudFormation needs to make buckets, access points, keys and tables. */

import { THIS_ACCOUNT } from '../names';
import type { Zone } from '../register';
import { inThisAccount, type Needs, need } from './bootstrap-need';

/** The needs, by type of resource. */
export function needsOfData(zone: Zone): Needs {
  const { region, namePrefix } = zone;
  const here = (service: string, rest: string) => inThisAccount(zone, service, rest);
  const buckets = [`arn:aws:s3:::${namePrefix}-*-${THIS_ACCOUNT}-${region}-an`];
  const keys = [here('kms', 'key/*')];
  return {
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
        actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
        resources: keys,
        condition: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
      },
    ],
    'AWS::KMS::Alias': [
      need(
        [here('kms', 'alias/concordat-*'), ...keys],
        'kms:CreateAlias',
        'kms:DeleteAlias',
        'kms:UpdateAlias',
      ),
      need(['*'], 'kms:ListAliases'),
    ],
    'AWS::KMS::Key': [
      need(
        keys,
        'kms:DescribeKey',
        'kms:DisableKeyRotation',
        'kms:EnableKeyRotation',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListResourceTags',
        'kms:PutKeyPolicy',
        'kms:ScheduleKeyDeletion',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:UpdateKeyDescription',
      ),
      need(['*'], 'kms:CreateKey'),
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
