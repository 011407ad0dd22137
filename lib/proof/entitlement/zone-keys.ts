/** Who is entitled to what on the operator’s own keys, by what each is for. */
import type { RegisterFacts } from '../../assembly';
import type { ZoneKeyPurpose } from '../../names';
import { operatorTellsBy } from '../inboxes';
import type { Basis, Entitlement, Question } from '../question';
import { begins, entitled, is, type KeyTest } from './conditions';
import {
  AUDIT,
  deployerOf,
  distributionOf,
  fromFunctionOf,
  NOTIFIER,
  RELEASE,
  SEALER,
  trailOf,
  zoneBucket,
} from './zone-names';

const VIA = 'kms:viaservice';
const CONTEXT = 'kms:encryptioncontext:';
const OWN: Basis = { kind: 'own account', holds: 'key' };
const BY_TRAIL: Basis = { kind: 'purpose', of: 'trail' };
const BY_TABLES: Basis = { kind: 'own account', holds: 'tables' };
const KEEP = new Set([
  'kms:DescribeKey',
  'kms:DisableKeyRotation',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
]);
const KEEP_ALERTS = new Set([
  'kms:CancelKeyDeletion',
  'kms:DescribeKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
]);
const BROKER = 'concordat/concordat-grant-broker';
const GATE = 'concordat/concordat-release-gate';
const NAME = new Set(['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias']);
const USE = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
/** How each key of signatures signs. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  ECC_NIST_EDWARDS25519: 'ED25519_SHA_512',
  ML_DSA_44: 'ML_DSA_SHAKE_256',
};

type OnKey = (question: Question, register: RegisterFacts, hasReceipts: boolean) => Entitlement | undefined;

/** What those are entitled to on each key who do not just keep it. A purpose that is forgotten does not compile. */
const ON: Readonly<Record<ZoneKeyPurpose, OnKey>> = {
  'alerts-and-logs': (question, register) =>
    toldThroughSns(question, register) ??
    (question.asker.permissions === 'as made' ? undefined : onAlerts(question, register, isOwn(question))),
  'log-files': (question, register) => {
    const { asker, action } = question;
    if (!isOwn(question)) return onLogs(question, register);
    return asker.permissions !== 'as made' && NAME.has(action) && asker.role === deployerOf(register)
      ? entitled(OWN)
      : byFunction(question, register, { [AUDIT]: ['kms:Decrypt'] });
  },
  ledger: (question, register, hasReceipts) => {
    const both = ['kms:Decrypt', 'kms:GenerateDataKey'];
    if (hasReceipts && question.action === 'kms:Decrypt')
      return entitled({ kind: 'receipts', heads: false }, [
        through('s3', register),
        is(`${CONTEXT}aws:s3:arn`, zoneBucket(register, 'ledger')),
      ]);
    return isOwn(question) ? byFunction(question, register, { [AUDIT]: both, [SEALER]: both }) : undefined;
  },
  'staged-entries': (question, register) => (isOwn(question) ? onTables(question, register) : undefined),
  'ledger-signature': (question, register) =>
    isOwn(question) ? onSignatures(question, register) : undefined,
  'mailbox-page': (question, register) => {
    const { asker, action } = question;
    if (isOwn(question)) return byFunction(question, register, { [RELEASE]: ['kms:GenerateDataKey'] });
    return asker.caller.name === 'cloudfront.amazonaws.com' && action === 'kms:Decrypt'
      ? entitled({ kind: 'purpose', of: 'service' }, [is('aws:sourcearn', distributionOf(register))])
      : undefined;
  },
};
const BY_PURPOSE: ReadonlyMap<string, OnKey> = new Map(Object.entries(ON));

/** What the asker is entitled to on a key. @param hasReceipts whether it may read receipts */
export function onKey(
  question: Question,
  register: RegisterFacts,
  hasReceipts: boolean,
): Entitlement | undefined {
  const { asker, action, target } = question;
  const isKeeper = isOwn(question) && asker.permissions !== 'as made' && KEEP.has(action);
  if (isKeeper && target.purpose !== 'alerts-and-logs') return entitled(OWN);
  return BY_PURPOSE.get(target.purpose ?? '')?.(question, register, hasReceipts);
}

function isOwn({ asker, target }: Question): boolean {
  return asker.caller.account === target.account;
}

function through(service: string, { zone }: RegisterFacts): KeyTest {
  return is(VIA, `${service}.${zone.region}.amazonaws.com`);
}

function byFunction(
  { asker, action }: Question,
  register: RegisterFacts,
  actions: Readonly<Record<string, readonly string[]>>,
): Entitlement | undefined {
  if (asker.permissions !== 'as made' || !actions[asker.role]?.includes(action)) return undefined;
  return entitled({ kind: 'purpose', of: 'role', role: asker.role }, [through('s3', register)]);
}

function onLogs({ asker, action }: Question, register: RegisterFacts): Entitlement | undefined {
  if (asker.caller.name !== 'cloudtrail.amazonaws.com') return undefined;
  const byTrail = is('aws:sourcearn', trailOf(register));
  if (action === 'kms:DescribeKey') return entitled(BY_TRAIL, [byTrail]);
  const { management } = register.zone.accounts;
  const trails = new RegExp(`^arn:aws:cloudtrail:.*:${management}:trail/`, 's');
  const ofTrails: KeyTest = {
    key: `${CONTEXT}aws:cloudtrail:arn`,
    values: [trailOf(register), trailOf(register).replace(management, '123123123123')],
    holds: (value) => trails.test(String(value)),
  };
  return action === 'kms:GenerateDataKey' ? entitled(BY_TRAIL, [byTrail, ofTrails]) : undefined;
}

function onTables({ asker, action }: Question, register: RegisterFacts): Entitlement | undefined {
  const byDynamoDb = through('dynamodb', register);
  if (asker.permissions === 'as made')
    return [AUDIT, SEALER, NOTIFIER].includes(asker.role) &&
      ['kms:Decrypt', 'kms:DescribeKey'].includes(action)
      ? entitled({ kind: 'purpose', of: 'role', role: asker.role }, [byDynamoDb])
      : undefined;
  if (USE.includes(action)) return entitled(BY_TABLES, [byDynamoDb]);
  return action === 'kms:CreateGrant'
    ? entitled(BY_TABLES, [byDynamoDb, isTrue('kms:grantisforawsresource')])
    : undefined;
}

function onSignatures({ asker, action, target }: Question, register: RegisterFacts): Entitlement | undefined {
  if (asker.permissions !== 'as made') return action === 'kms:GetPublicKey' ? entitled(OWN) : undefined;
  if (asker.role !== SEALER) return undefined;
  const whens = [fromFunctionOf(register, SEALER)];
  const by: Basis = { kind: 'purpose', of: 'role', role: SEALER };
  if (action === 'kms:GetPublicKey') return entitled(by, whens);
  if (action !== 'kms:Sign') return undefined;
  const algorithm = ALGORITHMS[target.spec ?? ''];
  if (algorithm === undefined) return undefined;
  return entitled(by, [...whens, is('kms:messagetype', 'RAW'), is('kms:signingalgorithm', algorithm)]);
}

/** The key of alerts and logs, of the operator or of a member: each has one, for its own alarms and functions. */
function onAlerts({ asker, action, target }: Question, register: RegisterFacts, isOwn: boolean) {
  const { region, accounts } = register.zone;
  const { account } = target;
  const ofZone = [AUDIT, SEALER, ...(operatorTellsBy(register) === undefined ? [] : [NOTIFIER])];
  const functions = account === accounts.zone ? ofZone : [BROKER, GATE];
  const logs = `logs.${region}.amazonaws.com`;
  if (isOwn) {
    if (KEEP_ALERTS.has(action)) return entitled(OWN);
    // CloudFormation takes back what it made for a stack that failed.
    if (action === 'kms:ScheduleKeyDeletion')
      return asker.role === deployerOf(register, account) ? entitled(OWN) : undefined;
    return action === 'kms:Decrypt'
      ? entitled({ kind: 'own account', holds: 'logs' }, [is(VIA, logs)])
      : undefined;
  }
  const by: Basis = { kind: 'purpose', of: 'service' };
  const { name } = asker.caller;
  if (name === 'cloudwatch.amazonaws.com' && ['kms:Decrypt', 'kms:GenerateDataKey'].includes(action))
    return entitled(by, [
      is('aws:sourceaccount', account),
      begins('aws:sourcearn', `arn:aws:cloudwatch:${region}:${account}:alarm:concordat-`),
    ]);
  if (name !== logs || !USE.includes(action)) return undefined;
  const [first = '', ...more] = functions.map(
    (role) => `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${role.slice(role.indexOf('/') + 1)}`,
  );
  return entitled(by, [is(`${CONTEXT}aws:logs:arn`, first, ...more)]);
}

/**
 * Topics are encrypted with the key of alerts. By that of a member the gate tells its owner of reports, and teams of messages; by that of
 * the operator the notifier tells teams, where it does so by topics.
 */
function toldThroughSns(question: Question, register: RegisterFacts): Entitlement | undefined {
  const { asker, action, target } = question;
  const { region, accounts } = register.zone;
  if (!isOwn(question)) return undefined;
  const isTeller =
    target.account === accounts.zone
      ? asker.role === NOTIFIER && operatorTellsBy(register) === 'topics'
      : asker.role === GATE;
  if (!isTeller || (action !== 'kms:Decrypt' && action !== 'kms:GenerateDataKey')) return undefined;
  // Whatever more its account gave it, it could also read what CloudWatch Logs reads for anybody there.
  const logs =
    asker.permissions === 'at most' && action === 'kms:Decrypt' ? [`logs.${region}.amazonaws.com`] : [];
  return entitled({ kind: 'purpose', of: 'role', role: asker.role }, [
    is(VIA, `sns.${region}.amazonaws.com`, ...logs),
  ]);
}

function isTrue(key: string): KeyTest {
  return { key, values: ['true', 'false'], holds: (value) => value === 'true' };
}
