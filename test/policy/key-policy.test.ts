/** That an organisation’s key is used by the named roles, through S3, for its own bucket, and by nobody else. */
import fc from 'fast-check';
import { bucketArn, s3Service } from '../../lib/names/names';
import { CRYPTOGRAPHIC_ACTIONS, keyPolicy } from '../../lib/policy/key-policy';
import { accountId } from '../../lib/register/schema/scalars';
import { anyAccount } from './arbitraries';
import { decide, type Policy, type Request } from './decision';
import { registerOf } from './sample-register';

const { zone } = registerOf();
const account = accountId.parse('123456789012');
const external = accountId.parse('900000000061');
const administrator = `arn:aws:iam::${account}:role/security/key-administrator`;
const made = (externalRecipients: readonly (typeof account)[] = [], administrators = [administrator]) =>
  keyPolicy({ zone, account, custody: { kind: 'account', administrators }, externalRecipients }) as Policy;
const policy = made();

const role = (name: string) => `arn:aws:iam::${account}:role/concordat/concordat-${name}`;
const request = (action: string, principal: string, context: Request['context'] = {}): Request => ({
  action,
  resource: '*',
  account,
  context: {
    'aws:PrincipalArn': principal,
    'aws:PrincipalAccount': account,
    'aws:PrincipalOrgID': zone.awsOrganizationId,
    'kms:ViaService': s3Service(zone),
    'kms:EncryptionContext:aws:s3:arn': bucketArn(zone, account),
    'kms:EncryptionContextKeys': ['aws:s3:arn'],
    ...context,
  },
});

const ADMINISTRATION = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:PutKeyPolicy',
  'kms:EnableKeyRotation',
  'kms:ListGrants',
  'kms:TagResource',
];

describe('use', () => {
  const USERS: Readonly<Record<string, readonly string[]>> = {
    deposit: ['kms:Decrypt', 'kms:GenerateDataKey'],
    'malware-scan': ['kms:Decrypt', 'kms:GenerateDataKey'],
    'release-gate': ['kms:Decrypt', 'kms:GenerateDataKey'],
  };

  it.each(CRYPTOGRAPHIC_ACTIONS)('%s is for the roles that need it', (action) => {
    for (const name of ['deposit', 'collect', 'malware-scan', 'release-gate', 'grant-broker'])
      expect([name, decide(policy, request(action, role(name)))]).toEqual([
        name,
        USERS[name]?.includes(action) ? 'allow' : 'none',
      ]);
  });

  it.each(CRYPTOGRAPHIC_ACTIONS)('%s is for no administrator, no root, no role of another path', (action) => {
    for (const principal of [
      administrator,
      `arn:aws:iam::${account}:root`,
      `arn:aws:iam::${account}:role/concordat-deposit`,
      `arn:aws:iam::${account}:role/other/concordat/concordat-deposit`,
    ])
      expect(decide(policy, request(action, principal))).toBe('none');
  });

  it('is denied unless through S3 in the Region', () => {
    for (const via of ['s3.eu-west-1.amazonaws.com', 'dynamodb.eu-west-2.amazonaws.com'])
      expect(decide(policy, request('kms:Decrypt', role('deposit'), { 'kms:ViaService': via }))).toBe('deny');
    const { 'kms:ViaService': _, ...direct } = request('kms:Decrypt', role('deposit')).context;
    expect(decide(policy, { ...request('kms:Decrypt', role('deposit')), context: direct })).toBe('deny');
  });

  it('is for objects in the organisation’s own bucket', () => {
    for (const other of [
      bucketArn(zone, accountId.parse('210987654321')),
      `${bucketArn(zone, account)}/agreements/x/file.csv`,
    ])
      expect(
        decide(
          policy,
          request('kms:Decrypt', role('deposit'), { 'kms:EncryptionContext:aws:s3:arn': other }),
        ),
      ).toBe('none');
  });

  it.each(Object.keys(USERS))(
    'is refused to the %s role for an encryption context of more than the bucket',
    (name) => {
      const uses = (keys: readonly string[] | undefined, further: Record<string, string> = {}) =>
        (USERS[name] ?? []).map((action) => {
          const asked = request(action, role(name), further);
          const { 'kms:EncryptionContextKeys': _, ...others } = asked.context;
          return decide(policy, {
            ...asked,
            context: { ...others, ...(keys && { 'kms:EncryptionContextKeys': keys }) },
          });
        });
      expect(uses(['aws:s3:arn'])).toEqual(['allow', 'allow']);
      for (const keys of [
        ['aws:s3:arn', 'project'],
        ['project', 'aws:s3:arn'],
        // KMS takes the names of pairs as they are written, so this is another one.
        ['aws:s3:arn', 'AWS:S3:ARN'],
        ['AWS:S3:ARN'],
      ])
        expect([keys, uses(keys, { 'kms:EncryptionContext:project': 'x' })]).toEqual([
          keys,
          ['none', 'none'],
        ]);
      expect(uses(undefined)).toEqual(['none', 'none']);
    },
  );

  it('is not denied to a holder of a grant in the AWS organisation, whichever account it is in', () => {
    const recipient = { 'aws:PrincipalAccount': '210987654321' };
    const held = request(
      'kms:Decrypt',
      'arn:aws:iam::210987654321:role/concordat/concordat-collect',
      recipient,
    );
    expect(decide(policy, { ...held, account: '210987654321' })).toBe('none');
  });
});

describe('an account outside the AWS organisation', () => {
  const outside = (of: string) => ({ 'aws:PrincipalAccount': of, 'aws:PrincipalOrgID': 'o-another0000' });
  const collect = (of: string): Request => ({
    ...request('kms:Decrypt', `arn:aws:iam::${of}:role/concordat/concordat-collect`, outside(of)),
    account: of,
  });

  it('is denied every use, even if it held a grant', () => {
    for (const action of CRYPTOGRAPHIC_ACTIONS)
      expect(decide(policy, { ...collect(external), action })).toBe('deny');
  });

  it('is denied as well if it belongs to no AWS organisation at all', () => {
    const { 'aws:PrincipalOrgID': _, ...none } = collect(external).context;
    expect(decide(policy, { ...collect(external), context: none })).toBe('deny');
  });

  it('is not denied where it is a declared recipient; others still are', () => {
    const declared = made([external]);
    expect(decide(declared, collect(external))).toBe('none');
    expect(decide(declared, collect('900000000062'))).toBe('deny');
  });
});

describe('administration', () => {
  it('lives: no deny touches it, from whichever service or organisation it is asked', () => {
    for (const { Effect, Action } of policy.Statement) {
      if (Effect === 'Deny') expect([...Action].sort()).toEqual([...CRYPTOGRAPHIC_ACTIONS].sort());
    }
    const { 'kms:ViaService': _, ...direct } = request('kms:DescribeKey', administrator).context;
    for (const action of ADMINISTRATION)
      expect(decide(policy, { ...request(action, administrator), context: direct })).toBe('allow');
  });

  it('leaves the end of the key to named administrators, after 30 days or more', () => {
    const window = (days: string) => ({ 'kms:ScheduleKeyDeletionPendingWindowInDays': days });
    const end = (principal: string, days: string) =>
      decide(policy, request('kms:ScheduleKeyDeletion', principal, window(days)));
    expect(end(administrator, '30')).toBe('allow');
    expect(end(administrator, '29')).toBe('none');
    expect(end(administrator, '7')).toBe('none');
    expect(end(`arn:aws:iam::${account}:role/admin`, '30')).toBe('none');
  });

  it.each(['kms:CreateGrant', 'kms:ReplicateKey', 'kms:ImportKeyMaterial', 'kms:UpdatePrimaryRegion'])(
    '%s is for no administrator and not for the account at large',
    (action) => {
      expect(decide(policy, request(action, administrator))).toBe('none');
      expect(decide(policy, request(action, `arn:aws:iam::${account}:role/admin`))).toBe('none');
    },
  );

  it('is of no other account', () => {
    for (const action of ADMINISTRATION)
      expect(decide(policy, { ...request(action, administrator), account: '210987654321' })).toBe('none');
  });
});

describe('the size of the policy', () => {
  const bytes = (of: Policy) => JSON.stringify(of).length;

  it('grows with external recipients only, by their accounts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyAccount, { maxLength: 20 }), (accounts) => {
        const [first, ...more] = accounts;
        if (first === undefined) return expect(bytes(made(accounts))).toBe(bytes(policy));
        return expect(bytes(made(accounts))).toBe(
          bytes(made([first])) + more.length * '"123456789012",'.length,
        );
      }),
    );
  });
});
