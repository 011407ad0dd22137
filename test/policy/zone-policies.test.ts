/**
 * That the zone records and seals, that each organisation reads its own receipts and nobody else’s, and that nobody writes,
 * signs or deletes but who should. Judged by the evaluation of lib/iam, which knows nothing of this project.
 */
import { callerOf } from '../../lib/iam/caller';
import { decide, type Verdict } from '../../lib/iam/decide';
import { environmentOf } from '../../lib/iam/environment';
import { compile } from '../../lib/iam/policy';
import { requestOf } from '../../lib/iam/request';
import { bootstrapRoleArn } from '../../lib/names';
import { auditPermissions, sealerPermissions } from '../../lib/policy/audit-policies';
import { receiptPermissions } from '../../lib/policy/receipt-policies';
import { lockOf } from '../../lib/policy/retention';
import { tablePolicy } from '../../lib/policy/table-policies';
import {
  ledgerBucketPolicy,
  logArchivePolicy,
  logFilesQueuePolicy,
} from '../../lib/policy/zone-bucket-policies';
import { ledgerKeyPolicy, signingKeyPolicy, trailKeyPolicy } from '../../lib/policy/zone-key-policies';
import { accountId } from '../../lib/register/schema/scalars';
import { registerOf } from './sample-register';

const { zone } = registerOf();
const ZONE = zone.accounts.zone;
const LEEDS = accountId.parse('100000000022');
const FIFE = accountId.parse('100000000024');
const EXTERNAL = accountId.parse('900000000061');
const LOGS = `arn:aws:s3:::concordat-logs-${ZONE}-eu-west-2-an`;
const LEDGER = `arn:aws:s3:::concordat-ledger-${ZONE}-eu-west-2-an`;
const KEY = `arn:aws:kms:eu-west-2:${ZONE}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const TRAIL = `arn:aws:cloudtrail:eu-west-2:${zone.accounts.management}:trail/concordat-trail`;

const role = (account: string, name: string) =>
  ({ type: 'role', arn: `arn:aws:iam::${account}:role/concordat/concordat-${name}`, session: 's' }) as const;
const cloudTrail = { type: 'service', service: 'cloudtrail.amazonaws.com' } as const;
const insideOrganisation = { 'aws:PrincipalOrgID': zone.awsOrganizationId };
const tls = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };

interface Asked {
  readonly by: Parameters<typeof callerOf>[0];
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string>;
  /** What the caller’s own role allows; everything, if not given: then the resource alone decides. */
  readonly own?: object;
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function verdict(kind: 'bucket' | 'key' | 'queue' | 'resource', policy: object, asked: Asked): Verdict {
  const caller = callerOf(asked.by);
  const own =
    caller.type === 'role' ? [compile(asked.own ?? EVERYTHING, { kind: 'identity', name: 'own' })] : [];
  return decide(
    requestOf({
      caller,
      action: asked.action,
      resource: asked.resource,
      resourceAccount: ZONE,
      context: { ...(kind === 'bucket' && tls), ...asked.context },
    }),
    environmentOf({ identity: own, resource: compile(policy, { kind, name: kind }) }),
  ).verdict;
}

describe('an organisation’s receipts', () => {
  const bucket = ledgerBucketPolicy(zone, []);
  const reads = (by: string, path: string, policy: object = bucket, inside = true) =>
    verdict('bucket', policy, {
      by: role(by, 'receipts'),
      own: receiptPermissions(zone, accountId.parse(by)),
      action: 's3:GetObject',
      resource: `${LEDGER}/${path}`,
      context: inside ? insideOrganisation : { 'aws:PrincipalOrgID': 'o-another0000' },
    });

  it('are read by it, and by no other, whatever the other’s own role allows', () => {
    expect(reads(LEEDS, `receipts/${LEEDS}/0000000000000001.json`)).toBe('allowed');
    expect(reads(LEEDS, `receipts/${FIFE}/0000000000000001.json`)).toBe('implicitly denied');
    const greedy: Asked = {
      by: role(LEEDS, 'receipts'),
      action: 's3:GetObject',
      resource: `${LEDGER}/receipts/${FIFE}/0000000000000001.json`,
      context: insideOrganisation,
    };
    expect(verdict('bucket', bucket, greedy)).toBe('implicitly denied');
  });

  it.each([
    'checkpoint',
    'checkpoints/0000000000000256',
    'keys/ed25519-1.pem',
    'tile/0/x001/067',
    'timestamp/1.tsr',
  ])('are checked against what tells nothing of anybody: %s', (path) =>
    expect(reads(LEEDS, path)).toBe('allowed'),
  );

  it.each([
    'tile/entries/000',
    'claim/0000000000000000',
    'index/abc.json',
    'sealed',
    'receipts/',
    'receipts/x',
  ])('are all that it reads of others’ transfers: not %s', (path) =>
    expect(reads(LEEDS, path)).toBe('implicitly denied'),
  );

  it('are listed by it below its own account only', () => {
    const lists = (prefix: string) =>
      verdict('bucket', bucket, {
        by: role(LEEDS, 'receipts'),
        action: 's3:ListBucket',
        resource: LEDGER,
        context: { ...insideOrganisation, 's3:prefix': prefix },
      });
    expect(lists(`receipts/${LEEDS}/`)).toBe('allowed');
    for (const prefix of ['', 'receipts/', `receipts/${FIFE}/`, 'claim/'])
      expect(lists(prefix)).toBe('implicitly denied');
  });

  it('are read by no other role of the organisation', () => {
    for (const name of ['collect', 'deposit', 'grant-broker', 'receipts-2']) {
      const by = role(LEEDS, name);
      const resource = `${LEDGER}/receipts/${LEEDS}/1.json`;
      expect(
        verdict('bucket', bucket, { by, action: 's3:GetObject', resource, context: insideOrganisation }),
      ).toBe('implicitly denied');
    }
  });

  it('are read by an external organisation only where it is declared', () => {
    const path = `receipts/${EXTERNAL}/1.json`;
    expect(reads(EXTERNAL, path, bucket, false)).toBe('implicitly denied');
    expect(reads(EXTERNAL, path, ledgerBucketPolicy(zone, [EXTERNAL]), false)).toBe('allowed');
    expect(reads(EXTERNAL, `receipts/${LEEDS}/1.json`, ledgerBucketPolicy(zone, [EXTERNAL]), false)).toBe(
      'implicitly denied',
    );
  });

  it('are decrypted through S3 in the ledger’s bucket, and nowhere else', () => {
    const decrypts = (context: Record<string, string>) =>
      verdict('key', ledgerKeyPolicy(zone, []), {
        by: role(LEEDS, 'receipts'),
        own: receiptPermissions(zone, LEEDS),
        action: 'kms:Decrypt',
        resource: KEY,
        context: { ...insideOrganisation, ...context },
      });
    const right = {
      'kms:ViaService': 's3.eu-west-2.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': LEDGER,
    };
    expect(decrypts(right)).toBe('allowed');
    expect(decrypts({ ...right, 'kms:EncryptionContext:aws:s3:arn': LOGS })).toBe('implicitly denied');
    expect(decrypts({ 'kms:EncryptionContext:aws:s3:arn': LEDGER })).toBe('implicitly denied');
    expect(decrypts({ ...right, 'aws:PrincipalOrgID': 'o-another0000' })).toBe('implicitly denied');
  });
});

describe('the ledger', () => {
  const bucket = ledgerBucketPolicy(zone, [EXTERNAL]);
  const acts = (name: string, action: string, own?: object) =>
    verdict('bucket', bucket, {
      by: role(ZONE, name),
      action,
      resource: `${LEDGER}/tile/0/000`,
      context: {
        ...insideOrganisation,
        'lambda:SourceFunctionArn': `arn:aws:lambda:eu-west-2:${ZONE}:function:concordat-${name}`,
      },
      ...(own && { own }),
    });
  const sealer = sealerPermissions(zone, { ledger: KEY, staging: KEY, signing: [KEY] });

  it('is written by the sealer', () => {
    expect(acts('ledger-seal', 's3:PutObject', sealer)).toBe('allowed');
  });

  it('is written by nobody else, however much they are allowed', () => {
    for (const name of ['receipts', 'administrator', 'grant-broker'])
      expect(acts(name, 's3:PutObject')).toBe('explicitly denied');
  });

  it.each([
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:BypassGovernanceRetention',
    's3:PutObjectRetention',
    's3:PutObjectLegalHold',
    's3:UpdateObjectEncryption',
    's3:ReplicateObject',
    's3:ReplicateDelete',
  ])('suffers no %s, by anybody', (action) => {
    for (const name of ['ledger-seal', 'transfer-audit', 'administrator'])
      expect(acts(name, action)).toBe('explicitly denied');
  });

  it('is signed by the sealer alone, with Ed25519 of the checkpoint itself', () => {
    const policy = signingKeyPolicy(zone, 'ED25519_SHA_512');
    const right = { 'kms:SigningAlgorithm': 'ED25519_SHA_512', 'kms:MessageType': 'RAW' };
    const signs = (name: string, context: Record<string, string>) =>
      verdict('key', policy, { by: role(ZONE, name), action: 'kms:Sign', resource: KEY, context });
    expect(signs('ledger-seal', right)).toBe('allowed');
    expect(signs('ledger-seal', { ...right, 'kms:MessageType': 'DIGEST' })).toBe('implicitly denied');
    expect(signs('ledger-seal', { ...right, 'kms:SigningAlgorithm': 'ED25519_PH_SHA_512' })).toBe(
      'implicitly denied',
    );
    for (const name of ['transfer-audit', 'administrator'])
      expect(signs(name, right)).toBe('explicitly denied');
  });
});

describe('the log archive', () => {
  const bucket = logArchivePolicy(zone);
  const path = `${LOGS}/AWSLogs/${zone.awsOrganizationId}/${LEEDS}/CloudTrail/eu-west-2/2027/04/01/x.json.gz`;
  const right = { 'aws:SourceArn': TRAIL, 's3:x-amz-acl': 'bucket-owner-full-control' };
  const writes = (context: Record<string, string>, resource = path) =>
    verdict('bucket', bucket, { by: cloudTrail, action: 's3:PutObject', resource, context });

  it('is written by the organisation’s trail', () => {
    expect(writes(right)).toBe('allowed');
    expect(writes(right, path.replace(`${zone.awsOrganizationId}/${LEEDS}`, zone.accounts.management))).toBe(
      'allowed',
    );
  });

  it('is written for no other trail, to no other place, and with no other owner', () => {
    expect(writes({ ...right, 'aws:SourceArn': TRAIL.replace('concordat-trail', 'another') })).toBe(
      'implicitly denied',
    );
    expect(writes(right, `${LOGS}/elsewhere/x.json.gz`)).toBe('implicitly denied');
    expect(writes({ 'aws:SourceArn': TRAIL })).toBe('implicitly denied');
  });

  it('takes no replicas from other buckets, by anybody', () => {
    for (const action of ['s3:ReplicateObject', 's3:ReplicateDelete'])
      expect(verdict('bucket', bucket, { by: role(ZONE, 'administrator'), action, resource: path })).toBe(
        'explicitly denied',
      );
  });

  it('is written by no role of the zone, so that nobody can make the audit believe what CloudTrail did not record', () => {
    for (const name of ['transfer-audit', 'ledger-seal', 'administrator'])
      expect(
        verdict('bucket', bucket, { by: role(ZONE, name), action: 's3:PutObject', resource: path }),
      ).toBe('explicitly denied');
  });

  it('is read and decrypted by the transfer audit', () => {
    const own = auditPermissions(zone, { trail: KEY, ledger: KEY, staging: KEY });
    const by = role(ZONE, 'transfer-audit');
    const itself = {
      'lambda:SourceFunctionArn': `arn:aws:lambda:eu-west-2:${ZONE}:function:concordat-transfer-audit`,
    };
    expect(
      verdict('bucket', bucket, { by, own, action: 's3:GetObject', resource: path, context: itself }),
    ).toBe('allowed');
    expect(verdict('bucket', bucket, { by, own, action: 's3:GetObject', resource: path })).toBe(
      'implicitly denied',
    );
    const decrypts = (who: Asked['by']) =>
      verdict('key', trailKeyPolicy(zone), {
        by: who,
        action: 'kms:Decrypt',
        resource: KEY,
        context: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' },
      });
    expect(decrypts(by)).toBe('allowed');
    for (const name of ['ledger-seal', 'administrator'])
      expect(decrypts(role(ZONE, name))).toBe('implicitly denied');
  });

  it('tells the queue, and nobody else does', () => {
    const queue = `arn:aws:sqs:eu-west-2:${ZONE}:concordat-log-files`;
    const sends = (context: Record<string, string>) =>
      verdict('queue', logFilesQueuePolicy(zone), {
        by: { type: 'service', service: 's3.amazonaws.com' },
        action: 'sqs:SendMessage',
        resource: queue,
        context: { 'aws:SecureTransport': 'true', ...context },
      });
    expect(sends({ 'aws:SourceAccount': ZONE, 'aws:SourceArn': LOGS })).toBe('allowed');
    expect(sends({ 'aws:SourceAccount': ZONE, 'aws:SourceArn': LEDGER })).toBe('implicitly denied');
    expect(sends({ 'aws:SourceAccount': LEEDS, 'aws:SourceArn': LOGS })).toBe('implicitly denied');
  });
});

it.each([
  ['compliance', 'P7Y', { mode: 'COMPLIANCE', years: 7 }],
  ['governance', 'P1D', { mode: 'GOVERNANCE', days: 1 }],
  ['compliance', 'P18M', { mode: 'COMPLIANCE', days: 558 }],
  ['compliance', 'P1Y2W', { mode: 'COMPLIANCE', days: 380 }],
] as const)('keeps in %s mode for %s', (mode, period, lock) => {
  expect(lockOf({ mode, period })).toEqual(lock);
});

describe('the tables that the ledger is made from', () => {
  const TABLES = ['staging', 'transfers'] as const;
  const WRITES = [
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'BatchWriteItem',
    'PartiQLInsert',
    'PartiQLUpdate',
    'PartiQLDelete',
  ] as const;
  const CHANGES = [
    'DeleteTable',
    'UpdateTable',
    'UpdateTimeToLive',
    'UpdateContinuousBackups',
    'RestoreTableToPointInTime',
    'PutResourcePolicy',
    'DeleteResourcePolicy',
  ] as const;
  const LOOKS = ['GetItem', 'Query', 'Scan', 'DescribeTable', 'GetResourcePolicy'] as const;
  const arn = (name: string) => `arn:aws:iam::${ZONE}:role/${name}`;
  const PEOPLE: readonly (readonly [string, Asked['by']])[] = [
    ['an administrator of the operator', { type: 'role', arn: arn('administrator'), session: 's' }],
    ['a user of the operator', { type: 'user', arn: `arn:aws:iam::${ZONE}:user/admin` }],
    ['a role whose name begins like the audit’s', role(ZONE, 'transfer-audit-2')],
    [
      'a role of the audit’s name and another path',
      { type: 'role', arn: arn('concordat-transfer-audit'), session: 's' },
    ],
    ['the audit’s role of another account', role(LEEDS, 'transfer-audit')],
  ];
  const AUDIT = role(ZONE, 'transfer-audit');
  const SEALER = role(ZONE, 'ledger-seal');
  const DEPLOYMENT = {
    type: 'role',
    arn: bootstrapRoleArn('cfn-exec', ZONE, zone),
    session: 'AWSCloudFormation',
  } as const;
  const asks = (which: (typeof TABLES)[number], by: Asked['by'], action: string) =>
    verdict('resource', tablePolicy(zone, which), {
      by,
      action: `dynamodb:${action}`,
      resource: `arn:aws:dynamodb:eu-west-2:${ZONE}:table/concordat-${which}`,
    });

  it.each(PEOPLE)('are neither written to nor changed by %s', (_, by) => {
    for (const which of TABLES)
      for (const action of [...WRITES, ...CHANGES]) expect(asks(which, by, action)).toBe('explicitly denied');
  });

  it('are changed by their deployment, which can always set another policy, and writes no item', () => {
    for (const which of TABLES) {
      for (const action of CHANGES) expect(asks(which, DEPLOYMENT, action)).toBe('allowed');
      for (const action of WRITES) expect(asks(which, DEPLOYMENT, action)).toBe('explicitly denied');
    }
  });

  it.each([
    ['staging', AUDIT, ['PutItem']],
    ['staging', SEALER, ['UpdateItem']],
    ['transfers', AUDIT, ['PutItem', 'UpdateItem']],
    ['transfers', SEALER, []],
  ] as const)('%s is written to by %o in these ways alone: %o', (which, by, written) => {
    const allowed = [...WRITES, ...CHANGES].filter((action) => asks(which, by, action) === 'allowed');
    expect(allowed).toEqual(written);
  });

  it('can be looked at and read by people of the operator', () => {
    for (const which of TABLES)
      for (const action of LOOKS) expect(asks(which, PEOPLE[0]?.[1] ?? AUDIT, action)).toBe('allowed');
  });

  it('let each function do all that its own permissions ask of them', () => {
    const permissions = {
      [TABLES[0]]: [
        [AUDIT, auditPermissions(zone, { trail: KEY, ledger: KEY, staging: KEY })],
        [SEALER, sealerPermissions(zone, { ledger: KEY, staging: KEY, signing: [KEY] })],
      ],
      [TABLES[1]]: [[AUDIT, auditPermissions(zone, { trail: KEY, ledger: KEY, staging: KEY })]],
    } as const;
    for (const which of TABLES)
      for (const [by, { Statement }] of permissions[which])
        for (const { Action = [], Resource = [] } of Statement)
          for (const action of Action.filter((each) => each.startsWith('dynamodb:')))
            if (JSON.stringify(Resource).includes(`concordat-${which}"`))
              expect(asks(which, by, action.slice('dynamodb:'.length))).toBe('allowed');
  });
});
