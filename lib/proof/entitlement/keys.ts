/** Who is entitled to what on a key of shared data, and who may take on which role. */

import type { OrganisationFacts, RegisterFacts } from '../../assembly';
import type { CustodyKind } from '../../wire';
import { ON_KEYS } from '../actions';
import type { Basis, Entitlement, Question } from '../question';
import { byRole } from '../roles';
import type { ImpliedShare } from '../shares';
import type { Value } from '../values';
import { bySignIn } from './signed-in';

const VIA = 'kms:viaservice';
const BUCKET = 'kms:encryptioncontext:aws:s3:arn';
const PAIRS = 'kms:encryptioncontextkeys';
const FURTHER = 'kms:encryptioncontext:concordat-fresh';
const ONE_PAIR = ['aws:s3:arn'];
const TIME = 'aws:currenttime';
const FUNCTION = 'lambda:sourcefunctionarn';

/** With the key, through S3, in the one bucket and with no encryption context beside it, since no recipient’s grant has one. */
const USERS = byRole<readonly string[]>({
  deposit: ['kms:Decrypt', 'kms:GenerateDataKey'],
  'malware-scan': ['kms:Decrypt', 'kms:GenerateDataKey'],
  // It reads deposits, and writes reports beside them.
  'release-gate': ['kms:Decrypt', 'kms:GenerateDataKey'],
  'gate-machine': [],
  // By grants on the keys of others, and not on its own.
  collect: [],
  receipts: [],
  // They call the broker, or take on the role that does.
  stop: [],
  lift: [],
  'stop-all': [],
  // It makes grants, and uses none.
  'grant-broker': [],
  'transfer-audit': [],
  'ledger-seal': [],
  'page-release': [],
  notices: [],
});
const BROKER = 'concordat/concordat-grant-broker';
const LOOKS = Object.keys(ON_KEYS).filter(
  (each) => ON_KEYS[each] === 'look' && !['kms:GetPublicKey', 'kms:Verify', 'kms:VerifyMac'].includes(each),
);
const BY_ACCOUNT = new Set([
  ...LOOKS,
  'kms:DisableKeyRotation',
  'kms:EnableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
]);
const BY_ADMINISTRATORS = new Set([
  ...LOOKS,
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:UpdateAlias',
]);
/** Whether administrators import the material of a key, by its custody. */
const IMPORTS: Readonly<Record<CustodyKind, boolean>> = {
  account: false,
  imported: true,
  cloudhsm: false,
  external: false,
};
const BY_IMPORTERS = new Set(['kms:DeleteImportedKeyMaterial', 'kms:GetParametersForImport']);

/** What a recipient is entitled to on the owner’s key, by all its shares together. */
export function byGrants(
  { action, target }: Question,
  shares: readonly ImpliedShare[],
  region: string,
): Entitlement | undefined {
  if (action !== 'kms:Decrypt' && action !== 'kms:DescribeKey') return undefined;
  const s3 = `s3.${region}.amazonaws.com`;
  const times = shares.flatMap(({ from, until }) => [from, second(from), second(until), until]);
  return {
    alike: `${action} ${shares.map(({ name }) => name).join()}`,
    by: { kind: 'agreements', ids: shares.map(({ agreement }) => agreement) },
    objects: [],
    values: new Map<string, readonly Value[]>([
      [TIME, times],
      ...(action === 'kms:Decrypt'
        ? ([
            [VIA, [s3, `lambda.${region}.amazonaws.com`]],
            [BUCKET, [target.bucket, `${target.bucket}-of-another`, `${target.bucket}/object`]],
            [FURTHER, ['concordat-fresh']],
          ] as const)
        : []),
    ]),
    holds: (read) => {
      const time = String(read(TIME));
      if (!shares.some(({ from, until }) => from <= time && time < until)) return false;
      if (action === 'kms:DescribeKey') return true;
      return read(VIA) === s3 && read(BUCKET) === target.bucket && read(FURTHER) === undefined;
    },
  };
}

/** What those of the owner’s own account are entitled to on its key. */
export function byKeeping(
  { asker, action, target }: Question,
  owner: OrganisationFacts,
  isActive: boolean,
  region: string,
): Entitlement | undefined {
  const { role, permissions } = asker;
  const isMade = permissions === 'as made';
  const s3 = `s3.${region}.amazonaws.com`;
  if (USERS.get(role)?.includes(action) && (isActive || !isMade || role !== 'concordat/concordat-deposit'))
    return {
      alike: `${role} ${action}`,
      by: { kind: 'purpose', of: 'role', role },
      objects: [],
      values: new Map<string, readonly Value[]>([
        [VIA, [s3, `lambda.${region}.amazonaws.com`]],
        [BUCKET, [target.bucket, `${target.bucket}-of-another`]],
        [PAIRS, [ONE_PAIR]],
      ]),
      holds: (read) => read(VIA) === s3 && read(BUCKET) === target.bucket && isWithin(read(PAIRS), ONE_PAIR),
    };
  if (role === BROKER)
    return isMade ? ofBroker(action, target.account, target.bucket ?? '', region) : undefined;
  if (isMade) return undefined;
  const isAdministrator =
    owner.custody?.administrators.some((each) => each.endsWith(`:role/${role}`)) === true;
  const imports = isAdministrator && owner.custody !== undefined && IMPORTS[owner.custody.kind];
  if (isAdministrator && action === 'kms:ScheduleKeyDeletion')
    return when(
      'kms:schedulekeydeletionpendingwindowindays',
      ['30', '29', '7'],
      (days) => Number(days) >= 30,
    );
  if (imports && action === 'kms:ImportKeyMaterial')
    return when(
      'kms:expirationmodel',
      ['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE'],
      (model) => model === 'KEY_MATERIAL_EXPIRES',
    );
  const may =
    BY_ACCOUNT.has(action) ||
    (isAdministrator && BY_ADMINISTRATORS.has(action)) ||
    (imports && BY_IMPORTERS.has(action));
  return may ? always({ kind: 'own account', holds: 'key' }) : undefined;
}

function ofBroker(action: string, account: string, bucket: string, region: string): Entitlement | undefined {
  const own = `arn:aws:lambda:${region}:${account}:function:concordat-grant-broker`;
  const self = `arn:aws:iam::${account}:role/${BROKER}`;
  if (['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant'].includes(action))
    return when(FUNCTION, [own, `${own}-of-another`], (from) => from === own);
  if (action !== 'kms:CreateGrant') return undefined;
  const operations = ['Decrypt', 'DescribeKey'];
  const collect = /^arn:aws:iam::.*:role\/concordat\/concordat-collect$/;
  return {
    alike: 'broker',
    by: { kind: 'purpose', of: 'grant broker' },
    objects: [],
    values: new Map<string, readonly Value[]>([
      [FUNCTION, [own, `${own}-of-another`]],
      [BUCKET, [bucket, `${bucket}-of-another`]],
      ['kms:grantconstrainttype', ['EncryptionContextEquals', 'EncryptionContextSubset']],
      [PAIRS, ['aws:s3:arn']],
      ['kms:grantoperations', [operations, 'Encrypt', 'CreateGrant']],
      [
        'kms:granteeprincipal',
        [
          'arn:aws:iam::123123123123:role/concordat/concordat-collect',
          'arn:aws:iam::123123123123:role/other',
        ],
      ],
      ['kms:retiringprincipal', [self, 'arn:aws:iam::123123123123:role/other']],
    ]),
    holds: (read) =>
      read(FUNCTION) === own &&
      read(BUCKET) === bucket &&
      read('kms:grantconstrainttype') === 'EncryptionContextEquals' &&
      isWithin(read(PAIRS), ONE_PAIR) &&
      isWithin(read('kms:grantoperations'), operations) &&
      collect.test(String(read('kms:granteeprincipal'))) &&
      read('kms:retiringprincipal') === self,
  };
}

const STOPS = 'concordat/concordat-stop';
/** The operator’s role that takes on the one before. */
export const STOPS_FOR_ALL = 'concordat/concordat-stop-all';

/** Who may take on a role: those whom the register names, or a service. */
type Trusted =
  | 'nobody'
  | 'malware-plans'
  | 'Lambda'
  | 'the state machine of the gate'
  | 'those who stop for all'
  | 'those who release the page'
  | ((owner: OrganisationFacts) => readonly string[]);

const TRUSTED = byRole<Trusted>({
  deposit: ({ mayDeposit = [] }) => mayDeposit,
  collect: ({ mayCollect }) => mayCollect,
  receipts: ({ mayDeposit = [], mayCollect }) => [...mayDeposit, ...mayCollect],
  'malware-scan': 'malware-plans',
  'release-gate': 'Lambda',
  'gate-machine': 'the state machine of the gate',
  stop: ({ mayStop = [] }) => mayStop,
  lift: ({ mayLift = [] }) => mayLift,
  'stop-all': 'those who stop for all',
  'grant-broker': 'Lambda',
  'transfer-audit': 'Lambda',
  'ledger-seal': 'Lambda',
  'page-release': 'those who release the page',
  notices: 'Lambda',
});

/** Who may take on a role that a template makes. */
export function byTrust(
  question: Question,
  owner: OrganisationFacts | undefined,
  { region, accounts, mayStopAll = [], mailbox }: RegisterFacts['zone'],
): Entitlement | undefined {
  const { asker, action, target } = question;
  if (asker.caller.type === 'federated') return bySignIn(question, owner);
  if (action !== 'sts:AssumeRole') return undefined;
  const { caller } = asker;
  // The operator stops in every owner’s account, where it has a role for that; nowhere does it lift.
  if (
    owner !== undefined &&
    mayStopAll.length > 0 &&
    caller.type === 'role' &&
    caller.name === `arn:aws:iam::${accounts.zone}:role/${STOPS_FOR_ALL}` &&
    target.arn.endsWith(`:role/${STOPS}`)
  )
    return always({ kind: 'register' });
  const trusted = TRUSTED.get(target.arn.slice(target.arn.indexOf(':role/') + ':role/'.length)) ?? 'nobody';
  const account = 'aws:sourceaccount';
  const own = [target.account, '123123123123'];
  if (typeof trusted === 'function')
    return owner && trusted(owner).includes(caller.name) && caller.type === 'role'
      ? always({ kind: 'register' })
      : undefined;
  if (trusted === 'those who stop for all' || trusted === 'those who release the page') {
    const operators = trusted === 'those who stop for all' ? mayStopAll : (mailbox?.served?.mayRelease ?? []);
    return target.account === accounts.zone && caller.type === 'role' && operators.includes(caller.name)
      ? always({ kind: 'register' })
      : undefined;
  }
  if (caller.type !== 'service') return undefined;
  switch (trusted) {
    case 'nobody':
      return undefined;
    case 'Lambda':
      return caller.name === 'lambda.amazonaws.com'
        ? when(account, own, (of) => of === target.account)
        : undefined;
    case 'the state machine of the gate': {
      if (caller.name !== 'states.amazonaws.com') return undefined;
      const machine = `arn:aws:states:${region}:${target.account}:stateMachine:concordat-release-gate`;
      return {
        alike: 'machine',
        by: { kind: 'purpose', of: 'role' },
        objects: [],
        values: new Map([
          [account, own],
          ['aws:sourcearn', [machine, `${machine}-of-another`]],
        ]),
        holds: (read) => read(account) === target.account && read('aws:sourcearn') === machine,
      };
    }
    case 'malware-plans': {
      if (caller.name !== 'malware-protection-plan.guardduty.amazonaws.com') return undefined;
      const source = 'aws:sourcearn';
      const plans = `arn:aws:guardduty:${region}:${target.account}:malware-protection-plan/`;
      const elsewhere = `arn:aws:guardduty:${region}:123123123123:malware-protection-plan/a`;
      return {
        alike: 'plans',
        by: { kind: 'purpose', of: 'role' },
        objects: [],
        values: new Map([
          [account, own],
          [source, [`${plans}a`, elsewhere]],
        ]),
        // Whether GuardDuty says for whom it asks is not documented; where it does, it is for this account.
        holds: (read) =>
          (read(account) === undefined || read(account) === target.account) &&
          (read(source) === undefined || String(read(source)).startsWith(plans)),
      };
    }
  }
}

function when(key: string, values: readonly Value[], test: (value: Value) => boolean): Entitlement {
  return {
    alike: key,
    by: { kind: 'purpose', of: 'role' },
    objects: [],
    values: new Map([[key, values]]),
    holds: (read) => test(read(key)),
  };
}

function always(by: Basis): Entitlement {
  return { by, alike: 'always', objects: [], values: new Map(), holds: () => true };
}

function isWithin(value: Value, wanted: readonly string[]): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((each) => wanted.includes(each as string));
}

function second(instant: string): string {
  return `${new Date(Date.parse(instant) - 1000).toISOString().slice(0, 19)}Z`;
}
