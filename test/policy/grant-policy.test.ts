/** That the grant broker can make the one shape of grant that there may be, that nobody else can, and that it can do no more. */
import fc from 'fast-check';
import { bucketArn } from '../../lib/names/names';
import { GRANT_OPERATIONS, keyPolicy } from '../../lib/policy/key-policy';
import type { Custody } from '../../lib/register/schema/organisation';
import { accountId } from '../../lib/register/schema/scalars';
import { decide, type Policy } from './decision';
import { registerOf } from './sample-register';

const { zone } = registerOf();
const account = accountId.parse('123456789012');
const administrator = `arn:aws:iam::${account}:role/security/key-administrator`;
const administrators = [administrator] as unknown as Custody['administrators'];
const made = (kind: Custody['kind'] = 'account') =>
  keyPolicy({ zone, account, custody: { kind, administrators }, externalRecipients: [] }) as Policy;
const broker = `arn:aws:iam::${account}:role/concordat/concordat-grant-broker`;

type Context = Readonly<Record<string, string | readonly string[] | undefined>>;
const RIGHT: Context = {
  'aws:PrincipalArn': broker,
  'aws:PrincipalOrgID': zone.awsOrganizationId,
  'kms:GrantConstraintType': 'EncryptionContextEquals',
  'kms:EncryptionContext:aws:s3:arn': bucketArn(zone, account),
  'kms:EncryptionContextKeys': ['aws:s3:arn'],
  'kms:GrantOperations': GRANT_OPERATIONS,
  'kms:RetiringPrincipal': broker,
  'kms:GranteePrincipal': 'arn:aws:iam::210987654321:role/concordat/concordat-collect',
};
const asked = (action: string, context: Context, kind?: Custody['kind']) =>
  decide(made(kind), {
    action,
    resource: '*',
    account,
    context: Object.fromEntries(
      Object.entries(context).filter(
        (entry): entry is [string, string | readonly string[]] => entry[1] !== undefined,
      ),
    ),
  });
const grants = (changes: Context = {}) => asked('kms:CreateGrant', { ...RIGHT, ...changes });

it('lets the broker grant reading in its own bucket to a collect role', () => {
  expect(grants()).toBe('allow');
});

it.each(Object.keys(RIGHT).filter((key) => key !== 'aws:PrincipalOrgID'))(
  'allows no grant for which KMS does not say its %s',
  (key) => expect(grants({ [key]: undefined })).toBe('none'),
);

it.each<[string, Context]>([
  ['by another role of the project', { 'aws:PrincipalArn': broker.replace('grant-broker', 'deposit') }],
  ['by an administrator', { 'aws:PrincipalArn': administrator }],
  ['by a broker of another path', { 'aws:PrincipalArn': broker.replace('/concordat/', '/') }],
  ['of encryption', { 'kms:GrantOperations': ['Decrypt', 'DescribeKey', 'Encrypt'] }],
  ['of granting on', { 'kms:GrantOperations': ['CreateGrant'] }],
  ['of nothing that it names', { 'kms:GrantOperations': ['RetireGrant'] }],
  ['in a subset of an encryption context', { 'kms:GrantConstraintType': 'EncryptionContextSubset' }],
  ['in another bucket', { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::another' }],
  ['in one object', { 'kms:EncryptionContext:aws:s3:arn': `${bucketArn(zone, account)}/agreements/x` }],
  ['with more context', { 'kms:EncryptionContextKeys': ['aws:s3:arn', 'project'] }],
  ['that somebody else can retire', { 'kms:RetiringPrincipal': administrator }],
  [
    'to another role',
    { 'kms:GranteePrincipal': 'arn:aws:iam::210987654321:role/concordat/concordat-deposit' },
  ],
  [
    'to a role of another path',
    { 'kms:GranteePrincipal': 'arn:aws:iam::210987654321:role/concordat-collect' },
  ],
  [
    'to a role whose name goes on',
    { 'kms:GranteePrincipal': 'arn:aws:iam::210987654321:role/concordat/concordat-collect-2' },
  ],
  ['to a user', { 'kms:GranteePrincipal': 'arn:aws:iam::210987654321:user/concordat/concordat-collect' }],
  ['to an account', { 'kms:GranteePrincipal': 'arn:aws:iam::210987654321:root' }],
])('allows no grant %s', (_what, changes) => expect(grants(changes)).toBe('none'));

it('allows a grant of any subset of its operations, and of none beside them', () => {
  const operations = [
    'Decrypt',
    'DescribeKey',
    'Encrypt',
    'GenerateDataKey',
    'ReEncryptFrom',
    'CreateGrant',
    'Sign',
  ];
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...operations), { minLength: 1 }), (asking) => {
      const within = asking.every((each) => (GRANT_OPERATIONS as readonly string[]).includes(each));
      expect(grants({ 'kms:GrantOperations': asking })).toBe(within ? 'allow' : 'none');
    }),
  );
});

it('lets the broker see and end grants, and neither use, administer nor end the key', () => {
  const may = (action: string) =>
    asked(action, { 'aws:PrincipalArn': broker, 'aws:PrincipalOrgID': zone.awsOrganizationId });
  for (const action of ['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant'])
    expect(may(action)).toBe('allow');
  for (const action of ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'])
    expect(may(action)).toBe('deny');
  for (const action of [
    'kms:DisableKey',
    'kms:ScheduleKeyDeletion',
    'kms:RetireGrant',
    'kms:ReplicateKey',
    'kms:ImportKeyMaterial',
  ])
    expect(may(action)).toBe('none');
});

describe('imported material', () => {
  const by = { 'aws:PrincipalArn': administrator, 'aws:PrincipalOrgID': zone.awsOrganizationId };
  const expiring = { ...by, 'kms:ExpirationModel': 'KEY_MATERIAL_EXPIRES' };

  it('is brought by the administrators, with an end, and is theirs to take away', () => {
    expect(asked('kms:GetParametersForImport', by, 'imported')).toBe('allow');
    expect(asked('kms:ImportKeyMaterial', expiring, 'imported')).toBe('allow');
    expect(asked('kms:DeleteImportedKeyMaterial', by, 'imported')).toBe('allow');
  });

  it('cannot be brought without an end, nor by anybody else', () => {
    expect(asked('kms:ImportKeyMaterial', by, 'imported')).toBe('none');
    expect(
      asked(
        'kms:ImportKeyMaterial',
        { ...by, 'kms:ExpirationModel': 'KEY_MATERIAL_DOES_NOT_EXPIRE' },
        'imported',
      ),
    ).toBe('none');
    for (const action of [
      'kms:ImportKeyMaterial',
      'kms:GetParametersForImport',
      'kms:DeleteImportedKeyMaterial',
    ])
      expect(asked(action, { ...expiring, 'aws:PrincipalArn': broker }, 'imported')).toBe('none');
  });

  it('is of no concern to a key that KMS makes', () => {
    for (const action of [
      'kms:ImportKeyMaterial',
      'kms:GetParametersForImport',
      'kms:DeleteImportedKeyMaterial',
    ])
      expect(asked(action, expiring, 'account')).toBe('none');
  });
});
