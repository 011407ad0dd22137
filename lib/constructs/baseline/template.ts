/**
 * What every account begins with, as one template without parameters: StackSets take no macros, and the synthesised assembly
 * is what is checked. CloudFormation puts in the account.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */

import {
  BOOTSTRAP_VERSION,
  BOUNDARY_NAME,
  type BootstrapRole,
  bootstrapRoleName,
  rolesBoundaryName,
  stagingBucketName,
  THIS_ACCOUNT,
  VERSION_PARAMETER,
} from '../../names';
import {
  bootstrapPermissions,
  executionBoundary,
  executionPermissions,
  memberRolesBoundary,
  stagingBucketPolicy,
  TRUSTED_BY_CLOUD_FORMATION,
  trustedByDeployers,
  trustedByStatus,
  watchPermissions,
  zoneRolesBoundary,
} from '../../policy';
import type { Zone } from '../../register';
import { configResources } from './aws-config';
import { type BaselineResources, CLOSED_BUCKET, KEPT } from './resource';

/**
 * The template of the baseline.
 * @param types the kinds of resource that are deployed to these accounts
 */
export function baselineTemplate(zone: Zone, types: Iterable<string>) {
  const Resources: BaselineResources = {
    ...stagingResources(zone),
    ...roleResources(zone, [...types]),
    BootstrapVersion: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: VERSION_PARAMETER, Type: 'String', Value: String(BOOTSTRAP_VERSION) },
    },
    ...(zone.baseline.config === 'ncsc' && configResources(zone)),
  };
  return {
    Description: 'Concordat: what every account begins with',
    Resources: substituted(Resources) as BaselineResources,
    // The CDK looks here if the parameter can’t be read.
    Outputs: {
      BucketName: { Value: substituted(stagingBucketName(THIS_ACCOUNT, zone)) },
      BootstrapVersion: { Value: String(BOOTSTRAP_VERSION) },
    },
  };
}

function stagingResources(zone: Zone): BaselineResources {
  const bucket = stagingBucketName(THIS_ACCOUNT, zone);
  return {
    StagingBucket: {
      Type: 'AWS::S3::Bucket',
      ...KEPT,
      Properties: {
        ...CLOSED_BUCKET,
        BucketName: bucket,
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
          ],
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: 'RemoveOldVersions',
              Status: 'Enabled',
              NoncurrentVersionExpiration: { NoncurrentDays: 30 },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            },
          ],
        },
      },
    },
    StagingBucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      DependsOn: 'StagingBucket',
      Properties: { Bucket: bucket, PolicyDocument: stagingBucketPolicy(zone) },
    },
  };
}

function roleResources(zone: Zone, types: readonly string[]): BaselineResources {
  const role = (name: BootstrapRole, trust: object, permissions: object, more: object = {}) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: bootstrapRoleName(name, THIS_ACCOUNT, zone),
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: name, PolicyDocument: permissions }],
      ...more,
    },
  });
  const boundary = (name: string, document: object) => ({
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: name, PolicyDocument: document },
  });
  const byDeployers = (name: Exclude<BootstrapRole, 'cfn-exec' | 'status'>) =>
    role(name, trustedByDeployers(zone), bootstrapPermissions(zone, name));
  return {
    DeployRole: byDeployers('deploy'),
    FilePublishingRole: byDeployers('file-publishing'),
    LookupRole: byDeployers('lookup'),
    ...(zone.rollout?.watchedBy && {
      StatusRole: role('status', trustedByStatus(zone.rollout), watchPermissions(zone, types)),
    }),
    Boundary: boundary(BOUNDARY_NAME, executionBoundary(zone, types)),
    MemberRolesBoundary: boundary(rolesBoundaryName('member'), memberRolesBoundary(zone)),
    ZoneRolesBoundary: boundary(rolesBoundaryName('zone'), zoneRolesBoundary(zone)),
    ExecutionRole: role('cfn-exec', TRUSTED_BY_CLOUD_FORMATION, executionPermissions(zone, types), {
      PermissionsBoundary: { Ref: 'Boundary' },
    }),
  };
}

/** Has CloudFormation put in the account wherever a text names it. */
function substituted(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(THIS_ACCOUNT) ? { 'Fn::Sub': value } : value;
  if (Array.isArray(value)) return value.map(substituted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, substituted(each)]));
}
