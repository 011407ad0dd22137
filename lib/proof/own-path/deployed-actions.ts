/**
 * What a deployment asks AWS for, by kind of resource, on the names that a template gives. It is written down apart from the
 * permissions that are given for it, so that each finds a fault of the other.
 */

import { isGroup, type Placed, placedIn, tagIn } from '../../assembly';
import type { ContextValue } from '../../iam';

/** One action of a deployment. */
export interface Deployed {
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

type Reader = (placed: Placed) => readonly Deployed[];

const PURPOSE = 'concordat:key-purpose';
const ORGANISATION = 'concordat:organisation';

const on = (resource: string, actions: string, context?: Deployed['context']): Deployed[] =>
  actions
    .trim()
    .split(/\s+/)
    .map((action) => ({ action, resource, ...(context && { context }) }));

/** CloudFront is asked in us-east-1, wherever its stack is. */
const EDGE = { 'aws:RequestedRegion': 'us-east-1' };
/** It is asked to make things without naming any. */
const atTheEdge = ({ stack }: Placed, name: string, kind: string): Deployed[] => [
  ...on('*', `cloudfront:Create${name}`, EDGE),
  ...on(
    `arn:aws:cloudfront::${stack.account}:${kind}/EXAMPLE`,
    `cloudfront:Get${name} cloudfront:Update${name} cloudfront:Delete${name}`,
    EDGE,
  ),
];

const here = ({ stack }: Placed, service: string, rest: string) =>
  `arn:aws:${service}:${stack.region}:${stack.account}:${rest}`;
const named = ({ properties }: Placed, property: string) => String(properties[property]);
const roleArn = (placed: Placed) =>
  `arn:aws:iam::${placed.stack.account}:role${placed.properties.Path ?? '/'}${named(placed, 'RoleName')}`;
const bucketArn = (placed: Placed) => `arn:aws:s3:::${named(placed, 'BucketName')}`;
const bucketOf = (placed: Placed) => `arn:aws:s3:::${named(placed, 'Bucket')}`;
/** CloudFormation makes up the name of what has none: stack, logical id, and twelve characters. */
const madeUp = ({ stack, id }: Placed) => `${stack.name}-${id}-ABCDEFGHIJKL`;
const passed = (placed: Placed, to: string): Deployed[] => {
  const role = placed.properties.Role ?? placed.properties.RoleARN ?? placed.properties.RoleArn;
  return typeof role === 'string' ? on(role, 'iam:PassRole', { 'iam:PassedToService': to }) : [];
};

/** The actions for each kind of resource: to make it, to change it, and to remove it. */
export const DEPLOYED: Readonly<Record<string, Reader>> = {
  'AWS::Budgets::Budget': ({ stack, properties }) =>
    on(
      `arn:aws:budgets::${stack.account}:budget/${isGroup(properties.Budget) ? properties.Budget.BudgetName : '*'}`,
      'budgets:ModifyBudget budgets:ViewBudget',
    ),
  'AWS::CloudFormation::CustomResource': (placed) =>
    on(named(placed, 'ServiceToken'), 'lambda:InvokeFunction'),
  'AWS::CloudFront::Distribution': (placed) => [
    ...atTheEdge(placed, 'Distribution', 'distribution'),
    ...on(`arn:aws:cloudfront::${placed.stack.account}:distribution/EXAMPLE`, 'cloudfront:TagResource', EDGE),
  ],
  'AWS::CloudFront::OriginAccessControl': (placed) =>
    atTheEdge(placed, 'OriginAccessControl', 'origin-access-control'),
  'AWS::CloudFront::ResponseHeadersPolicy': (placed) =>
    atTheEdge(placed, 'ResponseHeadersPolicy', 'response-headers-policy'),
  'AWS::CloudWatch::Alarm': (placed) => [
    ...on(
      here(placed, 'cloudwatch', `alarm:${named(placed, 'AlarmName')}`),
      'cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms',
    ),
    ...on('*', 'cloudwatch:DescribeAlarms'),
  ],
  'AWS::CloudWatch::Dashboard': (placed) =>
    on(
      `arn:aws:cloudwatch::${placed.stack.account}:dashboard/${named(placed, 'DashboardName')}`,
      'cloudwatch:PutDashboard cloudwatch:DeleteDashboards',
    ),
  'AWS::Config::ConfigRule': (placed) =>
    on(
      here(placed, 'config', 'config-rule/config-rule-abcdef'),
      'config:PutConfigRule config:DeleteConfigRule',
    ),
  'AWS::Config::ConfigurationRecorder': (placed) => [
    ...on(
      '*',
      'config:PutConfigurationRecorder config:StartConfigurationRecorder config:DeleteConfigurationRecorder',
    ),
    ...passed(placed, 'config.amazonaws.com'),
  ],
  'AWS::Config::DeliveryChannel': () => on('*', 'config:PutDeliveryChannel config:DeleteDeliveryChannel'),
  'AWS::DynamoDB::Table': (placed) => [
    ...on(
      here(placed, 'dynamodb', `table/${named(placed, 'TableName')}`),
      `dynamodb:CreateTable dynamodb:UpdateTable dynamodb:UpdateContinuousBackups dynamodb:UpdateTimeToLive
      dynamodb:DescribeTable`,
    ),
    ...(placed.properties.ResourcePolicy === undefined
      ? []
      : on(
          here(placed, 'dynamodb', `table/${named(placed, 'TableName')}`),
          'dynamodb:PutResourcePolicy dynamodb:GetResourcePolicy dynamodb:DeleteResourcePolicy',
        )),
    // What AWS says that DynamoDB needs at least on a table’s key, as whoever makes the table.
    ...onKey(
      placed,
      'SSESpecification',
      `kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext
      kms:ReEncryptFrom kms:ReEncryptTo`,
      {
        'kms:CallerAccount': placed.stack.account,
        'kms:GrantIsForAWSResource': 'true',
        'kms:ViaService': `dynamodb.${placed.stack.region}.amazonaws.com`,
      },
    ),
  ],
  'AWS::Events::Rule': (placed) =>
    on(
      here(placed, 'events', `rule/${placed.properties.Name ?? madeUp(placed)}`),
      'events:PutRule events:PutTargets events:RemoveTargets events:DeleteRule',
    ),
  'AWS::GuardDuty::MalwareProtectionPlan': (placed) => [
    ...on('*', 'guardduty:CreateMalwareProtectionPlan'),
    ...on(
      here(placed, 'guardduty', 'malware-protection-plan/abc'),
      'guardduty:GetMalwareProtectionPlan guardduty:UpdateMalwareProtectionPlan guardduty:DeleteMalwareProtectionPlan',
    ),
    ...passed(placed, 'malware-protection-plan.guardduty.amazonaws.com'),
  ],
  'AWS::IAM::ManagedPolicy': ({ stack, properties }) =>
    on(
      `arn:aws:iam::${stack.account}:policy/${properties.ManagedPolicyName}`,
      'iam:CreatePolicy iam:CreatePolicyVersion iam:DeletePolicyVersion iam:DeletePolicy',
    ),
  'AWS::IAM::OIDCProvider': ({ stack, properties }) => {
    const provider = `arn:aws:iam::${stack.account}:oidc-provider/${String(properties.Url).replace('https://', '')}`;
    const whose = tagIn(properties, ORGANISATION);
    const asked = (where: 'ResourceTag' | 'RequestTag'): Deployed['context'] =>
      whose === undefined ? {} : { [`aws:${where}/${ORGANISATION}`]: whose };
    return [
      ...on(provider, 'iam:CreateOpenIDConnectProvider iam:TagOpenIDConnectProvider', asked('RequestTag')),
      ...on(
        provider,
        `iam:AddClientIDToOpenIDConnectProvider iam:RemoveClientIDFromOpenIDConnectProvider
        iam:UntagOpenIDConnectProvider iam:DeleteOpenIDConnectProvider`,
        asked('ResourceTag'),
      ),
      ...on(provider, 'iam:GetOpenIDConnectProvider'),
    ];
  },
  'AWS::IAM::Role': (placed) => {
    const { PermissionsBoundary: boundary } = placed.properties;
    // IAM gives the boundary that a role has, or is to have, with each of these.
    const capped = typeof boundary === 'string' ? { 'iam:PermissionsBoundary': boundary } : undefined;
    return [
      ...on(roleArn(placed), 'iam:GetRole iam:UpdateRole iam:TagRole iam:DeleteRole'),
      ...on(
        roleArn(placed),
        `iam:CreateRole iam:PutRolePolicy iam:UpdateAssumeRolePolicy iam:DeleteRolePolicy
        ${capped ? 'iam:PutRolePermissionsBoundary' : ''}`,
        capped,
      ),
    ];
  },
  // Both the alias and the key behind it are asked.
  'AWS::KMS::Alias': (placed) => [
    ...on(here(placed, 'kms', named(placed, 'AliasName')), 'kms:CreateAlias kms:UpdateAlias kms:DeleteAlias'),
    ...onKey(placed, 'TargetKeyId', 'kms:CreateAlias kms:UpdateAlias kms:DeleteAlias'),
    ...on('*', 'kms:ListAliases'),
  ],
  'AWS::KMS::Key': keyActions,
  'AWS::Lambda::EventSourceMapping': (placed) => {
    const context = { 'lambda:FunctionArn': here(placed, 'lambda', 'function:concordat-any') };
    return [
      ...on('*', 'lambda:CreateEventSourceMapping', context),
      ...on(
        here(placed, 'lambda', 'event-source-mapping:abc'),
        'lambda:UpdateEventSourceMapping lambda:DeleteEventSourceMapping',
        context,
      ),
    ];
  },
  'AWS::Lambda::Alias': (placed) =>
    on(
      here(placed, 'lambda', `function:${named(placed, 'FunctionName')}`),
      'lambda:CreateAlias lambda:UpdateAlias lambda:DeleteAlias lambda:GetAlias',
    ),
  'AWS::Lambda::Function': (placed) => [
    ...on(
      here(placed, 'lambda', `function:${named(placed, 'FunctionName')}`),
      'lambda:CreateFunction lambda:GetFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration lambda:DeleteFunction',
    ),
    ...code(placed, 'Code'),
    ...(placed.properties.Layers
      ? on(here(placed, 'lambda', 'layer:concordat-any:1'), 'lambda:GetLayerVersion')
      : []),
    ...passed(placed, 'lambda.amazonaws.com'),
  ],
  'AWS::Lambda::LayerVersion': (placed) => {
    const layer = here(placed, 'lambda', `layer:${named(placed, 'LayerName')}`);
    return [
      ...on(layer, 'lambda:PublishLayerVersion'),
      ...on(`${layer}:1`, 'lambda:GetLayerVersion lambda:DeleteLayerVersion'),
      ...code(placed, 'Content'),
    ];
  },
  'AWS::Lambda::Permission': (placed) =>
    on(here(placed, 'lambda', 'function:concordat-any'), 'lambda:AddPermission lambda:RemovePermission'),
  'AWS::Logs::LogGroup': (placed) => [
    ...on(
      here(placed, 'logs', `log-group:${named(placed, 'LogGroupName')}`),
      'logs:CreateLogGroup logs:PutRetentionPolicy logs:AssociateKmsKey',
    ),
    ...on('*', 'logs:DescribeLogGroups'),
  ],
  'AWS::S3::AccessPoint': (placed) => [
    ...on('*', 's3:GetAccessPoint s3:PutAccessPointPublicAccessBlock'),
    ...on(
      here(placed, 's3', `accesspoint/${named(placed, 'Name')}`),
      's3:CreateAccessPoint s3:PutAccessPointPolicy s3:DeleteAccessPointPolicy s3:DeleteAccessPoint',
    ),
  ],
  'AWS::S3::Bucket': (placed) => [
    ...on(bucketArn(placed), 's3:CreateBucket s3:DeleteBucket'),
    ...Object.entries(BUCKET_SETTINGS)
      .filter(([property]) => placed.properties[property] !== undefined)
      .flatMap(([, action]) => on(bucketArn(placed), action)),
  ],
  'AWS::S3::BucketPolicy': (placed) => on(bucketOf(placed), 's3:PutBucketPolicy s3:GetBucketPolicy'),
  'AWS::SNS::Topic': (placed) =>
    on(
      here(placed, 'sns', named(placed, 'TopicName')),
      'sns:CreateTopic sns:SetTopicAttributes sns:Subscribe sns:DeleteTopic',
    ),
  'AWS::SNS::TopicPolicy': (placed) => on(here(placed, 'sns', 'concordat-any'), 'sns:SetTopicAttributes'),
  'AWS::SQS::Queue': (placed) =>
    on(
      here(placed, 'sqs', named(placed, 'QueueName')),
      'sqs:CreateQueue sqs:GetQueueAttributes sqs:SetQueueAttributes sqs:DeleteQueue',
    ),
  'AWS::SQS::QueuePolicy': (placed) => on(here(placed, 'sqs', 'concordat-any'), 'sqs:SetQueueAttributes'),
  'AWS::StepFunctions::StateMachine': (placed) => [
    ...on(
      here(placed, 'states', `stateMachine:${named(placed, 'StateMachineName')}`),
      'states:CreateStateMachine states:DescribeStateMachine states:UpdateStateMachine states:DeleteStateMachine',
    ),
    ...passed(placed, 'states.amazonaws.com'),
  ],
  'AWS::SSM::Parameter': (placed) =>
    on(here(placed, 'ssm', `parameter${named(placed, 'Name')}`), 'ssm:PutParameter ssm:DeleteParameter'),
};

/** What a bucket’s properties ask for, each for itself. */
const BUCKET_SETTINGS: Readonly<Record<string, string>> = {
  BucketEncryption: 's3:PutEncryptionConfiguration',
  CorsConfiguration: 's3:PutBucketCORS',
  LifecycleConfiguration: 's3:PutLifecycleConfiguration',
  NotificationConfiguration: 's3:PutBucketNotification',
  ObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration',
  OwnershipControls: 's3:PutBucketOwnershipControls',
  PublicAccessBlockConfiguration: 's3:PutBucketPublicAccessBlock',
  Tags: 's3:PutBucketTagging',
  VersioningConfiguration: 's3:PutBucketVersioning',
};

/** What is done with the key that a property names by its ARN to be, and by the tag of what it is for; nothing where it names none. */
function onKey(
  placed: Placed,
  property: string,
  actions: string,
  context: Readonly<Record<string, string>> = {},
): Deployed[] {
  const [key] = /arn:aws:kms:[^"]+/.exec(JSON.stringify(placed.properties[property] ?? '')) ?? [];
  return key === undefined ? [] : on(key, actions, { ...tagged(purposeOf(placed, key)), ...context });
}

function code({ properties }: Placed, property: string): Deployed[] {
  const { S3Bucket, S3Key } = (properties[property] ?? {}) as Readonly<Record<string, unknown>>;
  return on(`arn:aws:s3:::${S3Bucket}/${S3Key}`, 's3:GetObject');
}

/** What a key of the same stack is for, by its tag. */
function purposeOf({ stack }: Placed, arn: string): string | undefined {
  const [, id] = /:key\/to-be-(.+)$/.exec(arn) ?? [];
  const key = placedIn(stack).find((each) => each.id === id);
  return key && tagIn(key.properties, PURPOSE);
}

/** What IAM hears of the tag of a key: that it has it, or that it is to have it. */
function tagged(
  purpose: string | undefined,
  where: 'ResourceTag' | 'RequestTag' = 'ResourceTag',
): Readonly<Record<string, string>> {
  return purpose === undefined ? {} : { [`aws:${where}/${PURPOSE}`]: purpose };
}

function keyActions({ stack, id, properties }: Placed): Deployed[] {
  const purpose = tagIn(properties, PURPOSE);
  const key = `arn:aws:kms:${stack.region}:${stack.account}:key/to-be-${id}`;
  const asked = tagged(purpose, 'RequestTag');
  const origin = String(properties.Origin ?? 'AWS_KMS');
  return [
    ...on('*', 'kms:CreateKey', {
      'kms:KeyOrigin': origin,
      'kms:MultiRegion': String(properties.MultiRegion ?? false),
      ...asked,
    }),
    // Its tags come with it, for which this is asked too; it may be minutes until they count.
    ...on(key, 'kms:TagResource', asked),
    ...on(key, 'kms:DescribeKey kms:EnableKeyRotation kms:GetKeyPolicy'),
    ...on(key, 'kms:PutKeyPolicy kms:TagResource kms:UpdateKeyDescription', {
      'kms:KeyOrigin': origin,
      ...tagged(purpose),
    }),
  ];
}
