/**
 * What each role may do at most, under the boundary of its account: by its purpose alone, and as wide as one text for every
 * account and every agreement must be. What it is given there is narrower, and judged by itself.
 */
import type { RegisterFacts } from '../../assembly';
import type { RolePurpose } from '../../names';
import { operatorTellsBy } from '../inboxes';

/** Some actions on some things, where every key that is named has one of its values. */
export interface AtMost {
  readonly actions: readonly string[];
  /** With wildcards as policies have them. */
  readonly resources: readonly string[];
  readonly when: Readonly<Record<string, string | readonly string[]>>;
}

type Kind = 'member' | 'zone';

/** Names of a zone, in one account. */
interface Names {
  readonly bucket: string;
  readonly ledger: string;
  readonly logs: string;
  /** Of the mailbox’s page; undefined where the zone serves none. */
  readonly page: string | undefined;
  readonly region: string;
  readonly here: (service: string, rest: string) => string;
  /** Of the operator’s account, whatever account the boundary stands in: its queue and its tables. */
  readonly there: (service: string, rest: string) => string;
  readonly role: (purpose: string) => string;
  /** By what the operator’s function tells teams, where there is one. */
  readonly tells: readonly AtMost[] | undefined;
}

const some = (
  service: string,
  actions: string,
  resources: readonly string[],
  when: AtMost['when'] = {},
): AtMost => ({
  actions: actions
    .trim()
    .split(/\s+/)
    .map((each) => `${service}:${each}`),
  resources,
  when,
});

// The gate tells of reports by SNS. One statement is for all who use keys, since the boundary has little room.
const throughServices = ({ region }: Names) =>
  some('kms', 'Decrypt GenerateDataKey', [`arn:aws:kms:${region}:*:key/*`], {
    'kms:viaservice': [`s3.${region}.amazonaws.com`, `sns.${region}.amazonaws.com`],
  });
const ownLog = ({ here }: Names) =>
  some('logs', 'CreateLogStream PutLogEvents', [
    here('logs', 'log-group:/aws/lambda/concordat-*:log-stream:*'),
  ]);
// One statement is for those who ask the broker and for the state machine of the gate: the role’s own policy says which.
const callsFunctions = ({ here }: Names) => [
  some('lambda', 'InvokeFunction', [
    here('lambda', 'function:concordat-grant-broker*'),
    here('lambda', 'function:concordat-release-gate'),
  ]),
];
const throughStores = ({ region, here }: Names) =>
  some('kms', 'Decrypt DescribeKey GenerateDataKey', [here('kms', 'key/*')], {
    'kms:viaservice': [`dynamodb.${region}.amazonaws.com`, `s3.${region}.amazonaws.com`],
  });
const NOTHING = () => [];

const MEMBER: Readonly<Record<RolePurpose, (names: Names) => readonly AtMost[]>> = {
  deposit: (names) => [
    some(
      's3',
      'AbortMultipartUpload DeleteObject GetObjectTagging ListBucket ListMultipartUploadParts PutObject',
      [names.bucket, `${names.bucket}/agreements/*`],
    ),
    some('s3', 'GetObject', [`${names.bucket}/reports/*`]),
    throughServices(names),
  ],
  collect: (names) => [
    some('s3', 'GetObject ListBucket', [`arn:aws:s3:${names.region}:*:accesspoint/????????????--*`]),
    some('kms', 'DescribeKey', [`arn:aws:kms:${names.region}:*:key/*`]),
    throughServices(names),
  ],
  receipts: (names) => [
    some('s3', 'GetObject ListBucket', [names.ledger, `${names.ledger}/*`]),
    throughServices(names),
  ],
  'malware-scan': (names) => [
    some(
      's3',
      `GetBucketNotification GetObject GetObjectTagging GetObjectVersion GetObjectVersionTagging ListBucket
      PutBucketNotification PutObjectTagging PutObjectVersionTagging`,
      [names.bucket, `${names.bucket}/agreements/*`],
    ),
    some('s3', 'PutObject', [`${names.bucket}/malware-protection-resource-validation-object`]),
    some('events', 'DeleteRule DescribeRule ListTargetsByRule PutRule PutTargets RemoveTargets', [
      names.here('events', 'rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*'),
    ]),
    throughServices(names),
  ],
  'release-gate': (names) => [
    some('s3', 'GetObjectVersion GetObjectVersionTagging ListBucketVersions PutObjectVersionTagging', [
      names.bucket,
      `${names.bucket}/agreements/*`,
    ]),
    some('s3', 'GetObject PutObject', [`${names.bucket}/reports/*`]),
    some('sns', 'Publish', [
      names.here('sns', 'concordat-security-alerts'),
      names.here('sns', 'concordat-inbox-*-*'),
    ]),
    some('sqs', 'ChangeMessageVisibility DeleteMessage GetQueueAttributes ReceiveMessage', [
      names.here('sqs', 'concordat-gate-verdicts'),
    ]),
    some('states', 'StartExecution', [names.here('states', 'stateMachine:concordat-release-gate')]),
    throughServices(names),
    ownLog(names),
  ],
  'gate-machine': callsFunctions,
  'grant-broker': (names) => [
    some('cloudformation', 'DescribeStacks', [names.here('cloudformation', 'stack/Organisation-*')]),
    some('iam', 'PutRolePolicy', ['collect', 'deposit', 'receipts'].map(names.role)),
    some('kms', 'CreateGrant DescribeKey ListGrants RevokeGrant', [names.here('kms', 'key/*')]),
    some('s3', 'GetAccessPointPolicy PutAccessPointPolicy', [
      names.here('s3', 'accesspoint/????????????--*'),
    ]),
    some('ssm', 'GetParametersByPath PutParameter', [
      names.here('ssm', 'parameter/concordat/stops'),
      names.here('ssm', 'parameter/concordat/stops/*'),
    ]),
    ownLog(names),
  ],
  stop: callsFunctions,
  lift: callsFunctions,
  'stop-all': NOTHING,
  'transfer-audit': NOTHING,
  'ledger-seal': NOTHING,
  'page-release': NOTHING,
  notices: NOTHING,
};

const ZONE: Readonly<Partial<Record<RolePurpose, (names: Names) => readonly AtMost[]>>> = {
  'transfer-audit': (names) => [
    some('s3', 'GetObject ListBucket', [
      names.logs,
      `${names.logs}/AWSLogs/*`,
      names.ledger,
      `${names.ledger}/index/*`,
    ]),
    some('s3', 'PutObject', [`${names.ledger}/index/*`]),
    some('sqs', 'ChangeMessageVisibility DeleteMessage GetQueueAttributes ReceiveMessage', [
      names.there('sqs', 'concordat-log-files'),
    ]),
    some('dynamodb', 'GetItem PutItem Query UpdateItem', [
      names.there('dynamodb', 'table/concordat-transfers'),
      names.there('dynamodb', 'table/concordat-transfers/index/*'),
    ]),
    some('dynamodb', 'PutItem', [names.there('dynamodb', 'table/concordat-staging')]),
    throughStores(names),
    ownLog(names),
  ],
  'ledger-seal': (names) => [
    some('s3', 'GetObject ListBucket PutObject', [names.ledger, `${names.ledger}/*`]),
    some('dynamodb', 'BatchGetItem Query UpdateItem', [
      names.there('dynamodb', 'table/concordat-staging'),
      names.there('dynamodb', 'table/concordat-staging/index/*'),
    ]),
    some('kms', 'GetPublicKey Sign', [names.here('kms', 'key/*')]),
    throughStores(names),
    ownLog(names),
  ],
  notices: (names) =>
    names.tells === undefined
      ? []
      : [
          some('dynamodb', 'Query', [
            names.there('dynamodb', 'table/concordat-transfers'),
            names.there('dynamodb', 'table/concordat-transfers/index/*'),
          ]),
          some('dynamodb', 'PutItem Query UpdateItem', [
            names.there('dynamodb', 'table/concordat-notices'),
            names.there('dynamodb', 'table/concordat-notices/index/*'),
          ]),
          ...names.tells,
          throughStores(names),
          ownLog(names),
        ],
  'stop-all': () => [some('sts', 'AssumeRole', ['arn:aws:iam::*:role/concordat/concordat-stop'])],
  'page-release': (names) =>
    names.page === undefined
      ? []
      : [
          some('s3', 'PutObject', [`${names.page}/*`]),
          {
            ...some('kms', 'GenerateDataKey', [names.here('kms', 'key/*')]),
            when: { 'kms:viaservice': [`s3.${names.region}.amazonaws.com`] },
          },
        ],
};

/** By the one key of GOV.UK Notify, or by topics of the operator’s, and the key that encrypts what is published there. */
function telling(register: RegisterFacts, account: string): AtMost[] | undefined {
  const { region, accounts, notify } = register.zone;
  if (notify !== undefined) return [some('secretsmanager', 'GetSecretValue', [notify.secret])];
  if (operatorTellsBy(register) === undefined) return undefined;
  return [
    some('sns', 'Publish', [`arn:aws:sns:${region}:${accounts.zone}:concordat-notices-????????????`]),
    some('kms', 'Decrypt GenerateDataKey', [`arn:aws:kms:${region}:${account}:key/*`], {
      'kms:viaservice': [`sns.${region}.amazonaws.com`],
    }),
  ];
}

/** The purposes of roles. */
export const PURPOSES = Object.keys(MEMBER);

/** What a role may do at most under the boundary of one kind of account; nothing for one that has no purpose there. */
export function atMost(
  of: Kind,
  purpose: string,
  account: string,
  register: RegisterFacts,
): readonly AtMost[] {
  const { zone } = register;
  const { region, namePrefix, accounts } = zone;
  const operator = accounts.zone;
  const names: Names = {
    region,
    bucket: `arn:aws:s3:::${namePrefix}-exchange-${account}-${region}-an`,
    ledger: `arn:aws:s3:::${namePrefix}-ledger-${operator}-${region}-an`,
    logs: `arn:aws:s3:::${namePrefix}-logs-${operator}-${region}-an`,
    page: zone.mailbox?.served && `arn:aws:s3:::${namePrefix}-mailbox-${operator}-${region}-an`,
    here: (service, rest) => `arn:aws:${service}:${region}:${account}:${rest}`,
    there: (service, rest) => `arn:aws:${service}:${region}:${operator}:${rest}`,
    role: (each) => `arn:aws:iam::${account}:role/concordat/concordat-${each}`,
    tells: telling(register, account),
  };
  const table: Readonly<Record<string, ((names: Names) => readonly AtMost[]) | undefined>> =
    of === 'member' ? MEMBER : ZONE;
  return table[purpose]?.(names) ?? [];
}
