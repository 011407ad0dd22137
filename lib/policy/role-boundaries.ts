/**
 * What the landing zone’s roles may do at most: the policies that cap them, one for each kind of account, the same size
 * however many agreements there are. Each part is for the roles that need it and no other, by their names, so a role that
 * was made under another name may do nothing, and one that was given another’s permissions may not use them.
 *
 * They are written down apart from the roles’ own permissions, so that each finds a fault of the other.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */

import {
  AGREEMENTS_PREFIX,
  accessPointsFor,
  alertsTopicArn,
  anyAccessPoint,
  anyKey,
  anyNoticesTopic,
  anyRole,
  bucketArn,
  functionArn,
  GATE_QUEUE,
  GRANT_BROKER_FUNCTION,
  gateMachineArn,
  gateQueueArn,
  inboxTopicArn,
  LOG_FILES_QUEUE,
  NOTICES,
  queueArn,
  RELEASE_GATE_FUNCTION,
  REPORTS_PREFIX,
  type RolePurpose,
  roleArnIn,
  SESSION_ROLES,
  STAGING,
  s3Service,
  THIS_ACCOUNT,
  TRANSFERS,
  tableArn,
  zoneBucketArn,
  zoneTellsBy,
} from '../names';
import type { Zone } from '../register';
import { inThisAccount } from './bootstrap-need';
import { stopRecords } from './broker-policies';
import { type BoundaryStatement, type ConditionBlock, type PolicyDocument, policy } from './document';
import { guardDutyRule, PROBE } from './malware-policies';

/** The boundary of the roles in members’ accounts. */
export function memberRolesBoundary(zone: Zone): PolicyDocument<BoundaryStatement> {
  const bucket = bucketArn(zone, THIS_ACCOUNT);
  const ledger = zoneBucketArn(zone, 'ledger');
  return policy<BoundaryStatement>(
    part('DepositAndRecall', ['deposit'], [bucket, `${bucket}/${AGREEMENTS_PREFIX}*`], {
      s3: 'AbortMultipartUpload DeleteObject GetObjectTagging ListBucket ListMultipartUploadParts PutObject',
    }),
    // The pattern runs on to the objects behind an access point. A grant lets the role look at a key, too.
    part('ReadReports', ['deposit'], [`${bucket}/${REPORTS_PREFIX}*`], { s3: 'GetObject' }),
    part('CollectThroughAccessPoints', ['collect'], [accessPointsFor(zone, '*'), anyKey(zone)], {
      kms: 'DescribeKey',
      s3: 'GetObject ListBucket',
    }),
    part('ReadReceipts', ['receipts'], [ledger, `${ledger}/*`], { s3: 'GetObject ListBucket' }),
    part(
      // By SNS the gate tells of reports. The policy of each key says who uses it by which of them.
      'UseKeysThroughServices',
      ['collect', 'deposit', 'malware-scan', 'receipts', 'release-gate'],
      [anyKey(zone)],
      { kms: 'Decrypt GenerateDataKey' },
      { StringEquals: { 'kms:ViaService': [s3Service(zone), `sns.${zone.region}.amazonaws.com`] } },
    ),
    part(
      'ScanAndTag',
      ['malware-scan'],
      [bucket, `${bucket}/${AGREEMENTS_PREFIX}*`, guardDutyRule(zone, THIS_ACCOUNT)],
      {
        events: 'DeleteRule DescribeRule ListTargetsByRule PutRule PutTargets RemoveTargets',
        s3: `GetBucketNotification GetObject GetObjectTagging GetObjectVersion GetObjectVersionTagging ListBucket
          PutBucketNotification PutObjectTagging PutObjectVersionTagging`,
      },
    ),
    part('ProbeThePlan', ['malware-scan'], [`${bucket}/${PROBE}`], { s3: 'PutObject' }),
    part(
      'CheckAndDecide',
      ['release-gate'],
      [
        bucket,
        `${bucket}/${AGREEMENTS_PREFIX}*`,
        alertsTopicArn(zone, THIS_ACCOUNT),
        inboxTopicArn(zone, THIS_ACCOUNT, '*', { id: '*', own: false }),
        gateQueueArn(zone, THIS_ACCOUNT, GATE_QUEUE),
        gateMachineArn(zone, THIS_ACCOUNT),
        logStreams(zone),
      ],
      {
        logs: 'CreateLogStream PutLogEvents',
        s3: 'GetObjectVersion GetObjectVersionTagging ListBucketVersions PutObjectVersionTagging',
        sns: 'Publish',
        sqs: 'ChangeMessageVisibility DeleteMessage GetQueueAttributes ReceiveMessage',
        states: 'StartExecution',
      },
    ),
    part('WriteReports', ['release-gate'], [`${bucket}/${REPORTS_PREFIX}*`], { s3: 'GetObject PutObject' }),
    part(
      'EndSharesAndSessions',
      ['grant-broker'],
      [
        anyAccessPoint(zone, THIS_ACCOUNT),
        inThisAccount(zone, 'kms', 'key/*'),
        logStreams(zone),
        // What a policy on these could give, the boundary takes away again.
        ...SESSION_ROLES.map((each) => roleArnIn(THIS_ACCOUNT, each)),
        ...stopRecords(zone, THIS_ACCOUNT),
        inThisAccount(zone, 'cloudformation', 'stack/Organisation-*'),
      ],
      {
        cloudformation: 'DescribeStacks',
        iam: 'PutRolePolicy',
        kms: 'CreateGrant DescribeKey ListGrants RevokeGrant',
        logs: 'CreateLogStream PutLogEvents',
        s3: 'GetAccessPointPolicy PutAccessPointPolicy',
        ssm: 'GetParametersByPath PutParameter',
      },
    ),
    part(
      'CallBrokerAndGate',
      ['gate-machine', 'lift', 'stop'],
      [
        inThisAccount(zone, 'lambda', `function:${GRANT_BROKER_FUNCTION}*`),
        functionArn(zone, THIS_ACCOUNT, RELEASE_GATE_FUNCTION),
      ],
      { lambda: 'InvokeFunction' },
    ),
  );
}

/** The boundary of the roles in the operator’s account. */
export function zoneRolesBoundary(zone: Zone): PolicyDocument<BoundaryStatement> {
  const logs = zoneBucketArn(zone, 'logs');
  const ledger = zoneBucketArn(zone, 'ledger');
  const tellsBy = zoneTellsBy(zone);
  const functions: readonly RolePurpose[] = [
    'transfer-audit',
    'ledger-seal',
    ...(tellsBy === undefined ? [] : (['notices'] as const)),
  ];
  const keys = inThisAccount(zone, 'kms', 'key/*');
  const table = (name: string) => [tableArn(zone, name), `${tableArn(zone, name)}/index/*`];
  return policy<BoundaryStatement>(
    part(
      'ReadLogFilesAndKeepTheLifeOfTransfers',
      ['transfer-audit'],
      [
        logs,
        `${logs}/AWSLogs/*`,
        ledger,
        `${ledger}/index/*`,
        queueArn(zone, LOG_FILES_QUEUE),
        ...table(TRANSFERS.name),
      ],
      {
        dynamodb: 'GetItem PutItem Query UpdateItem',
        s3: 'GetObject ListBucket',
        sqs: 'ChangeMessageVisibility DeleteMessage GetQueueAttributes ReceiveMessage',
      },
    ),
    part(
      'KeepTheIndexAndStageEntries',
      ['transfer-audit'],
      [`${ledger}/index/*`, tableArn(zone, STAGING.name)],
      { dynamodb: 'PutItem', s3: 'PutObject' },
    ),
    part('SealWhatIsStaged', ['ledger-seal'], [ledger, `${ledger}/*`, ...table(STAGING.name), keys], {
      dynamodb: 'BatchGetItem Query UpdateItem',
      kms: 'GetPublicKey Sign',
      s3: 'GetObject ListBucket PutObject',
    }),
    ...(tellsBy === undefined ? [] : tellingTeams(zone, keys, table)),
    part(
      'UseKeysThroughBucketsAndTables',
      functions,
      [keys],
      { kms: 'Decrypt DescribeKey GenerateDataKey' },
      { StringEquals: { 'kms:ViaService': [`dynamodb.${zone.region}.amazonaws.com`, s3Service(zone)] } },
    ),
    part('StopForAllOwners', ['stop-all'], [anyRole('stop')], { sts: 'AssumeRole' }),
    ...(zone.mailbox?.served === undefined ? [] : releaseOfThePage(zone, keys)),
    part('WriteLogs', functions, [logStreams(zone)], { logs: 'CreateLogStream PutLogEvents' }),
  );
}

/** By the key of GOV.UK Notify, or by the zone’s own topics. */
function tellingTeams(
  zone: Zone,
  keys: string,
  table: (name: string) => readonly string[],
): BoundaryStatement[] {
  const roles = ['notices'] as const satisfies readonly RolePurpose[];
  const { notify } = zone;
  return [
    part('LookAtTransfers', roles, table(TRANSFERS.name), { dynamodb: 'Query' }),
    part('KeepNotices', roles, [...table(NOTICES.name), notify?.secret ?? anyNoticesTopic(zone)], {
      dynamodb: 'PutItem Query UpdateItem',
      ...(notify === undefined ? { sns: 'Publish' } : { secretsmanager: 'GetSecretValue' }),
    }),
    ...(notify === undefined
      ? [
          part(
            'EncryptNotices',
            roles,
            [keys],
            { kms: 'Decrypt GenerateDataKey' },
            { StringEquals: { 'kms:ViaService': `sns.${zone.region}.amazonaws.com` } },
          ),
        ]
      : []),
  ];
}

/** The page’s files are put in place and encrypted; none is read. */
function releaseOfThePage(zone: Zone, keys: string): BoundaryStatement[] {
  const roles = ['page-release'] as const satisfies readonly RolePurpose[];
  return [
    part('PutThePageInPlace', roles, [`${zoneBucketArn(zone, 'mailbox')}/*`], { s3: 'PutObject' }),
    part(
      'EncryptThePage',
      roles,
      [keys],
      { kms: 'GenerateDataKey' },
      { StringEquals: { 'kms:ViaService': s3Service(zone) } },
    ),
  ];
}

type Service =
  | 'cloudformation'
  | 'dynamodb'
  | 'events'
  | 'iam'
  | 'kms'
  | 'lambda'
  | 'logs'
  | 's3'
  | 'secretsmanager'
  | 'sns'
  | 'sqs'
  | 'ssm'
  | 'states'
  | 'sts';

/** Actions, by their services, on resources, for some roles. */
function part(
  sid: string,
  roles: readonly RolePurpose[],
  resources: readonly string[],
  actions: Readonly<Partial<Record<Service, string>>>,
  condition: ConditionBlock = {},
): BoundaryStatement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: Object.entries(actions).flatMap(([service, names]) =>
      names.split(/\s+/).map((name) => `${service}:${name}` as const),
    ),
    Resource: resources,
    Condition: { ...condition, ArnLike: { 'aws:PrincipalArn': roles.map(anyRole) } },
  };
}

function logStreams(zone: Zone): string {
  return inThisAccount(zone, 'logs', 'log-group:/aws/lambda/concordat-*:log-stream:*');
}
