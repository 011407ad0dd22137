/** What the operator’s account is to have, and how it is to be set: docs/zone.md says what each is for. */
import type { RegisterFacts } from '../../assembly';
import { durationOf } from '../../register/duration';
import { operatorsTopics, operatorTellsBy } from '../inboxes';
import {
  alertsTo,
  answersToPage,
  bucketSettings,
  ENCRYPTS,
  givenToFunction,
  keyOf,
  policyOfBucket,
  queueWithPolicy,
  roleOf,
  securityChanges,
  topicOfMailbox,
} from './account';
import { zoneAlarms } from './alarms';
import { type Expected, type Place, queueArn } from './expected';
import { DIGEST, functionWith } from './functions';
import { pageOf } from './page';
import { ANYTHING, atLeast, oneOf, textLike, unlessGiven, type WantedGroup } from './wanted';

const QUEUE = 'concordat-log-files';
const UNREADABLE = 'concordat-log-files-unreadable';
const AUDIT = 'concordat-transfer-audit';
/** How long the audit has for a batch, in seconds. */
const AUDIT_SECONDS = 900;

/** Everything in the operator’s account. @param indexDigest the SHA-256 of the audit’s index, as it lies in the assembly */
export function inZone(register: RegisterFacts, indexDigest: string | undefined, asOf: string): Expected[] {
  const { zone } = register;
  const place = { account: zone.accounts.zone, region: zone.region };
  return [
    ...alertsTo(place, zone.alertAddress),
    ...securityChanges(place),
    ...zoneAlarms(place, operatorTellsBy(register) !== undefined),
    ...archive(place, register),
    ...store(place, register),
    ...audit(place, register, indexDigest),
    ...sealer(place, register),
    roleOf(place, 'transfer-audit', 'zone'),
    roleOf(place, 'ledger-seal', 'zone'),
    ...notices(place, register),
    ...(zone.mayStopAll ? [roleOf(place, 'stop-all', 'zone')] : []),
    ...pageOf(place, register, asOf, (name) => locked(register, name, 'the key of mailbox-page', true)),
  ];
}

function bucketNamed({ zone }: RegisterFacts, which: 'logs' | 'ledger'): string {
  return `${zone.namePrefix}-${which}-${zone.accounts.zone}-${zone.region}-an`;
}

/** What is written stays as long as the register says. No rule of S3 hides or moves any of it. */
function locked(register: RegisterFacts, name: string, key: string, hasBucketKey: boolean): WantedGroup {
  return {
    ...bucketSettings(name, key, hasBucketKey),
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: retentionOf(register) },
    },
  };
}

function retentionOf({ zone: { auditRetention } }: RegisterFacts): WantedGroup {
  if (auditRetention === undefined)
    return { Mode: oneOf('COMPLIANCE', 'GOVERNANCE'), Years: ANYTHING, Days: ANYTHING };
  const { years, months, weeks, days } = durationOf(auditRetention.period);
  const Mode = auditRetention.mode === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE';
  // No lock may end early: a year has at most 366 days, a month 31.
  return months + weeks + days === 0
    ? { Mode, Years: years }
    : { Mode, Days: years * 366 + months * 31 + weeks * 7 + days };
}

function archive(place: Place, register: RegisterFacts): Expected[] {
  const { account } = place;
  const name = bucketNamed(register, 'logs');
  return [
    keyOf(place, 'log-files', ENCRYPTS),
    {
      account,
      type: 'AWS::KMS::Alias',
      name: 'alias/concordat-log-files',
      settings: { AliasName: 'alias/concordat-log-files', TargetKeyId: 'the key of log-files' },
    },
    ...queueWithPolicy(place, UNREADABLE, {
      RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [queueArn(place, QUEUE)] },
    }),
    ...queueWithPolicy(place, QUEUE, givenToFunction(place, UNREADABLE, 5)),
    {
      account,
      type: 'AWS::S3::Bucket',
      name,
      stays: true,
      settings: {
        ...locked(register, name, 'the key of log-files', false),
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Queue: queueArn(place, QUEUE),
              Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'AWSLogs/' }] } },
            },
          ],
        },
      },
    },
    policyOfBucket(place, name),
  ];
}

function store(place: Place, register: RegisterFacts): Expected[] {
  const { account } = place;
  const name = bucketNamed(register, 'ledger');
  return [
    keyOf(place, 'staged-entries', ENCRYPTS),
    keyOf(place, 'ledger', ENCRYPTS),
    keyOf(place, 'ledger-signature (ECC_NIST_EDWARDS25519)', {
      KeySpec: 'ECC_NIST_EDWARDS25519',
      KeyUsage: 'SIGN_VERIFY',
    }),
    ...(register.zone.ledger?.secondSignature === undefined
      ? []
      : [keyOf(place, 'ledger-signature (ML_DSA_44)', { KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' })]),
    {
      account,
      type: 'AWS::S3::Bucket',
      name,
      stays: true,
      settings: { ...locked(register, name, 'the key of ledger', true), ...receiptsInPage(register) },
    },
    policyOfBucket(place, name),
    table(place, 'concordat-staging', {
      AttributeDefinitions: [
        attribute('eventId', 'S'),
        attribute('unsealed', 'S'),
        attribute('arrival', 'S'),
      ],
      KeySchema: [key('eventId', 'HASH')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'unsealed',
          KeySchema: [key('unsealed', 'HASH'), key('arrival', 'RANGE')],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
    table(place, 'concordat-transfers', {
      AttributeDefinitions: [
        attribute('object', 'S'),
        attribute('mark', 'S'),
        attribute('open', 'S'),
        attribute('due', 'N'),
      ],
      KeySchema: [key('object', 'HASH'), key('mark', 'RANGE')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [key('open', 'HASH'), key('due', 'RANGE')],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    }),
  ];
}

/** What tells teams of letters, where the register names a key of GOV.UK Notify, or a mailbox. @see docs/notices.md */
function notices(place: Place, register: RegisterFacts): Expected[] {
  const { notify } = register.zone;
  if (operatorTellsBy(register) === undefined) return [];
  return [
    ...operatorsTopics(register).flatMap((each) => topicOfMailbox(place, each)),
    ...functionWith(place, {
      purpose: 'notices',
      code: 'notices',
      hasFile: true,
      environment: {
        LIST_FILE: '/opt/notices.json',
        LIST_SHA256: DIGEST,
        TRANSFERS_TABLE: 'concordat-transfers',
        NOTICES_TABLE: 'concordat-notices',
        ...(notify !== undefined && {
          NOTIFY_KEY_AT: notify.secret,
          TEMPLATE_WAITS: notify.templates.waits,
          TEMPLATE_REMINDER: notify.templates.reminder,
          TEMPLATE_NOT_DELIVERED: notify.templates.notDelivered,
        }),
      },
      seconds: 120,
      megabytes: 512,
      schedule: 'rate(15 minutes)',
      event: '{}',
    }),
    roleOf(place, 'notices', 'zone'),
    table(place, 'concordat-notices', {
      AttributeDefinitions: [attribute('reference', 'S'), attribute('unsent', 'S'), attribute('due', 'N')],
      KeySchema: [key('reference', 'HASH')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'unsent',
          KeySchema: [key('unsent', 'HASH'), key('due', 'RANGE')],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    }),
  ];
}

/** People read receipts in the mailbox’s page. */
function receiptsInPage({ zone: { mailbox } }: RegisterFacts): WantedGroup {
  return mailbox === undefined ? {} : answersToPage(mailbox.origin, false);
}

/** A table, whose policy is asked about by itself. */
function table({ account }: Place, name: string, settings: WantedGroup): Expected {
  return {
    account,
    type: 'AWS::DynamoDB::Table',
    name,
    stays: true,
    settings: {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      ResourcePolicy: ANYTHING,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'the key of staged-entries' },
      ...settings,
    },
  };
}

function attribute(AttributeName: string, AttributeType: string): WantedGroup {
  return { AttributeName, AttributeType };
}

function key(AttributeName: string, KeyType: string): WantedGroup {
  return { AttributeName, KeyType };
}

function audit(place: Place, register: RegisterFacts, indexDigest: string | undefined): Expected[] {
  return [
    ...functionWith(place, {
      purpose: 'transfer-audit',
      code: 'transfer-audit',
      hasFile: true,
      environment: {
        INDEX_FILE: '/opt/index.json',
        INDEX_SHA256: indexDigest ?? textLike(/^$/, 'the digest of an index that is in the assembly'),
        STAGING_TABLE: 'concordat-staging',
        TRANSFERS_TABLE: 'concordat-transfers',
        LEDGER_BUCKET: bucketNamed(register, 'ledger'),
      },
      seconds: AUDIT_SECONDS,
      megabytes: 2048,
      schedule: 'rate(1 hour)',
      event: '{"action":"sweep"}',
    }),
    {
      account: place.account,
      type: 'AWS::Lambda::EventSourceMapping',
      name: queueArn(place, QUEUE),
      settings: {
        EventSourceArn: queueArn(place, QUEUE),
        FunctionName: AUDIT,
        Enabled: unlessGiven(true),
        BatchSize: atLeast(1),
        // Without it, one file that fails has the whole batch read again, or lost.
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: atLeast(2) },
      },
    },
  ];
}

function sealer(place: Place, { zone }: RegisterFacts): Expected[] {
  const { secondSignature, formerKeys, timestampAuthority } = zone.ledger ?? {};
  return functionWith(place, {
    purpose: 'ledger-seal',
    code: 'ledger-seal',
    hasFile: false,
    environment: {
      LEDGER_BUCKET: `${zone.namePrefix}-ledger-${zone.accounts.zone}-${zone.region}-an`,
      STAGING_TABLE: 'concordat-staging',
      LEDGER_ORIGIN: `${zone.namePrefix}-ledger-${zone.accounts.zone}`,
      KEY_ARN: 'the key of ledger-signature (ECC_NIST_EDWARDS25519)',
      ...(secondSignature !== undefined && { ML_DSA_KEY_ARN: 'the key of ledger-signature (ML_DSA_44)' }),
      ...(formerKeys !== undefined && { FORMER_KEYS: formerKeys.join(' ') }),
      ...(timestampAuthority !== undefined && { TIMESTAMP_URL: timestampAuthority }),
    },
    seconds: 120,
    megabytes: 1024,
    schedule: 'rate(1 minute)',
    event: '{}',
  });
}
