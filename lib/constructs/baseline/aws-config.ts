/** AWS Config in every account: what it records, where it writes, and the rules that it holds resources against. */

import { ROLE_PATH, THIS_ACCOUNT } from '../../names';
import {
  configBucketName,
  configBucketPolicy,
  configDeliveryPermissions,
  trustedByConfig,
} from '../../policy';
import type { Zone } from '../../register';
import { CONFIG_RULES } from './config-rules';
import { type BaselineResources, CLOSED_BUCKET, KEPT } from './resource';

/** What the rules ask about, and no more: each recorded change costs. */
const RECORDED = [
  'AWS::CloudTrail::Trail',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Group',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::S3::AccountPublicAccessBlock',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
];

/** Longer than a year, so that a yearly review can look at all of it. */
const KEPT_DAYS = 400;

const RECORDER = 'ConfigRecorder';

/**
 * The resources of AWS Config. A rule can be made only once there is a recorder. Recorder and delivery are each made at once with the
 * other, since CloudFormation ends neither without the other. AWS Config writes a file as soon as it may deliver, and CloudFormation
 * deletes no bucket in which anything lies, so both wait for the role and the bucket’s policy: by the latter, since room is short.
 * @see https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1282
 */
export function configResources(zone: Zone): BaselineResources {
  const bucket = configBucketName(zone, THIS_ACCOUNT);
  return {
    ConfigBucket: {
      Type: 'AWS::S3::Bucket',
      ...KEPT,
      Properties: {
        ...CLOSED_BUCKET,
        BucketName: bucket,
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        LifecycleConfiguration: {
          Rules: [{ Id: 'RemoveOldRecords', Status: 'Enabled', ExpirationInDays: KEPT_DAYS }],
        },
      },
    },
    ConfigBucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      DependsOn: ['ConfigBucket', 'ConfigRole'],
      Properties: { Bucket: bucket, PolicyDocument: configBucketPolicy(bucket) },
    },
    ConfigRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Path: ROLE_PATH,
        RoleName: 'concordat-config',
        AssumeRolePolicyDocument: trustedByConfig(),
        Policies: [{ PolicyName: 'deliver', PolicyDocument: configDeliveryPermissions(bucket) }],
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWS_ConfigRole'],
      },
    },
    [RECORDER]: {
      Type: 'AWS::Config::ConfigurationRecorder',
      DependsOn: 'ConfigBucketPolicy',
      Properties: {
        Name: 'concordat',
        RoleARN: { 'Fn::GetAtt': ['ConfigRole', 'Arn'] },
        RecordingGroup: { AllSupported: false, IncludeGlobalResourceTypes: false, ResourceTypes: RECORDED },
      },
    },
    ConfigDelivery: {
      Type: 'AWS::Config::DeliveryChannel',
      DependsOn: 'ConfigBucketPolicy',
      Properties: { Name: 'concordat', S3BucketName: bucket },
    },
    ...ruleResources(),
  };
}

function ruleResources(): BaselineResources {
  return Object.fromEntries(
    Object.entries(CONFIG_RULES).map(([identifier, parameters]) => [
      identifier
        .split('_')
        .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
        .join(''),
      {
        Type: 'AWS::Config::ConfigRule',
        DependsOn: RECORDER,
        Properties: {
          ConfigRuleName: `concordat-${identifier.toLowerCase().replaceAll('_', '-')}`,
          Source: { Owner: 'AWS', SourceIdentifier: identifier },
          ...(parameters && { InputParameters: parameters }),
        },
      },
    ]),
  );
}
