/** Requests that the guardrails on Regions, publicity, record and deployment must deny, and those that they must let be. */
import { DEPLOYERS, LEEDS, type Table } from './asking';

const BUCKET = `arn:aws:s3:::concordat-exchange-${LEEDS}-eu-west-2-an`;
const OTHER_BUCKET = 'arn:aws:s3:::councils-own-bucket';
const KEY = `arn:aws:kms:eu-west-2:${LEEDS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const US = { 'aws:RequestedRegion': 'us-east-1' };
const iam = (rest: string) => `arn:aws:iam::${LEEDS}:${rest}`;
const stack = (name: string) => `arn:aws:cloudformation:eu-west-2:${LEEDS}:stack/${name}/abc`;
const OPEN = { 's3:x-amz-acl': 'public-read' };

const functions = (name: string) => `arn:aws:lambda:eu-west-2:${LEEDS}:function:${name}`;
const BROKER = functions('concordat-grant-broker');
const CALLS = 'lambda:InvokeFunction lambda:InvokeFunctionUrl lambda:InvokeAsync';
const parameters = (name: string) => `arn:aws:ssm:eu-west-2:${LEEDS}:parameter${name}`;
const STOPS = parameters('/concordat/stops/2027-04-01T00.00.00.000Z-1');
const WRITES_OF_RECORDS = `ssm:PutParameter ssm:DeleteParameter ssm:DeleteParameters ssm:LabelParameterVersion
  ssm:UnlabelParameterVersion ssm:PutResourcePolicy ssm:DeleteResourcePolicy`;

const CHANGES_OF_ROLES = `iam:AttachRolePolicy iam:CreateRole iam:DeleteRole iam:DeleteRolePermissionsBoundary
  iam:DeleteRolePolicy iam:DetachRolePolicy iam:PutRolePermissionsBoundary iam:TagRole iam:UntagRole
  iam:UpdateAssumeRolePolicy iam:UpdateRole iam:UpdateRoleDescription`;
const CHANGES_OF_POLICIES = `iam:CreatePolicy iam:CreatePolicyVersion iam:DeletePolicy iam:DeletePolicyVersion
  iam:SetDefaultPolicyVersion iam:TagPolicy iam:UntagPolicy`;
const CHANGES_OF_STACKS = `cloudformation:CancelUpdateStack cloudformation:ContinueUpdateRollback
  cloudformation:CreateChangeSet cloudformation:CreateStack cloudformation:DeleteChangeSet cloudformation:DeleteStack
  cloudformation:ExecuteChangeSet cloudformation:RollbackStack cloudformation:SetStackPolicy
  cloudformation:SignalResource cloudformation:UpdateStack cloudformation:UpdateTerminationProtection
  cloudformation:CreateStackRefactor cloudformation:ExecuteStackRefactor cloudformation:TagResource
  cloudformation:UntagResource cloudformation:AnActionOfTomorrow`;
const LOOKS_AT_STACKS = `cloudformation:DescribeStacks cloudformation:DetectStackDrift cloudformation:GetTemplate
  cloudformation:ListStackResources`;
const CHANGES_OF_THE_RECORD = `access-analyzer:ApplyArchiveRule access-analyzer:CreateArchiveRule
  access-analyzer:DeleteAnalyzer access-analyzer:DeleteServiceLinkedAnalyzer access-analyzer:UpdateAnalyzer
  access-analyzer:UpdateArchiveRule cloudtrail:DeleteTrail cloudtrail:PutEventConfiguration
  cloudtrail:PutEventSelectors cloudtrail:PutInsightSelectors cloudtrail:StopLogging cloudtrail:UpdateTrail
  config:DeleteConfigRule config:DeleteConfigurationRecorder config:DeleteDeliveryChannel
  config:DeleteEvaluationResults config:DeleteServiceLinkedConfigurationRecorder config:DisassociateResourceTypes
  config:PutConfigRule config:PutConfigurationRecorder config:PutDeliveryChannel config:PutRetentionConfiguration
  config:StopConfigurationRecorder guardduty:CreateFilter guardduty:CreateIPSet guardduty:CreateTrustedEntitySet
  guardduty:DeleteDetector guardduty:DeleteMalwareProtectionPlan guardduty:DeleteMembers
  guardduty:DeletePublishingDestination guardduty:DisassociateFromAdministratorAccount
  guardduty:DisassociateFromMasterAccount guardduty:DisassociateMembers guardduty:StopMonitoringMembers
  guardduty:UpdateDetector guardduty:UpdateFilter guardduty:UpdateIPSet guardduty:UpdateMalwareProtectionPlan
  guardduty:UpdateMemberDetectors guardduty:UpdatePublishingDestination guardduty:UpdateTrustedEntitySet`;

/** By the statement’s Sid. */
export const ACCOUNT_TABLES: Readonly<Record<string, Table>> = {
  DenyOtherRegionsButForGlobalServices: {
    deny: [
      ['administrator', 's3:CreateBucket kms:CreateKey lambda:CreateFunction ec2:RunInstances', '*', US],
      ['administrator', 'cloudfront:CreateDistribution route53:CreateHostedZone', '*', US],
      ['administrator', 'account:EnableRegion account:DisableRegion', '*'],
      ['cloudFormation', 's3:CreateBucket', '*', { 'aws:RequestedRegion': 'eu-west-1' }],
      ['administrator', 's3:CreateBucket', '*', { 'aws:RequestedRegion': undefined }],
    ],
    allow: [
      ['administrator', 'ec2:RunInstances kms:DescribeKey lambda:ListFunctions', '*'],
      ['administrator', 'account:GetContactInformation account:ListRegions billing:GetBillingData', '*'],
      ['administrator', 'billing:ListBillingViews budgets:ViewBudget ce:GetCostAndUsage', '*'],
      ['administrator', 'health:DescribeEvents iam:ListRoles organizations:DescribeOrganization', '*'],
      ['administrator', 's3:GetAccountPublicAccessBlock s3:ListAllMyBuckets', '*', US],
      ['administrator', 'servicequotas:ListServices support:CreateCase', '*'],
      ['administrator', 'trustedadvisor:DescribeChecks', '*'],
      ['administrator', 'sts:GetCallerIdentity', '*', US],
      ['stackSets', 'budgets:ModifyBudget', '*'],
      ['serviceLinked', 'config:PutEvaluations', '*', US],
    ],
  },
  DenyCopiesThatLeaveTheRegion: {
    deny: [
      ['administrator', 's3:PutReplicationConfiguration s3:PutAccelerateConfiguration', OTHER_BUCKET],
      ['cloudFormation', 's3:PutReplicationConfiguration s3:PutAccelerateConfiguration', BUCKET],
      ['administrator', 's3:CreateMultiRegionAccessPoint s3:PutMultiRegionAccessPointPolicy', '*'],
      ['administrator', 's3:SubmitMultiRegionAccessPointRoutes', '*'],
      ['keyAdministrator', 'kms:ReplicateKey kms:UpdatePrimaryRegion', KEY],
      ['administrator', 'dynamodb:CreateGlobalTable dynamodb:CreateTableReplica', '*'],
      ['administrator', 'dynamodb:UpdateGlobalTable ecr:PutReplicationConfiguration', '*'],
      ['administrator', 'secretsmanager:ReplicateSecretToRegions', '*'],
    ],
    allow: [
      ['administrator', 's3:GetReplicationConfiguration s3:PutLifecycleConfiguration', OTHER_BUCKET],
      ['cloudFormation', 'dynamodb:CreateTable', '*'],
    ],
  },
  DenyKeysOfManyRegions: {
    deny: [
      ['administrator', 'kms:CreateKey', '*', { 'kms:MultiRegion': 'true' }],
      ['cloudFormation', 'kms:CreateKey', '*', { 'kms:MultiRegion': 'true' }],
    ],
    allow: [
      ['cloudFormation', 'kms:CreateKey', '*', { 'kms:MultiRegion': 'false' }],
      ['administrator', 'kms:CreateKey', '*'],
    ],
  },
  DenyChangingTheBlockOfTheAccount: {
    deny: [
      ['administrator', 's3:PutAccountPublicAccessBlock', '*'],
      ['stackSets', 's3:PutAccountPublicAccessBlock', '*'],
    ],
    allow: [['administrator', 's3:GetAccountPublicAccessBlock', '*']],
  },
  DenyChangingTheBlockOfBucketsAndAccessPoints: {
    deny: [
      ['administrator', 's3:PutBucketPublicAccessBlock', OTHER_BUCKET],
      ['administrator', 's3:PutAccessPointPublicAccessBlock', '*'],
      ['otherBootstrap', 's3:PutBucketPublicAccessBlock', BUCKET],
    ],
    allow: [
      ['cloudFormation', 's3:PutBucketPublicAccessBlock', BUCKET],
      [
        'stackSets',
        's3:PutBucketPublicAccessBlock',
        `arn:aws:s3:::cdk-concordat-assets-${LEEDS}-eu-west-2-an`,
      ],
    ],
  },
  DenyListsOfAccessThatLetStrangersIn: {
    deny: [
      ['administrator', 's3:PutBucketAcl s3:CreateBucket', OTHER_BUCKET, OPEN],
      ['deposit', 's3:PutObject s3:PutObjectAcl s3:PutObjectVersionAcl', `${BUCKET}/agreements/x`, OPEN],
      ['deposit', 's3:PutObject', `${BUCKET}/x`, { 's3:x-amz-acl': 'public-read-write' }],
      ['deposit', 's3:PutObject', `${BUCKET}/x`, { 's3:x-amz-acl': 'authenticated-read' }],
    ],
    allow: [
      ['deposit', 's3:PutObject', `${BUCKET}/agreements/x`],
      ['deposit', 's3:PutObject', `${BUCKET}/agreements/x`, { 's3:x-amz-acl': 'bucket-owner-full-control' }],
    ],
  },
  DenyLeavingTheOrganisation: {
    deny: [
      ['administrator', 'organizations:LeaveOrganization account:CloseAccount', '*'],
      ['administrator', 'organizations:AcceptHandshake', '*'],
      ['operator', 'organizations:AcceptHandshake organizations:LeaveOrganization', '*'],
      ['cloudFormation', 'organizations:LeaveOrganization', '*'],
    ],
    allow: [['administrator', 'organizations:DescribeOrganization organizations:DeclineHandshake', '*']],
  },
  DenyTurningOffTheRecord: {
    deny: [
      ['administrator', CHANGES_OF_THE_RECORD, '*'],
      ['operator', 'guardduty:DisassociateFromMasterAccount config:PutConfigRule', '*'],
      ['deployment', 'guardduty:DeleteMalwareProtectionPlan cloudtrail:StopLogging', '*'],
      ['otherBootstrap', 'config:StopConfigurationRecorder', '*'],
    ],
    allow: [
      ['administrator', 'cloudtrail:LookupEvents config:GetComplianceDetailsByConfigRule', '*'],
      ['administrator', 'guardduty:ListFindings access-analyzer:ListFindings', '*'],
      // An organisation’s own rules: AWS Config makes those of a pack by a role of its own.
      ['administrator', 'config:PutConformancePack config:StartConfigurationRecorder', '*'],
      ['cloudFormation', 'guardduty:CreateMalwareProtectionPlan guardduty:UpdateMalwareProtectionPlan', '*'],
      ['cloudFormation', 'guardduty:DeleteMalwareProtectionPlan', '*'],
      ['stackSets', 'config:PutConfigurationRecorder config:PutDeliveryChannel config:DeleteConfigRule', '*'],
      ['stackSets', 'access-analyzer:DeleteAnalyzer', '*'],
    ],
  },
  DenyTheRootUser: {
    deny: [['root', 's3:ListBucket iam:CreateUser kms:PutKeyPolicy sts:GetCallerIdentity', '*']],
    allow: [['administrator', 's3:ListBucket iam:CreateUser', '*']],
  },
  DenyChangingRolesOfTheLandingZone: {
    deny: [
      ['administrator', CHANGES_OF_ROLES, iam('role/concordat/concordat-grant-broker')],
      ['broker', 'iam:AttachRolePolicy', iam('role/concordat/concordat-collect')],
      ['deployment', 'iam:CreateRole', iam('role/concordat/anything')],
      ['otherBootstrap', 'iam:CreateRole', iam('role/concordat/concordat-collect')],
      // The engine of rollouts is deployed with this policy off its account: docs/operating.md.
      ['deployersBootstrap', 'iam:CreateRole', iam('role/concordat/concordat-rollout-machine')],
    ],
    allow: [
      ['cloudFormation', CHANGES_OF_ROLES, iam('role/concordat/concordat-collect')],
      ['stackSets', 'iam:CreateRole', iam('role/concordat/concordat-config')],
      ['administrator', CHANGES_OF_ROLES, iam('role/benefits/analyst')],
      ['administrator', 'iam:GetRole', iam('role/concordat/concordat-collect')],
    ],
  },
  DenyCallingFunctions: {
    deny: [
      ['administrator', CALLS, BROKER],
      ['administrator', CALLS, `${BROKER}:stop`],
      ['administrator', 'lambda:InvokeFunction', `${BROKER}:$LATEST`],
      ['zonesStop', 'lambda:InvokeFunction', `${BROKER}:lift`],
      ['deployment', 'lambda:InvokeFunction', BROKER],
      ['collect', 'lambda:InvokeFunction', `${BROKER}:lift`],
      ['broker', 'lambda:InvokeFunction', `${BROKER}:lift`],
      ['administrator', 'lambda:InvokeFunction', functions('concordat-ledger-seal')],
    ],
    allow: [
      ['cloudFormation', 'lambda:InvokeFunction', BROKER],
      ['stop', 'lambda:InvokeFunction', `${BROKER}:stop`],
      ['lift', 'lambda:InvokeFunction', `${BROKER}:lift`],
      ['gateMachine', 'lambda:InvokeFunction', functions('concordat-release-gate')],
      ['administrator', CALLS, functions('benefits')],
      ['administrator', 'lambda:GetFunction', BROKER],
    ],
  },
  DenyWritingTheRecordOfStops: {
    deny: [
      ['administrator', WRITES_OF_RECORDS, STOPS],
      ['stop', WRITES_OF_RECORDS, STOPS],
      ['cloudFormation', 'ssm:PutParameter ssm:DeleteParameter', STOPS],
    ],
    allow: [
      ['broker', 'ssm:PutParameter', STOPS],
      ['administrator', 'ssm:GetParameter ssm:GetParametersByPath ssm:GetParameterHistory', STOPS],
      ['administrator', WRITES_OF_RECORDS, parameters('/benefits/rate')],
    ],
  },
  DenyWritingPoliciesOfRoles: {
    deny: [
      ['administrator', 'iam:PutRolePolicy', iam('role/concordat/concordat-collect')],
      ['deployment', 'iam:PutRolePolicy', iam('role/concordat/concordat-grant-broker')],
      ['stop', 'iam:PutRolePolicy', iam('role/concordat/concordat-collect')],
    ],
    allow: [
      ['broker', 'iam:PutRolePolicy', iam('role/concordat/concordat-collect')],
      ['cloudFormation', 'iam:PutRolePolicy', iam('role/concordat/concordat-grant-broker')],
      ['stackSets', 'iam:PutRolePolicy', iam('role/concordat/concordat-config')],
      ['administrator', 'iam:PutRolePolicy', iam('role/benefits/analyst')],
    ],
  },
  DenyTheBrokerPoliciesOfOtherRoles: {
    deny: [
      ['broker', 'iam:PutRolePolicy', iam('role/concordat/concordat-grant-broker')],
      ['broker', 'iam:PutRolePolicy', iam('role/concordat/concordat-lift')],
      ['broker', 'iam:PutRolePolicy', iam('role/benefits/analyst')],
    ],
    allow: [
      ['broker', 'iam:PutRolePolicy', iam('role/concordat/concordat-collect')],
      ['broker', 'iam:PutRolePolicy', iam('role/concordat/concordat-deposit')],
      ['broker', 'iam:PutRolePolicy', iam('role/concordat/concordat-receipts')],
      ['cloudFormation', 'iam:PutRolePolicy', iam('role/concordat/concordat-grant-broker')],
    ],
  },
  DenyChangingRolesOfTheDeployment: {
    deny: [
      [
        'administrator',
        `${CHANGES_OF_ROLES} iam:PutRolePolicy`,
        iam(`role/cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`),
      ],
      ['administrator', 'iam:CreateRole', iam('role/cdk-concordat-cfn-exec-role-false')],
      ['administrator', 'iam:CreateRole iam:UpdateAssumeRolePolicy', iam('role/stacksets-exec-false')],
      ['administrator', CHANGES_OF_POLICIES, iam('policy/concordat-deployment-boundary')],
      ['cloudFormation', 'iam:PutRolePolicy', iam(`role/cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`)],
      ['cloudFormation', 'iam:CreatePolicyVersion', iam('policy/concordat-deployment-boundary')],
      ['administrator', CHANGES_OF_POLICIES, iam('policy/concordat-member-roles-boundary')],
      ['cloudFormation', CHANGES_OF_POLICIES, iam('policy/concordat-member-roles-boundary')],
      ['deployment', CHANGES_OF_POLICIES, iam('policy/concordat-zone-roles-boundary')],
      ['deployment', 'iam:PutRolePolicy', iam(`role/cdk-concordat-deploy-role-${LEEDS}-eu-west-2`)],
    ],
    allow: [
      ['stackSets', CHANGES_OF_ROLES, iam(`role/cdk-concordat-deploy-role-${LEEDS}-eu-west-2`)],
      ['stackSets', CHANGES_OF_POLICIES, iam('policy/concordat-deployment-boundary')],
      ['stackSets', CHANGES_OF_POLICIES, iam('policy/concordat-member-roles-boundary')],
      ['serviceLinked', 'iam:CreateRole', iam('role/stacksets-exec-0123456789abcdef')],
      ['administrator', CHANGES_OF_POLICIES, iam('policy/benefits')],
      ['administrator', 'iam:CreateRole', iam('role/cdk-hnb659fds-deploy-role')],
    ],
  },
  DenyPassingRolesOfTheLandingZone: {
    deny: [
      ['administrator', 'iam:PassRole', iam('role/concordat/concordat-grant-broker')],
      ['deployment', 'iam:PassRole', iam('role/concordat/concordat-grant-broker')],
    ],
    allow: [
      ['cloudFormation', 'iam:PassRole', iam('role/concordat/concordat-grant-broker')],
      ['stackSets', 'iam:PassRole', iam('role/concordat/concordat-config')],
      ['administrator', 'iam:PassRole', iam('role/benefits/analyst')],
    ],
  },
  DenyPassingRolesOfTheDeployment: {
    deny: [
      ['administrator', 'iam:PassRole', iam(`role/cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`)],
      ['cloudFormation', 'iam:PassRole', iam(`role/cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`)],
      ['stackSets', 'iam:PassRole', iam(`role/cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`)],
    ],
    allow: [['deployment', 'iam:PassRole', iam(`role/cdk-concordat-cfn-exec-role-${LEEDS}-eu-west-2`)]],
  },
  DenyChangingStacksOfTheLandingZone: {
    deny: [
      ['administrator', CHANGES_OF_STACKS, stack('Organisation-leeds')],
      ['administrator', 'cloudformation:UpdateStack', stack('Organisation-leeds-shares-1')],
      ['operator', 'cloudformation:DeleteStack cloudformation:ExecuteStackRefactor', stack('Zone')],
      ['stackSets', 'cloudformation:UpdateStack', stack('Zone')],
    ],
    allow: [
      ['deployment', CHANGES_OF_STACKS, stack('Organisation-leeds')],
      ['deployment', 'cloudformation:ExecuteChangeSet', stack('Zone')],
      ['administrator', CHANGES_OF_STACKS, stack('Benefits')],
      ['administrator', LOOKS_AT_STACKS, stack('Organisation-leeds')],
    ],
  },
  DenyChangingStacksOfTheBaseline: {
    deny: [
      ['administrator', CHANGES_OF_STACKS, stack('StackSet-concordat-baseline-0123')],
      ['administrator', 'cloudformation:DeleteStack', stack('StackSet-concordat-budgets-0123')],
      ['deployment', 'cloudformation:UpdateStack', stack('StackSet-concordat-baseline-0123')],
    ],
    allow: [
      ['stackSets', CHANGES_OF_STACKS, stack('StackSet-concordat-baseline-0123')],
      ['administrator', 'cloudformation:DeleteStack', stack('StackSet-another-0123')],
      ['administrator', LOOKS_AT_STACKS, stack('StackSet-concordat-baseline-0123')],
    ],
  },
};

const PIPELINE = `arn:aws:iam::${DEPLOYERS}:oidc-provider/token.actions.githubusercontent.com`;
const DIRECTORY = `arn:aws:iam::${DEPLOYERS}:saml-provider/directory`;
const inDeployers = (rest: string) => `arn:aws:iam::${DEPLOYERS}:${rest}`;

/** For the account of those who deploy. */
export const DEPLOYER_TABLES: Readonly<Record<string, Table>> = {
  DenyChangingRolesThatDeploy: {
    deny: [
      [
        'deployersAdministrator',
        `${CHANGES_OF_ROLES} iam:PassRole iam:PutRolePolicy`,
        inDeployers('role/deployment'),
      ],
      ['deployer', 'iam:UpdateAssumeRolePolicy', inDeployers('role/deployment')],
    ],
    allow: [
      ['deployersStackSets', CHANGES_OF_ROLES, inDeployers('role/deployment')],
      ['deployersAdministrator', 'iam:GetRole', inDeployers('role/deployment')],
      ['deployersAdministrator', `${CHANGES_OF_ROLES} iam:PassRole`, inDeployers('role/reports')],
      ['deployer', 'sts:AssumeRole', iam(`role/cdk-concordat-deploy-role-${LEEDS}-eu-west-2`)],
    ],
  },
  DenyChangingWhoVouchesForSessions: {
    deny: [
      [
        'deployersAdministrator',
        `iam:AddClientIDToOpenIDConnectProvider iam:CreateOpenIDConnectProvider iam:DeleteOpenIDConnectProvider
        iam:RemoveClientIDFromOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint`,
        PIPELINE,
      ],
      [
        'deployersAdministrator',
        'iam:CreateSAMLProvider iam:DeleteSAMLProvider iam:UpdateSAMLProvider',
        DIRECTORY,
      ],
      ['deployer', 'iam:UpdateSAMLProvider', DIRECTORY],
      // So is the engine’s own provider.
      ['deployersBootstrap', 'iam:CreateOpenIDConnectProvider', PIPELINE],
    ],
    allow: [
      [
        'deployersStackSets',
        'iam:CreateOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint',
        PIPELINE,
      ],
      ['deployersAdministrator', 'iam:GetOpenIDConnectProvider iam:TagOpenIDConnectProvider', PIPELINE],
      ['deployersAdministrator', 'iam:GetSAMLProvider', DIRECTORY],
    ],
  },
};
