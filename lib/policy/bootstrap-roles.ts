/**
 * The roles of the bootstrap but for CloudFormation’s: who takes them on, and what each may do. They follow the CDK’s own
 * template, less what no deployment here needs: images, pipelines across accounts, and reading whatever there is.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */

import {
  accessPointArn,
  type BootstrapRole,
  bootstrapRoleArn,
  stagingBucketName,
  THIS_ACCOUNT,
  VERSION_PARAMETER,
} from '../names';
import type { Zone } from '../register';
import { inThisAccount } from './bootstrap-need';
import { type IdentityStatement, type PolicyDocument, policy, type TrustStatement } from './document';

/**
 * Only the roles that the register names deploy, by their accounts’ root with a condition: no order of deployment is needed,
 * and no other role of those accounts gets in. Services that act for others give an external id; none does so here.
 */
export function trustedByDeployers({ guardrails }: Zone): PolicyDocument<TrustStatement> {
  const accounts = [...new Set(guardrails.deployers.map((arn) => arn.split(':')[4] ?? ''))].sort();
  return policy({
    Sid: 'DeployersTakeOnTheRole',
    Effect: 'Allow',
    Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
    Action: ['sts:AssumeRole'],
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': guardrails.deployers },
      Null: { 'sts:ExternalId': 'true' },
    },
  });
}

/** CloudFormation takes on its role for stacks of this account; who may ask it to is settled by the right to pass the role. */
export const TRUSTED_BY_CLOUD_FORMATION: PolicyDocument<TrustStatement> = policy({
  Sid: 'CloudFormationTakesOnTheRole',
  Effect: 'Allow',
  Principal: { Service: 'cloudformation.amazonaws.com' },
  Action: ['sts:AssumeRole'],
});

/** What the roles of the bootstrap may do, but for CloudFormation’s. */
export function bootstrapPermissions(
  zone: Zone,
  role: Exclude<BootstrapRole, 'cfn-exec' | 'status'>,
): PolicyDocument<IdentityStatement> {
  switch (role) {
    case 'deploy':
      return deployPermissions(zone);
    case 'file-publishing':
      return publishPermissions(zone);
    case 'lookup':
      return policy(readsStacks(), readsVersion(zone));
  }
}

/** Asks CloudFormation to deploy the stacks of the landing zone, and no others. */
function deployPermissions(zone: Zone): PolicyDocument<IdentityStatement> {
  const staging = `arn:aws:s3:::${stagingBucketName(THIS_ACCOUNT, zone)}`;
  const stacks = ['Organisation-*', 'Zone'].map((name) =>
    inThisAccount(zone, 'cloudformation', `stack/${name}/*`),
  );
  return policy(
    {
      Sid: 'DeployStacksOfTheLandingZone',
      Effect: 'Allow',
      Action: [
        'cloudformation:CancelUpdateStack',
        'cloudformation:ContinueUpdateRollback',
        'cloudformation:CreateStack',
        'cloudformation:DeleteChangeSet',
        'cloudformation:DeleteStack',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:RollbackStack',
        'cloudformation:UpdateStack',
        'cloudformation:UpdateTerminationProtection',
      ],
      Resource: stacks,
    },
    {
      // A stack that took in a key or a role that was there before would have the right to change it.
      Sid: 'PlanChangesThatTakeNothingIn',
      Effect: 'Allow',
      Action: ['cloudformation:CreateChangeSet'],
      Resource: stacks,
      Condition: { Null: { 'cloudformation:ImportResourceTypes': 'true' } },
    },
    readsStacks(),
    {
      Sid: 'HaveCloudFormationWorkAsItsRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [bootstrapRoleArn('cfn-exec', THIS_ACCOUNT, zone)],
      Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
    },
    {
      Sid: 'ReadTemplatesThatWereUploaded',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'],
      Resource: [staging, `${staging}/*`],
    },
    readsVersion(zone),
    {
      // By hand, where the grant broker fails: docs/operating.md.
      Sid: 'CloseAccessPointsInAnEmergency',
      Effect: 'Allow',
      Action: ['s3:GetAccessPointPolicy', 's3:PutAccessPointPolicy'],
      Resource: [accessPointArn(zone, THIS_ACCOUNT, `${'?'.repeat(12)}--*`)],
    },
  );
}

/** Uploads assets, and sees which are there already. */
function publishPermissions(zone: Zone): PolicyDocument<IdentityStatement> {
  const staging = `arn:aws:s3:::${stagingBucketName(THIS_ACCOUNT, zone)}`;
  return policy(
    {
      Sid: 'UploadAssets',
      Effect: 'Allow',
      Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
      Resource: [`${staging}/*`],
    },
    {
      Sid: 'SeeWhichAssetsAreThere',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucket'],
      Resource: [staging],
    },
  );
}

/** CloudFormation offers most of these for whole accounts only; none of them shows what is shared. */
function readsStacks(): IdentityStatement {
  return {
    Sid: 'SeeWhatIsDeployed',
    Effect: 'Allow',
    Action: ['cloudformation:Describe*', 'cloudformation:Get*', 'cloudformation:List*'],
    Resource: ['*'],
  };
}

function readsVersion(zone: Zone): IdentityStatement {
  return {
    Sid: 'ReadTheVersionOfTheBootstrap',
    Effect: 'Allow',
    Action: ['ssm:GetParameter', 'ssm:GetParameters'],
    Resource: [inThisAccount(zone, 'ssm', `parameter${VERSION_PARAMETER}`)],
  };
}
