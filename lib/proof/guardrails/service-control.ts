/**
 * What docs/guardrails.md promises of what is done in an account: by its administrators, and by whoever is not spared. Written
 * down apart from the policies that are to keep it, from AWS’s own lists of actions and from what the register asks for.
 */
import type { RegisterFacts } from '../../assembly';
import { pagePromises, spokenToElsewhere } from './page-control';
import { type Attached, of, type Promised, type When, where } from './promised';
import { providerPromises } from './sign-in-control';
import {
  AUDIT,
  BROKER,
  CLOUD_FORMATION,
  DEPLOYMENT,
  GATE,
  LIFT,
  MACHINE,
  OWN,
  PUBLISHER,
  SCAN,
  SEALER,
  STACK_SETS,
  STOP,
} from './spared';
import type { Things } from './things';
import * as writes from './writes';

const PURPOSE = 'aws:resourcetag/concordat:key-purpose';
const SHARED = 'shared-data';
const OTHER_PURPOSES = [
  'alerts-and-logs',
  'log-files',
  'staged-entries',
  'ledger',
  'ledger-signature',
  'mailbox-page',
];
/** The operator of one Region; these services answer in one place for the whole world, or hold no data. */
const GLOBAL = [
  'account:Get*',
  'account:List*',
  'billing:Get*',
  'billing:List*',
  'budgets:*',
  'ce:*',
  'health:*',
  'iam:*',
  'organizations:*',
  's3:GetAccountPublicAccessBlock',
  's3:ListAllMyBuckets',
  'servicequotas:*',
  'sts:*',
  'support:*',
  'trustedadvisor:*',
];
/** One action of each service that holds or moves data, or could be turned on elsewhere. */
const ELSEWHERE = [
  'account:EnableRegion',
  'athena:StartQueryExecution',
  'backup:CreateBackupVault',
  'bedrock:InvokeModel',
  'cloudformation:CreateStack',
  'dynamodb:PutItem',
  'ec2:RunInstances',
  'events:PutRule',
  'glue:CreateJob',
  'kms:CreateKey',
  'kms:Decrypt',
  'lambda:CreateFunction',
  'logs:PutLogEvents',
  'rds:CreateDBInstance',
  's3:CreateBucket',
  's3:GetObject',
  's3:PutObject',
  'sagemaker:CreateTrainingJob',
  'secretsmanager:CreateSecret',
  'sns:Publish',
  'sqs:SendMessage',
  'ssm:PutParameter',
  'states:StartExecution',
];
const OPEN_LISTS = ['authenticated-read', 'public-read', 'public-read-write'];

const ANY = () => ['*'];

/** Everything that is promised, but for what is for one kind of custody. */
export function servicePromises(register: RegisterFacts, things: Things): Promised[] {
  const { zone } = register;
  const plain = (
    id: Promised['id'],
    actions: readonly string[],
    resources: Promised['resources'],
    spared: readonly string[] = [],
    more: Partial<Promised> = {},
  ): Promised => ({ id, attached: 'units', actions, resources, spared, ...more });
  const region = 'aws:requestedregion';
  return [
    plain('other regions', ELSEWHERE, ANY, [], {
      allBut: { services: ['*'], patterns: [...GLOBAL, ...spokenToElsewhere(register)] },
      when: {
        values: { [region]: ['us-east-1', zone.region, undefined] },
        holds: (read) => read(region) !== zone.region,
      },
    }),
    ...pagePromises(register),
    plain('copies', writes.COPIES, (account) => [...things.buckets(account), ...things.tables(account), '*']),
    plain('keys of many regions', ['kms:CreateKey'], ANY, [], { when: where('kms:multiregion', 'true') }),
    plain('public block of the account', ['s3:PutAccountPublicAccessBlock'], ANY),
    plain(
      'public block of buckets',
      of('s3', 'PutAccessPointPublicAccessBlock PutBucketPublicAccessBlock'),
      (account) => [...things.buckets(account), ...things.accessPoints(account), 'arn:aws:s3:::any-bucket'],
      [CLOUD_FORMATION, STACK_SETS],
    ),
    plain(
      'open lists of access',
      of('s3', 'CreateBucket PutBucketAcl PutObject PutObjectAcl PutObjectVersionAcl'),
      (account) => [
        ...things.buckets(account).flatMap((each) => [each, `${each}/agreements/any1`]),
        'arn:aws:s3:::any-bucket',
      ],
      [],
      { when: where('s3:x-amz-acl', ...OPEN_LISTS) },
    ),
    plain(
      'leaving',
      ['account:CloseAccount', 'organizations:AcceptHandshake', 'organizations:LeaveOrganization'],
      ANY,
    ),
    plain('record', writes.AGAINST_THE_RECORD, things.records, [CLOUD_FORMATION, STACK_SETS]),
    plain('root', ['s3:GetObject', 'iam:CreateUser', 'concordat:Fresh'], ANY, [], {
      allBut: { services: ['*'], patterns: [] },
      callers: /:root$/,
    }),
    ...onDeployment(plain, things),
    ...onFunctions(plain, things),
    ...onData(plain, things),
    ...onKeys(plain, things),
    {
      ...plain(
        'roles that deploy',
        [...writes.OF_ROLES, 'iam:PassRole', 'iam:PutRolePolicy'],
        things.deployers,
        [STACK_SETS],
      ),
      attached: 'deployers',
    },
    ...providerPromises(register),
    {
      ...plain('providers of sessions', writes.OF_PROVIDERS, things.providers, [STACK_SETS]),
      attached: 'deployers',
    },
  ];
}

type Plain = (
  id: Promised['id'],
  actions: readonly string[],
  resources: Promised['resources'],
  spared?: readonly string[],
  more?: Partial<Promised>,
) => Promised;

function onDeployment(plain: Plain, things: Things): Promised[] {
  const byStackSets =
    [...things.bootstrapRoles('*'), ...things.boundaries('*')].length > 0 ? [STACK_SETS] : [];
  return [
    plain('own roles', writes.OF_ROLES, things.ownRoles, [CLOUD_FORMATION, STACK_SETS]),
    plain('policies on own roles', ['iam:PutRolePolicy'], things.ownRoles, [
      CLOUD_FORMATION,
      BROKER,
      STACK_SETS,
    ]),
    plain(
      'broker on other roles',
      ['iam:PutRolePolicy'],
      (account) => [
        ...things.ownRoles(account).filter((each) => !/concordat-(?:collect|deposit|receipts)$/.test(each)),
        ...things.bootstrapRoles(account),
        `arn:aws:iam::${account}:role/concordat-fresh`,
      ],
      [],
      { callers: /:role\/concordat\/concordat-grant-broker$/ },
    ),
    plain('passing own roles', ['iam:PassRole'], things.ownRoles, [CLOUD_FORMATION, STACK_SETS]),
    plain('bootstrap roles', [...writes.OF_ROLES, 'iam:PutRolePolicy'], things.bootstrapRoles, byStackSets),
    plain('bootstrap roles', writes.OF_POLICIES, things.boundaries, byStackSets),
    plain(
      'passing bootstrap roles',
      ['iam:PassRole'],
      // The role of StackSets trusts StackSets alone, so no service takes it from anybody.
      (account) => things.bootstrapRoles(account).filter((each) => each.includes(':role/cdk-')),
      [DEPLOYMENT],
    ),
    plain('stacks', writes.OF_STACKS, things.stacks, [DEPLOYMENT], {
      allBut: { services: ['cloudformation'], patterns: looks('cloudformation', 'Describe Detect Get List') },
    }),
    plain('baseline stacks', writes.OF_STACKS, things.baselineStacks, [STACK_SETS], {
      allBut: { services: ['cloudformation'], patterns: looks('cloudformation', 'Describe Detect Get List') },
    }),
  ];
}

/** Actions that look, by how their names begin. */
function looks(service: string, beginnings: string): string[] {
  return beginnings.split(' ').map((each) => `${service}:${each}*`);
}

function onFunctions(plain: Plain, things: Things): Promised[] {
  const byDeployment = [CLOUD_FORMATION];
  return [
    plain('functions', writes.OF_FUNCTIONS, things.functions, byDeployment, {
      allBut: { services: ['lambda'], patterns: looks('lambda', 'Get Invoke List') },
    }),
    plain('functions', writes.OF_LAYERS, things.layers, byDeployment),
    plain(
      'calls of functions',
      writes.CALLS,
      (account) => things.functions(account).filter((each) => !things.gate(account).includes(each)),
      [CLOUD_FORMATION, STOP, LIFT],
    ),
    plain('calls of functions', writes.CALLS, things.gate, [CLOUD_FORMATION, STOP, LIFT, MACHINE]),
    plain('feeds of functions', writes.FEEDS, ANY, byDeployment, {
      when: {
        values: { 'lambda:functionarn': things.functions('100000000000') },
        holds: (read) => String(read('lambda:functionarn')).includes(':function:concordat-'),
      },
    }),
    plain('watch', writes.OF_ALARMS, things.alarms, byDeployment, {
      allBut: {
        services: ['cloudwatch'],
        patterns: [...looks('cloudwatch', 'Describe List'), 'cloudwatch:EnableAlarmActions'],
      },
    }),
    plain('watch', writes.OF_RULES, things.rules, byDeployment, {
      allBut: { services: ['events'], patterns: [...looks('events', 'Describe List'), 'events:EnableRule'] },
    }),
    plain('watch', writes.OF_LOG_GROUPS, things.logGroups, byDeployment, {
      allBut: {
        services: ['logs'],
        patterns: [
          ...looks('logs', 'Describe Get List'),
          ...writes.LINES_OF_LOGS,
          ...of('logs', 'FilterLogEvents StartLiveTail StartQuery'),
        ],
      },
    }),
    plain('watch', writes.OF_TOPICS, things.topics, byDeployment, {
      allBut: {
        services: ['sns'],
        patterns: [...looks('sns', 'Get List'), ...of('sns', 'ConfirmSubscription Publish Subscribe')],
      },
    }),
    plain('watch', writes.OF_QUEUES, things.queues, byDeployment, {
      allBut: {
        services: ['sqs'],
        patterns: [
          ...looks('sqs', 'Get List'),
          ...writes.TAKES_MESSAGES,
          ...of('sqs', '*MessageMoveTask* SendMessage'),
        ],
      },
    }),
    plain('lines of logs', writes.LINES_OF_LOGS, things.logGroups, [OWN]),
    plain('logs of the account', ['logs:PutAccountPolicy'], ANY),
    plain('metrics', ['cloudwatch:PutMetricData'], ANY, [], {
      when: {
        values: { 'cloudwatch:namespace': ['Concordat/KeyGrants', 'Concordat/concordat-fresh'] },
        holds: (read) => String(read('cloudwatch:namespace')).startsWith('Concordat/'),
      },
    }),
    plain('notices of log files', writes.TAKES_MESSAGES, things.noticesOfLogFiles, [AUDIT]),
    plain('verdicts for the gate', writes.TAKES_MESSAGES, things.verdicts, [GATE]),
    plain('machine of the gate', writes.OF_MACHINES, things.machines, byDeployment, {
      allBut: {
        services: ['states'],
        patterns: [...looks('states', 'Describe Get List'), 'states:StartExecution'],
      },
    }),
    plain('machine of the gate', writes.OF_EXECUTIONS, things.executions, byDeployment),
    plain('starts of the machine', ['states:StartExecution'], things.machines, [GATE]),
    plain('tables', writes.OF_TABLES, things.tables, byDeployment, {
      allBut: {
        services: ['dynamodb'],
        patterns: [
          ...looks('dynamodb', 'Describe Get List'),
          ...writes.ITEMS,
          ...of('dynamodb', 'BatchGetItem ConditionCheckItem PartiQLSelect Query Scan'),
        ],
      },
    }),
    plain('items of tables', writes.ITEMS, things.tablesOfTheLedger, [AUDIT, SEALER]),
    plain('record of stops', writes.RECORDS_OF_STOPS, things.recordsOfStops, [BROKER]),
  ];
}

function onData(plain: Plain, things: Things): Promised[] {
  const objects = (account: string) => [
    ...things.buckets(account).map((each) => `${each}/agreements/any1`),
    ...things.accessPoints(account).map((each) => `${each}/object/agreements/any1`),
  ];
  return [
    plain('buckets', writes.OF_BUCKETS, things.buckets, [CLOUD_FORMATION, STACK_SETS]),
    plain('notifications of buckets', ['s3:PutBucketNotification'], things.buckets, [CLOUD_FORMATION, SCAN]),
    plain(
      'assets',
      writes.OF_OBJECTS,
      (account) => [`${things.assets(account)}/x.zip`, `${things.assets(account)}/folder/any1`],
      [PUBLISHER],
    ),
    plain(
      'what Config recorded',
      writes.OF_OBJECTS,
      (account) => [`${things.configBucket(account)}/AWSLogs/any1`],
      [OWN],
    ),
    plain('locks and other changes of objects', writes.ALTERS_OBJECTS, objects),
    plain('access points', writes.OF_ACCESS_POINTS, things.accessPoints, [CLOUD_FORMATION]),
    plain('policies of access points', ['s3:PutAccessPointPolicy'], things.accessPoints, [
      CLOUD_FORMATION,
      DEPLOYMENT,
      BROKER,
    ]),
  ];
}

function onKeys(plain: Plain, things: Things): Promised[] {
  const ours: When = {
    values: { [PURPOSE]: [SHARED, ...OTHER_PURPOSES] },
    holds: (read) => read(PURPOSE) !== undefined,
  };
  const days = 'kms:schedulekeydeletionpendingwindowindays';
  return [
    plain('keys', writes.OF_KEYS, things.keys, [CLOUD_FORMATION], { when: ours }),
    plain('ends of keys', writes.ENDS_OF_KEYS, things.keys, [], { when: where(PURPOSE, ...OTHER_PURPOSES) }),
    plain('grants on shared data', ['kms:CreateGrant'], things.keys, [BROKER], {
      when: where(PURPOSE, SHARED),
    }),
    plain('names of keys', writes.OF_ALIASES, things.aliases, [CLOUD_FORMATION]),
    plain('days before a key ends', ['kms:ScheduleKeyDeletion'], things.keys, [], {
      when: {
        values: { [days]: ['7', '29', '30'] },
        holds: (read) => read(days) !== undefined && Number(read(days)) < 30,
      },
    }),
  ];
}

/** Where keys are to come from, by the kind of custody; of a key store or an external key, the store it is in. */
const ORIGINS: Readonly<Record<string, string>> = {
  account: 'AWS_KMS',
  imported: 'EXTERNAL',
  cloudhsm: 'AWS_CLOUDHSM',
  external: 'EXTERNAL_KEY_STORE',
};

/** What is promised in the units of one kind of custody each. */
export function custodyPromises({ zone }: RegisterFacts, things: Things): Promised[] {
  const units = zone.guardrails?.units.custody ?? {};
  return (typeof units === 'string' ? [] : Object.keys(units)).flatMap((kind): Promised[] => {
    const attached: Attached = { custody: kind };
    const origin = 'kms:keyorigin';
    const requested = 'aws:requesttag/concordat:key-purpose';
    const context = 'kms:encryptioncontext:aws:s3:arn';
    const origins = [...Object.values(ORIGINS), undefined];
    const isOther = (read: (key: string) => unknown) => read(origin) !== ORIGINS[kind];
    const bucket = `arn:aws:s3:::${zone.namePrefix}-exchange-`;
    return [
      {
        id: 'origin of keys',
        attached,
        actions: ['kms:CreateKey'],
        resources: ANY,
        spared: [],
        when: {
          values: { [origin]: origins, [requested]: [SHARED, 'alerts-and-logs', undefined] },
          holds: (read) => isOther(read) && read(requested) !== 'alerts-and-logs',
        },
      },
      {
        id: 'origin of deposits',
        attached,
        actions: ['kms:GenerateDataKey'],
        resources: things.keys,
        spared: [],
        when: {
          values: { [origin]: origins, [context]: [`${bucket}x`] },
          holds: (read) => isOther(read) && String(read(context)).startsWith(bucket),
        },
      },
    ];
  });
}
