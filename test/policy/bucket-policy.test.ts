/** That an organisation’s bucket is read through its own access points only, and takes no object that is not its key’s. */

import { accessPointArn, bucketArn } from '../../lib/names/names';
import { accessPointPolicy } from '../../lib/policy/access-point-policy';
import { bucketPolicy } from '../../lib/policy/bucket-policy';
import { accountId } from '../../lib/register/schema/scalars';
import { isLive, sharesOf } from '../../lib/register/share';
import { decide, type Policy, type Request, type Statement } from './decision';
import { AS_OF, registerOf } from './sample-register';

const register = registerOf();
const { zone } = register;
const account = accountId.parse('123456789012');
const stranger = '999999999999';
const keyArn = `arn:aws:kms:eu-west-2:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const policy = bucketPolicy({ zone, account, keyArn }) as Policy;
const bucket = bucketArn(zone, account);
const secure = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.2' };
const role = (name: string) => `arn:aws:iam::${account}:role/concordat/concordat-${name}`;

const request = (action: string, context: Record<string, string>, more: Partial<Request> = {}): Request => ({
  action,
  resource: `${bucket}/agreements/x/file.csv`,
  account,
  context: { 'aws:PrincipalArn': role('deposit'), ...secure, ...context },
  ...more,
});

describe('an upload', () => {
  const SSE = 's3:x-amz-server-side-encryption';
  const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';

  // `none` leaves it to the role’s own policy, which allows it.
  it.each<[string, Record<string, string>, 'none' | 'deny']>([
    ['without headers takes the bucket’s own key, and passes', {}, 'none'],
    ['that names KMS and the bucket’s own key passes', { [SSE]: 'aws:kms', [KEY]: keyArn }, 'none'],
    [
      'that names KMS but no key would take the key that AWS manages, and is denied',
      { [SSE]: 'aws:kms' },
      'deny',
    ],
    [
      'that names another key of the account is denied',
      { [SSE]: 'aws:kms', [KEY]: `${keyArn.slice(0, -1)}c` },
      'deny',
    ],
    [
      'that names a key of another account is denied',
      { [SSE]: 'aws:kms', [KEY]: keyArn.replace(account, stranger) },
      'deny',
    ],
    ['that asks for keys of S3 is denied', { [SSE]: 'AES256' }, 'deny'],
    ['that asks for two layers of encryption is denied', { [SSE]: 'aws:kms:dsse', [KEY]: keyArn }, 'deny'],
    [
      'that brings its own key is denied',
      { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' },
      'deny',
    ],
    ['without TLS is denied', { 'aws:SecureTransport': 'false' }, 'deny'],
    ['over TLS 1.1 is denied', { 's3:TlsVersion': '1.1' }, 'deny'],
    ['over TLS 1.3 passes', { 's3:TlsVersion': '1.3' }, 'none'],
  ])('%s', (_name, context, expected) => {
    expect(decide(policy, request('s3:PutObject', context))).toBe(expected);
  });
});

it.each(['s3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:BypassGovernanceRetention'])(
  'keeps all shared data erasable: nobody locks an object by %s, at upload or later',
  (action) => {
    for (const name of ['deposit', 'malware-scan', 'release-gate', 'administrator'])
      expect(decide(policy, request(action, { 'aws:PrincipalArn': role(name) }))).toBe('deny');
  },
);

it('takes no setting of the bucket by which whatever is deposited from then on would be locked, from anybody', () => {
  const deployment = `arn:aws:iam::${account}:role/cdk-concordat-cfn-exec-role-${account}-eu-west-2`;
  for (const by of [
    deployment,
    `arn:aws:iam::${account}:root`,
    role('administrator'),
    role('malware-scan'),
  ]) {
    const asked = (action: string) =>
      decide(policy, request(action, { 'aws:PrincipalArn': by }, { resource: bucket }));
    expect([by, asked('s3:PutBucketObjectLockConfiguration')]).toEqual([by, 'deny']);
    // All else about the bucket is left to whose it is.
    expect([by, asked('s3:PutBucketVersioning')]).toEqual([by, 'none']);
  }
});

it.each(['s3:UpdateObjectEncryption', 's3:ReplicateObject', 's3:ReplicateDelete'])(
  'keeps every object under the bucket’s key: nobody comes past that by %s, whatever they are allowed',
  (action) => {
    for (const name of ['deposit', 'malware-scan', 'release-gate', 'administrator'])
      expect(decide(policy, request(action, { 'aws:PrincipalArn': role(name) }))).toBe('deny');
  },
);

it.each(['s3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion'])(
  'has deposits and recalls made by whose they are: %s by a link or a form is denied to everybody',
  (action) => {
    const by = (name: string, type: string) =>
      decide(policy, request(action, { 'aws:PrincipalArn': role(name), 's3:authType': type }));
    for (const name of ['deposit', 'malware-scan', 'administrator']) {
      expect([by(name, 'REST-QUERY-STRING'), by(name, 'POST')]).toEqual(['deny', 'deny']);
      // `none` leaves it to the role’s own policy.
      expect(by(name, 'REST-HEADER')).toBe('none');
    }
  },
);

describe('reading', () => {
  const through = (owner: string, name: string) => ({
    's3:DataAccessPointArn': accessPointArn(zone, accountId.parse(owner), name),
    's3:DataAccessPointAccount': owner,
  });
  const ours = through(account, '0123456789ab--leeds');
  const byStranger = { account: stranger };

  it.each(['s3:GetObject', 's3:ListBucket'])(
    '%s through an access point of its own is left to that access point',
    (action) => {
      const resource = action === 's3:ListBucket' ? bucket : `${bucket}/agreements/x/file.csv`;
      expect(decide(policy, request(action, ours, { ...byStranger, resource }))).toBe('allow');
    },
  );

  it.each([
    ['straight from the bucket', {}],
    ['through an access point of another account', through(stranger, '0123456789ab--leeds')],
    ['through an access point of another name', through(account, 'open-to-all')],
    [
      'through an access point that claims another account',
      { ...ours, 's3:DataAccessPointAccount': stranger },
    ],
  ])('is not allowed to a stranger %s', (_name, context) => {
    expect(decide(policy, request('s3:GetObject', context, byStranger))).toBe('none');
  });

  it.each([
    's3:GetObjectVersion',
    's3:GetObjectTagging',
    's3:PutObject',
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:PutObjectAcl',
    's3:GetBucketPolicy',
    's3:ListBucketVersions',
  ])('leaves nothing else to access points: not %s', (action) => {
    expect(decide(policy, request(action, ours, byStranger))).toBe('none');
  });

  it('leaves to access points only what lies under agreements', () => {
    const probe = `${bucket}/malware-protection-resource-validation-object`;
    expect(decide(policy, request('s3:GetObject', ours, { ...byStranger, resource: probe }))).toBe('none');
  });
});

describe('the malware verdict', () => {
  const EXISTING = 's3:ExistingObjectTag/GuardDutyMalwareScanStatus';
  const REQUESTED = 's3:RequestObjectTag/GuardDutyMalwareScanStatus';
  const clean = { [EXISTING]: 'NO_THREATS_FOUND', [REQUESTED]: 'NO_THREATS_FOUND' };
  const HAS = 's3:ExistingObjectTag/concordat-gate';
  const GETS = 's3:RequestObjectTag/concordat-gate';
  const SETTING = ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'];
  const OTHERWISE = ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging', 's3:ReplicateTags'];

  it.each([...SETTING, ...OTHERWISE])(
    'cannot be changed with %s by anybody but the scan and the gate',
    (action) => {
      for (const name of [
        role('deposit'),
        role('collect'),
        `arn:aws:iam::${account}:role/admin`,
        `arn:aws:iam::${account}:root`,
      ]) {
        expect(decide(policy, request(action, { ...clean, 'aws:PrincipalArn': name }))).toBe('deny');
      }
    },
  );

  it.each(SETTING)('is written with %s by the scan, whatever it is', (action) => {
    const scan = { 'aws:PrincipalArn': role('malware-scan'), [REQUESTED]: 'THREATS_FOUND' };
    expect(decide(policy, request(action, scan))).toBe('none');
  });

  it.each(SETTING)('is kept by the gate, which may use %s only where it was clean and stays so', (action) => {
    const gate = { 'aws:PrincipalArn': role('release-gate') };
    const verdicts: [Record<string, string>, string][] = [
      [{ ...clean, [GETS]: 'released' }, 'none'],
      [{ ...clean, [GETS]: 'rejected' }, 'none'],
      [{ ...clean, [EXISTING]: 'THREATS_FOUND' }, 'deny'],
      [{ [REQUESTED]: 'NO_THREATS_FOUND' }, 'deny'],
      [{ ...clean, [REQUESTED]: 'THREATS_FOUND' }, 'deny'],
      [{ [EXISTING]: 'NO_THREATS_FOUND' }, 'deny'],
    ];
    for (const [tags, expected] of verdicts)
      expect(decide(policy, request(action, { [GETS]: 'released', ...gate, ...tags }))).toBe(expected);
  });

  it.each(SETTING)(
    'stands beside a decision that the gate writes once with %s, and that is one of two',
    (action) => {
      const gate = { ...clean, 'aws:PrincipalArn': role('release-gate') };
      const decisions: [Record<string, string>, string][] = [
        [{}, 'deny'],
        [{ [GETS]: 'perhaps' }, 'deny'],
        [{ [HAS]: 'rejected', [GETS]: 'released' }, 'deny'],
        [{ [HAS]: 'released', [GETS]: 'rejected' }, 'deny'],
        [{ [HAS]: 'released', [GETS]: 'released' }, 'deny'],
      ];
      for (const [tags, expected] of decisions)
        expect(decide(policy, request(action, { ...gate, ...tags }))).toBe(expected);
    },
  );

  it.each(SETTING)(
    'is written with %s by the scan beside a decision that is there, and never releases',
    (action) => {
      const scan = { 'aws:PrincipalArn': role('malware-scan'), [REQUESTED]: 'NO_THREATS_FOUND' };
      const again: [Record<string, string>, string][] = [
        [{ [HAS]: 'released', [GETS]: 'released' }, 'none'],
        [{ [HAS]: 'rejected', [GETS]: 'rejected' }, 'none'],
        [{ [HAS]: 'released' }, 'none'],
        [{ [GETS]: 'released' }, 'deny'],
        [{ [HAS]: 'rejected', [GETS]: 'released' }, 'deny'],
      ];
      for (const [tags, expected] of again)
        expect(decide(policy, request(action, { ...scan, ...tags }))).toBe(expected);
    },
  );

  it.each(['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'])(
    'is reported on by the gate alone: %s below reports/ is denied to everybody else',
    (action) => {
      const report = { resource: `${bucket}/reports/a/decided/v/file.json` };
      const by = (name: string) => decide(policy, request(action, { 'aws:PrincipalArn': name }, report));
      expect(by(role('release-gate'))).toBe('none');
      for (const name of [role('deposit'), role('malware-scan'), `arn:aws:iam::${account}:role/admin`])
        expect(by(name)).toBe('deny');
    },
  );

  it.each(OTHERWISE)('cannot be got rid of with %s by the gate', (action) => {
    const gate = { ...clean, 'aws:PrincipalArn': role('release-gate') };
    expect(decide(policy, request(action, gate))).toBe('deny');
  });
});

describe('S3, when it is given the policy,', () => {
  /**
   * Which actions each condition key of S3 applies to, of those that this project uses (Service Authorization Reference,
   * November 2026). Keys that apply to every action are left out.
   */
  const APPLIES_TO: readonly (readonly [key: string, actions: readonly string[]])[] = [
    ['s3:prefix', ['s3:ListBucket', 's3:ListBucketVersions']],
    [
      's3:ExistingObjectTag/',
      [
        's3:GetObject',
        's3:GetObjectVersion',
        's3:PutObjectTagging',
        's3:PutObjectVersionTagging',
        's3:DeleteObjectTagging',
        's3:DeleteObjectVersionTagging',
      ],
    ],
    ['s3:RequestObjectTag/', ['s3:PutObject', 's3:PutObjectTagging', 's3:PutObjectVersionTagging']],
    ['s3:x-amz-server-side-encryption', ['s3:PutObject', 's3:ReplicateObject']],
  ];
  const EVERYWHERE = /^(?:aws:|s3:(?:TlsVersion|authType)$|s3:DataAccessPoint(?:Arn|Account)$)/;

  function misfits({ Sid, Action, Condition = {} }: Statement): string[] {
    const keys = Object.values(Condition).flatMap((each) => Object.keys(each));
    return keys
      .filter((key) => !EVERYWHERE.test(key))
      .flatMap((key) => {
        const [, actions = []] = APPLIES_TO.find(([start]) => key.startsWith(start)) ?? [];
        return Action.filter((action) => !actions.includes(action)).map(
          (action) => `${Sid}: ${key} on ${action}`,
        );
      });
  }

  it('finds that every condition key of a statement applies to every action of it', () => {
    expect(policy.Statement.flatMap(misfits)).toEqual([]);
    for (const share of sharesOf(register, AS_OF).filter(isLive))
      expect((accessPointPolicy(zone, share) as Policy).Statement.flatMap(misfits)).toEqual([]);
  });

  it('finds denies that speak of everybody, and allows that only the delegation makes', () => {
    for (const { Effect, Principal, Sid } of policy.Statement) {
      expect(Principal).toEqual({ AWS: '*' });
      if (Effect === 'Allow') expect(Sid).toMatch(/^OwnAccessPointsDecideWho(?:Reads|Lists)$/);
    }
  });
});
