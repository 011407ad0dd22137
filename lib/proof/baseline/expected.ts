/** What every account begins with, by docs/guardrails.md and the register, and how each of it is to be set. */
import { createHash } from 'node:crypto';
import type { RegisterFacts } from '../../assembly';
import type { Expected } from '../settings/expected';
import { ANYTHING, atLeast, unlessGiven, type WantedGroup } from '../settings/wanted';

/** What AWS Config records, since its rules ask about it. */
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
/** AWS’s rules of the NCSC conformance packs that are used here, with what each is asked. */
const RULES: Readonly<Record<string, WantedGroup | undefined>> = {
  ACCESS_KEYS_ROTATED: { maxAccessKeyAge: 90 },
  ACCOUNT_PART_OF_ORGANIZATIONS: undefined,
  CLOUDTRAIL_S3_DATAEVENTS_ENABLED: undefined,
  CLOUDTRAIL_SECURITY_TRAIL_ENABLED: undefined,
  CLOUDWATCH_LOG_GROUP_ENCRYPTED: undefined,
  CLOUD_TRAIL_ENABLED: undefined,
  CLOUD_TRAIL_ENCRYPTION_ENABLED: undefined,
  CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED: undefined,
  CMK_BACKING_KEY_ROTATION_ENABLED: undefined,
  CW_LOGGROUP_RETENTION_PERIOD_CHECK: { MinRetentionTime: atLeast(365) },
  DYNAMODB_PITR_ENABLED: undefined,
  DYNAMODB_TABLE_ENCRYPTED_KMS: undefined,
  IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS: { blockedActionsPatterns: 'kms:Decrypt,kms:ReEncryptFrom' },
  IAM_GROUP_HAS_USERS_CHECK: undefined,
  IAM_PASSWORD_POLICY: {
    MaxPasswordAge: 90,
    MinimumPasswordLength: atLeast(14),
    PasswordReusePrevention: atLeast(24),
  },
  IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS: undefined,
  IAM_ROOT_ACCESS_KEY_CHECK: undefined,
  IAM_USER_GROUP_MEMBERSHIP_CHECK: undefined,
  IAM_USER_MFA_ENABLED: undefined,
  IAM_USER_NO_POLICIES_CHECK: undefined,
  IAM_USER_UNUSED_CREDENTIALS_CHECK: { maxCredentialUsageAge: 90 },
  KMS_CMK_NOT_SCHEDULED_FOR_DELETION: undefined,
  LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED: undefined,
  MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS: undefined,
  MULTI_REGION_CLOUD_TRAIL_ENABLED: undefined,
  ROOT_ACCOUNT_HARDWARE_MFA_ENABLED: undefined,
  ROOT_ACCOUNT_MFA_ENABLED: undefined,
  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC: undefined,
  S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED: undefined,
  S3_BUCKET_PUBLIC_READ_PROHIBITED: undefined,
  S3_BUCKET_PUBLIC_WRITE_PROHIBITED: undefined,
  S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED: undefined,
  S3_BUCKET_SSL_REQUESTS_ONLY: undefined,
  S3_BUCKET_VERSIONING_ENABLED: undefined,
  SNS_ENCRYPTED_KMS: undefined,
  SSM_DOCUMENT_NOT_PUBLIC: undefined,
};
/** AWS’s own policy for the role of AWS Config: to look at settings. */
const LOOKS = 'arn:aws:iam::aws:policy/service-role/AWS_ConfigRole';
/** How long what AWS Config recorded is kept: more than a year. */
const KEPT_DAYS = 400;

/** Everything that the baseline makes in an account. */
export function inEachAccount(account: string, { zone }: RegisterFacts): Expected[] {
  const assets = `cdk-concordat-assets-${account}-${zone.region}-an`;
  const made = (type: string, name: string, settings: WantedGroup, stays?: true): Expected => ({
    account,
    type,
    name,
    settings,
    ...(stays && { stays }),
  });
  const role = (name: string, more: WantedGroup = {}) =>
    made('AWS::IAM::Role', name, {
      RoleName: name,
      AssumeRolePolicyDocument: ANYTHING,
      Policies: ANYTHING,
      MaxSessionDuration: unlessGiven(3600),
      ...more,
    });
  const bootstrap = (purpose: string, more: WantedGroup = {}) =>
    role(`cdk-concordat-${purpose}-role-${account}-${zone.region}`, { Path: unlessGiven('/'), ...more });
  const policyOn = (name: string) =>
    made('AWS::S3::BucketPolicy', name, { Bucket: name, PolicyDocument: ANYTHING });
  return [
    ...['deploy', 'file-publishing', 'lookup'].map((each) => bootstrap(each)),
    ...(zone.rollout?.watchedBy === undefined ? [] : [bootstrap('status')]),
    bootstrap('cfn-exec', { PermissionsBoundary: 'concordat-deployment-boundary' }),
    ...['deployment', 'member-roles', 'zone-roles']
      .map((each) => `concordat-${each}-boundary`)
      .map((name) =>
        made('AWS::IAM::ManagedPolicy', name, {
          ManagedPolicyName: name,
          PolicyDocument: ANYTHING,
          Path: unlessGiven('/'),
        }),
      ),
    made(
      'AWS::S3::Bucket',
      assets,
      {
        ...closed(assets),
        BucketEncryption: encryption({
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
        }),
        LifecycleConfiguration: {
          Rules: [
            {
              Id: ANYTHING,
              Status: 'Enabled',
              NoncurrentVersionExpiration: { NoncurrentDays: 30 },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            },
          ],
        },
      },
      true,
    ),
    policyOn(assets),
    made('AWS::SSM::Parameter', '/cdk-bootstrap/concordat/version', {
      Name: '/cdk-bootstrap/concordat/version',
      Type: 'String',
      // What the CDK asks of the bootstrap of a stack whose template is an asset; below it, it deploys nothing.
      Value: atLeast(8),
    }),
    ...(zone.baseline?.config === 'ncsc' ? config(account, zone, made, role, policyOn) : []),
  ];
}

type Make = (type: string, name: string, settings: WantedGroup, stays?: true) => Expected;

function closed(name: string): WantedGroup {
  return {
    BucketName: name,
    BucketNamespace: 'account-regional',
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: 'Enabled' },
  };
}

function encryption(rule: WantedGroup): WantedGroup {
  return { ServerSideEncryptionConfiguration: [rule] };
}

/** The budget of an account: whom it tells, and of what, is in its name. */
export function budgetOf(account: string, { zone: { baseline } }: RegisterFacts): Expected[] {
  if (baseline === undefined) return [];
  const [amount] = baseline.monthlyBudget.split(' ');
  const NotificationsWithSubscribers = ['ACTUAL', 'FORECASTED'].map((NotificationType) => ({
    Notification: {
      NotificationType,
      ComparisonOperator: 'GREATER_THAN',
      Threshold: 100,
      ThresholdType: 'PERCENTAGE',
    },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: baseline.budgetAddress }],
  }));
  const told = createHash('sha256').update(JSON.stringify(NotificationsWithSubscribers)).digest('hex');
  const name = `concordat-monthly-${told.slice(0, 12)}`;
  return [
    {
      account,
      type: 'AWS::Budgets::Budget',
      name,
      settings: {
        Budget: {
          BudgetName: name,
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: Number(amount), Unit: 'USD' },
        },
        NotificationsWithSubscribers,
      },
    },
  ];
}

function config(
  account: string,
  { namePrefix, region }: RegisterFacts['zone'],
  made: Make,
  role: (name: string, more: WantedGroup) => Expected,
  policyOn: (name: string) => Expected,
): Expected[] {
  const bucket = `${namePrefix}-config-${account}-${region}-an`;
  return [
    made(
      'AWS::S3::Bucket',
      bucket,
      {
        ...closed(bucket),
        BucketEncryption: encryption({ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }),
        LifecycleConfiguration: {
          Rules: [{ Id: ANYTHING, Status: 'Enabled', ExpirationInDays: KEPT_DAYS }],
        },
      },
      true,
    ),
    policyOn(bucket),
    role('concordat-config', { Path: '/concordat/', ManagedPolicyArns: [LOOKS] }),
    made('AWS::Config::ConfigurationRecorder', 'concordat', {
      Name: 'concordat',
      RoleARN: `arn:aws:iam::${account}:role/concordat/concordat-config`,
      RecordingGroup: { AllSupported: false, IncludeGlobalResourceTypes: false, ResourceTypes: RECORDED },
    }),
    made('AWS::Config::DeliveryChannel', 'concordat', { Name: 'concordat', S3BucketName: bucket }),
    ...Object.entries(RULES).map(([SourceIdentifier, parameters]) => {
      const name = `concordat-${SourceIdentifier.toLowerCase().replaceAll('_', '-')}`;
      return made('AWS::Config::ConfigRule', name, {
        ConfigRuleName: name,
        Source: { Owner: 'AWS', SourceIdentifier },
        ...(parameters && { InputParameters: parameters }),
      });
    }),
  ];
}
