/**
 * What each role of the baseline is there to do. Of the role as which CloudFormation works: to make, change and remove the
 * kinds of thing that stacks hold, under the landing zone’s names, and to look at them; none of the data in them.
 */
import type { RegisterFacts } from '../../assembly';
import * as writes from '../guardrails/writes';
import type { Claim } from '../rights/claims';

const must = (actions: readonly string[], resources: readonly string[]): Claim => ({
  actions,
  resources,
  when: {},
  isNeeded: true,
});

const may = (actions: readonly string[], resources: readonly string[], when: Claim['when'] = {}): Claim => ({
  actions,
  resources,
  when,
  isNeeded: false,
});

const on = (service: string, names: string) =>
  names
    .trim()
    .split(/\s+/)
    .map((each) => `${service}:${each}`);

const PURPOSE = 'concordat:key-purpose';
const A_TABLES_DATA_KEYS = 'GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo';

/**
 * What a role of the baseline may do, by its name; nothing for one that is not known. What a deployment needs of those that are for
 * it, is asked by what stacks hold.
 */
export function baselineClaims(role: string, account: string, register: RegisterFacts): readonly Claim[] {
  const [, bootstrap] =
    new RegExp(`^cdk-concordat-(.+)-role-\\d{12}-${register.zone.region}$`).exec(role) ?? [];
  switch (bootstrap ?? role) {
    case 'deploy':
      return deploys(account, register);
    case 'file-publishing':
      return [
        may(on('s3', 'AbortMultipartUpload GetObject PutObject'), [`${assets(account, register)}/*`]),
        may(on('s3', 'GetBucketLocation GetEncryptionConfiguration ListBucket'), [assets(account, register)]),
      ];
    case 'lookup':
      return [looksAtStacks(), readsVersion(account, register)];
    case 'status':
      return watches(account, register);
    case 'cfn-exec':
      return [...makesFunctions(account, register), ...makesData(account, register), ...makesRoles(account)];
    case 'concordat/concordat-config': {
      const { namePrefix, region } = register.zone;
      const bucket = `arn:aws:s3:::${namePrefix}-config-${account}-${region}-an`;
      return [
        must(on('s3', 'GetBucketAcl ListBucket'), [bucket]),
        must(on('s3', 'PutObject'), [`${bucket}/AWSLogs/${account}/Config/*`]),
      ];
    }
    default:
      return [];
  }
}

/** The bucket that is uploaded to. */
export function assets(account: string, { zone }: RegisterFacts): string {
  return `arn:aws:s3:::cdk-concordat-assets-${account}-${zone.region}-an`;
}

function here(account: string, { zone }: RegisterFacts, service: string, rest: string): string {
  return `arn:aws:${service}:${zone.region}:${account}:${rest}`;
}

function looksAtStacks(): Claim {
  return may(on('cloudformation', 'Describe* Get* List*'), ['*']);
}

function readsVersion(account: string, register: RegisterFacts): Claim {
  return may(on('ssm', 'GetParameter GetParameters'), [
    here(account, register, 'ssm', 'parameter/cdk-bootstrap/concordat/version'),
  ]);
}

/** Sees stacks and alarms; settings it reads through CloudFormation alone, for drift. */
function watches(account: string, register: RegisterFacts): Claim[] {
  const { region, namePrefix } = register.zone;
  const at = (service: string, ...rests: readonly string[]) =>
    rests.map((rest) => here(account, register, service, rest));
  const stacks = at('cloudformation', 'stack/Organisation-*/*', 'stack/Zone/*');
  const through = { 'aws:calledvia': 'cloudformation.amazonaws.com' };
  const reads = (actions: readonly string[], resources: readonly string[]) =>
    may(actions, resources, through);
  const settings = [
    reads(on('cloudwatch', 'ListTagsForResource'), at('cloudwatch', 'alarm:concordat-*')),
    reads(on('cloudwatch', 'GetDashboard'), [`arn:aws:cloudwatch::${account}:dashboard/concordat-*`]),
    reads(
      on('events', 'Describe* List*'),
      at('events', 'rule/concordat-*', 'rule/Organisation-*', 'rule/Zone-*'),
    ),
    reads(on('guardduty', 'GetMalwareProtectionPlan ListMalwareProtectionPlans'), ['*']),
    reads(on('iam', 'GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies'), [
      `arn:aws:iam::${account}:role/concordat/*`,
    ]),
    reads(on('lambda', 'Get* List*'), at('lambda', 'function:concordat-*')),
    reads(on('lambda', 'GetEventSourceMapping ListTags'), ['*']),
    reads(on('logs', 'GetDataProtectionPolicy List*'), at('logs', 'log-group:/aws/lambda/concordat-*')),
    reads(on('logs', 'DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies'), ['*']),
    reads(on('sns', 'GetDataProtectionPolicy GetTopicAttributes List*'), at('sns', 'concordat-*')),
    reads(on('sqs', 'GetQueueAttributes GetQueueUrl ListQueueTags'), at('sqs', 'concordat-*')),
    reads(on('states', 'DescribeStateMachine ListTagsForResource'), at('states', 'stateMachine:concordat-*')),
    reads(
      on('dynamodb', 'Describe* GetResourcePolicy ListTagsOfResource'),
      at('dynamodb', 'table/concordat-*'),
    ),
    reads(on('kms', 'DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags'), at('kms', 'key/*')),
    reads(on('kms', 'ListAliases'), ['*']),
    reads(on('s3', 'GetAccessPointPolicy* ListTagsForResource'), at('s3', 'accesspoint/*')),
    reads(on('s3', 'GetAccessPoint'), ['*']),
    reads(on('s3', 'Get*Configuration GetBucket* ListTagsForResource'), [
      `arn:aws:s3:::${namePrefix}-*-${account}-${region}-an`,
    ]),
    ...(register.zone.mailbox?.served === undefined
      ? []
      : [
          reads(on('cloudfront', 'GetDistribution GetDistributionConfig ListTagsForResource'), [
            `arn:aws:cloudfront::${account}:distribution/*`,
          ]),
          reads(on('cloudfront', 'GetOriginAccessControl'), [
            `arn:aws:cloudfront::${account}:origin-access-control/*`,
          ]),
          reads(on('cloudfront', 'GetResponseHeadersPolicy'), [
            `arn:aws:cloudfront::${account}:response-headers-policy/*`,
          ]),
        ]),
  ];
  return [
    must(
      on(
        'cloudformation',
        'DescribeStackResourceDrifts DescribeStacks DetectStackDrift DetectStackResourceDrift GetTemplate',
      ),
      stacks,
    ),
    may(
      [
        ...on(
          'cloudformation',
          'BatchDescribeTypeConfigurations DescribeStackDriftDetectionStatus ListStacks',
        ),
        'cloudwatch:DescribeAlarms',
      ],
      ['*'],
    ),
    // An action of one service is of no use on what is of another.
    ...[true, false].map((isNamed) => {
      const of = settings.filter(({ resources }) => resources.includes('*') !== isNamed);
      return may(
        of.flatMap(({ actions }) => actions),
        of.flatMap(({ resources }) => resources),
        through,
      );
    }),
  ];
}

function deploys(account: string, register: RegisterFacts): Claim[] {
  const stacks = ['Organisation-*', 'Zone'].map((name) =>
    here(account, register, 'cloudformation', `stack/${name}/*`),
  );
  const bucket = assets(account, register);
  return [
    may(
      on(
        'cloudformation',
        `CancelUpdateStack ContinueUpdateRollback CreateChangeSet CreateStack DeleteChangeSet DeleteStack ExecuteChangeSet
        RollbackStack UpdateStack UpdateTerminationProtection`,
      ),
      stacks,
    ),
    looksAtStacks(),
    readsVersion(account, register),
    may(
      ['iam:PassRole'],
      [`arn:aws:iam::${account}:role/cdk-concordat-cfn-exec-role-${account}-${register.zone.region}`],
      { 'iam:passedtoservice': 'cloudformation.amazonaws.com' },
    ),
    may(on('s3', 'GetBucketLocation GetObject ListBucket'), [bucket, `${bucket}/*`]),
    may(on('s3', 'GetAccessPointPolicy PutAccessPointPolicy'), [
      here(account, register, 's3', 'accesspoint/????????????--*'),
    ]),
  ];
}

function makesFunctions(account: string, register: RegisterFacts): Claim[] {
  const at = (service: string, ...rests: readonly string[]) =>
    rests.map((rest) => here(account, register, service, rest));
  return [
    may(
      [...writes.OF_FUNCTIONS, ...on('lambda', 'Get* InvokeFunction List*')],
      at('lambda', 'function:concordat-*'),
    ),
    may([...writes.OF_LAYERS, ...on('lambda', 'GetLayerVersion')], at('lambda', 'layer:concordat-*')),
    may(
      [...writes.FEEDS, ...on('lambda', 'GetEventSourceMapping ListTags TagResource UntagResource')],
      ['*'],
    ),
    may(
      [...writes.OF_ALARMS, ...on('cloudwatch', 'ListTagsForResource')],
      at('cloudwatch', 'alarm:concordat-*'),
    ),
    may(on('cloudwatch', 'DescribeAlarms'), ['*']),
    may(on('cloudwatch', 'DeleteDashboards GetDashboard PutDashboard'), [
      `arn:aws:cloudwatch::${account}:dashboard/concordat-*`,
    ]),
    may(
      [...writes.OF_RULES, ...on('events', 'Describe* List*')],
      at('events', 'rule/concordat-*', 'rule/Organisation-*', 'rule/Zone-*'),
    ),
    may(
      [...writes.OF_LOG_GROUPS, ...on('logs', 'GetDataProtectionPolicy List*')],
      at('logs', 'log-group:/aws/lambda/concordat-*'),
    ),
    may(on('logs', 'DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies'), ['*']),
    may(
      [...writes.OF_TOPICS, ...on('sns', 'GetDataProtectionPolicy GetTopicAttributes List* Subscribe')],
      at('sns', 'concordat-*'),
    ),
    may(
      [...writes.OF_QUEUES, ...on('sqs', 'GetQueueAttributes GetQueueUrl ListQueueTags')],
      at('sqs', 'concordat-*'),
    ),
    may(
      on(
        'states',
        `CreateStateMachine DeleteStateMachine DescribeStateMachine ListTagsForResource TagResource UntagResource
        UpdateStateMachine`,
      ),
      at('states', 'stateMachine:concordat-*'),
    ),
    may(
      on(
        'guardduty',
        `CreateMalwareProtectionPlan DeleteMalwareProtectionPlan GetMalwareProtectionPlan ListMalwareProtectionPlans
        TagResource UntagResource UpdateMalwareProtectionPlan`,
      ),
      ['*'],
    ),
  ];
}

function makesData(account: string, register: RegisterFacts): Claim[] {
  const { region, namePrefix } = register.zone;
  const at = (service: string, ...rests: readonly string[]) =>
    rests.map((rest) => here(account, register, service, rest));
  const keys = at('kms', 'key/*');
  const ours = { [`aws:resourcetag/${PURPOSE}`]: '*' };
  const throughTables = { ...ours, 'kms:viaservice': `dynamodb.${region}.amazonaws.com` };
  return [
    may(
      [
        ...writes.OF_BUCKETS,
        ...on(
          's3',
          `Get*Configuration GetBucket* ListBucket ListTagsForResource Put*Configuration PutBucketNotification
        PutBucketPublicAccessBlock`,
        ),
      ],
      [`arn:aws:s3:::${namePrefix}-*-${account}-${region}-an`],
    ),
    may(
      [
        ...writes.OF_ACCESS_POINTS,
        ...on('s3', 'GetAccessPointPolicy* ListTagsForResource PutAccessPointPolicy'),
      ],
      at('s3', 'accesspoint/*'),
    ),
    may(on('s3', 'GetAccessPoint PutAccessPointPublicAccessBlock'), ['*']),
    may(on('s3', 'GetObject'), [`${assets(account, register)}/*`]),
    may(
      [...writes.OF_TABLES, ...on('dynamodb', 'Describe* GetResourcePolicy ListTagsOfResource')],
      at('dynamodb', 'table/concordat-*'),
    ),
    // What AWS says that DynamoDB needs at least, as whoever makes a table.
    may(on('kms', `CreateGrant Decrypt DescribeKey Encrypt ${A_TABLES_DATA_KEYS}`), keys, throughTables),
    may([...writes.OF_KEYS, ...writes.OF_ALIASES, 'kms:ScheduleKeyDeletion'], keys, ours),
    may(on('kms', 'DescribeKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListResourceTags'), keys),
    may(on('kms', 'CreateKey TagResource'), ['*'], { [`aws:requesttag/${PURPOSE}`]: '*' }),
    may(writes.OF_ALIASES, at('kms', 'alias/concordat-*')),
    may(on('kms', 'ListAliases'), ['*']),
    ...(register.zone.mailbox?.served === undefined ? [] : servesPages(account)),
  ];
}

/** The page of the mailbox, where the zone serves it; a guardrail holds it to the operator’s account. */
function servesPages(account: string): Claim[] {
  const of = (kind: string) => [`arn:aws:cloudfront::${account}:${kind}/*`];
  const each = (name: string) => on('cloudfront', `Delete${name} Get${name} Update${name}`);
  return [
    may(on('cloudfront', 'CreateDistribution CreateOriginAccessControl CreateResponseHeadersPolicy'), ['*']),
    may(
      [
        ...each('Distribution'),
        ...on('cloudfront', 'GetDistributionConfig ListTagsForResource TagResource UntagResource'),
      ],
      of('distribution'),
    ),
    may(each('OriginAccessControl'), of('origin-access-control')),
    may(each('ResponseHeadersPolicy'), of('response-headers-policy')),
  ];
}

function makesRoles(account: string): Claim[] {
  const roles = [`arn:aws:iam::${account}:role/concordat/*`];
  const boundary = (of: string) => ({
    'iam:permissionsboundary': `arn:aws:iam::${account}:policy/concordat-${of}-roles-boundary`,
  });
  return [
    may(
      on(
        'iam',
        `DeleteRole GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies TagRole UntagRole UpdateRole
        UpdateRoleDescription`,
      ),
      roles,
    ),
    ...['member', 'zone'].map((of) =>
      may(
        on(
          'iam',
          'CreateRole DeleteRolePolicy PutRolePermissionsBoundary PutRolePolicy UpdateAssumeRolePolicy',
        ),
        roles,
        boundary(of),
      ),
    ),
    // A guardrail holds it to those with the tag of an organisation’s stack.
    may(on('iam', '*OpenIDConnectProvider*'), [`arn:aws:iam::${account}:oidc-provider/*`]),
    ...[
      'lambda.amazonaws.com',
      'malware-protection-plan.guardduty.amazonaws.com',
      'states.amazonaws.com',
    ].map((service) => may(['iam:PassRole'], roles, { 'iam:passedtoservice': service })),
  ];
}
