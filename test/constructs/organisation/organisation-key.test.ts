/** That you can see from a template where an organisation’s key is held, who administers it, and who can decrypt. */

import { bucketArn, s3Service } from '../../../lib/names/names';
import { CRYPTOGRAPHIC_ACTIONS } from '../../../lib/policy/key-policy';
import type { Member } from '../../../lib/register/schema/organisation';
import { isLive, sharesOf } from '../../../lib/register/share';
import { listed, type Statement } from '../../policy/decision';
import { AS_OF, registerOf } from '../../policy/sample-register';
import { only, type Sample, sharedDataKeys, synthesised } from '../../stacks/sample-assembly';
import { policyOf } from '../../stacks/template-policies';

const register = registerOf();
const members = register.organisations.filter((each): each is Member => each.membership === 'member');
const made = members.filter(({ custody }) => custody.kind === 'account' || custody.kind === 'imported');
const brought = members.filter(({ custody }) => custody.kind === 'cloudhsm' || custody.kind === 'external');

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

const keyOf = ({ id }: Member) => {
  const [key, ...others] = sharedDataKeys(sample.stackOf(id));
  if (key === undefined || others.length > 0) throw new Error(`${id} has not one key of shared data`);
  return key;
};
const statementsOf = (member: Member) => policyOf(keyOf(member), 'KeyPolicy').Statement;
const conditionOf = (statement: Statement, operator: string, key: string) =>
  listed(statement.Condition?.[operator]?.[key]);
const isCryptographic = (action: string) => (CRYPTOGRAPHIC_ACTIONS as readonly string[]).includes(action);

describe.each(made.map((member) => [member.id, member] as const))('the key of %s', (_id, member) => {
  it('may be used by the deposit, malware and gate roles, through S3, for its own bucket, and by nobody else', () => {
    const uses = statementsOf(member).filter(
      ({ Effect, Action }) => Effect === 'Allow' && Action.some(isCryptographic),
    );
    const users = uses.map((use) => conditionOf(use, 'ArnEquals', 'aws:PrincipalArn').join());
    const role = (name: string) => `arn:aws:iam::${member.account}:role/concordat/concordat-${name}`;
    expect(users.sort()).toEqual([role('deposit'), role('malware-scan'), role('release-gate')]);
    for (const use of uses) {
      expect(use.Principal).toEqual({ AWS: `arn:aws:iam::${member.account}:root` });
      expect(use.Action.every(isCryptographic)).toBe(true);
      expect(use.Condition?.StringEquals).toEqual({
        'kms:ViaService': s3Service(register.zone),
        'kms:EncryptionContext:aws:s3:arn': bucketArn(register.zone, member.account),
      });
      expect(conditionOf(use, 'ForAllValues:StringEquals', 'kms:EncryptionContextKeys')).toEqual([
        'aws:s3:arn',
      ]);
    }
  });

  it('cannot be used, granted or ended by the account at large', () => {
    const unconditional = statementsOf(member).filter(
      ({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined,
    );
    expect(unconditional.map((each) => each.Sid)).toEqual(['AccountKeepsTheKeyWithoutUsingIt']);
    const actions = unconditional.flatMap((each) => each.Action);
    expect(actions.filter(isCryptographic)).toEqual([]);
    for (const forbidden of [
      'kms:CreateGrant',
      'kms:ScheduleKeyDeletion',
      'kms:DisableKey',
      'kms:ReplicateKey',
    ])
      expect(actions).not.toContain(forbidden);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('is administered by the roles that its register file names, who cannot decrypt or grant', () => {
    const administration = statementsOf(member).filter(
      (each) =>
        conditionOf(each, 'ArnEquals', 'aws:PrincipalArn').join() === member.custody.administrators.join(),
    );
    expect(administration.length).toBeGreaterThan(0);
    const actions = administration.flatMap((each) => each.Action);
    expect(actions).toEqual(expect.arrayContaining(['kms:DisableKey', 'kms:RevokeGrant']));
    expect(actions.filter((action) => isCryptographic(action) || action === 'kms:CreateGrant')).toEqual([]);
  });

  it('can be deleted only after 30 days, and outlives its stack', () => {
    const ending = statementsOf(member).filter((each) => each.Action.includes('kms:ScheduleKeyDeletion'));
    expect(ending).toHaveLength(1);
    for (const each of ending) {
      expect(each.Action).toEqual(['kms:ScheduleKeyDeletion']);
      const window = 'kms:ScheduleKeyDeletionPendingWindowInDays';
      expect(conditionOf(each, 'NumericGreaterThanEquals', window)).toEqual(['30']);
    }
    expect(keyOf(member).Properties).toMatchObject({ PendingWindowInDays: 30 });
    expect(keyOf(member)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('is denied to everyone in two ways, which touch its use and never its administration', () => {
    const denies = statementsOf(member).filter(({ Effect }) => Effect === 'Deny');
    for (const { Action, Principal, Resource } of denies) {
      expect([...Action].sort()).toEqual([...CRYPTOGRAPHIC_ACTIONS].sort());
      expect([Principal, Resource]).toEqual(['*', '*']);
    }
    const externals = sharesOf(register, AS_OF)
      .filter(isLive)
      .filter(({ owner, recipient }) => owner.id === member.id && recipient.membership === 'external')
      .map(({ recipient }) => recipient.account);
    expect(denies.map((each) => each.Condition)).toEqual([
      { StringNotEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } },
      {
        StringNotEquals: {
          'aws:PrincipalOrgID': register.zone.awsOrganizationId,
          ...(externals.length > 0 && { 'aws:PrincipalAccount': [...new Set(externals)] }),
        },
      },
    ]);
  });

  it('is symmetric, in one Region, and rotated each year where KMS made it', () => {
    const { Properties } = keyOf(member);
    expect(Properties).toMatchObject({
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Tags: [
        { Key: 'concordat:key-purpose', Value: 'shared-data' },
        { Key: 'concordat:organisation', Value: member.id },
      ],
    });
    if (member.custody.kind === 'account') {
      expect(Properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
      expect(Properties).not.toHaveProperty('Origin');
    } else {
      expect(Properties).toMatchObject({ Origin: 'EXTERNAL' });
      expect(Properties).not.toHaveProperty('EnableKeyRotation');
      expect(Properties).not.toHaveProperty('RotationPeriodInDays');
    }
  });
});

it('names externals for owners with a live share to one, and for no other', () => {
  const owners = made.filter((member) =>
    JSON.stringify(statementsOf(member)).includes('aws:PrincipalAccount'),
  );
  const expected = sharesOf(register, AS_OF)
    .filter(({ recipient, days }) => recipient.membership === 'external' && days !== undefined)
    .map(({ owner }) => owner.id);
  expect(owners.map((each) => each.id).sort()).toEqual([...new Set(expected)].sort());
  expect(expected.length).toBeGreaterThan(0);
});

describe.each(brought.map((member) => [member.id, member] as const))(
  'the key of %s, in a key store of its own,',
  (_id, member) => {
    it('is not made here: the bucket takes the declared one', () => {
      const stack = sample.stackOf(member.id);
      expect(sharedDataKeys(stack)).toEqual([]);
      const declared = 'keyArn' in member.custody ? member.custody.keyArn : undefined;
      const bucket = JSON.stringify(only(stack, 'AWS::S3::Bucket').Properties?.BucketEncryption);
      expect(bucket).toContain(`"KMSMasterKeyID":"${declared}"`);
      const policy = policyOf(only(stack, 'AWS::S3::BucketPolicy'), 'PolicyDocument');
      const deny = policy.Statement.find((each) => each.Sid === 'DenyAnyOtherKey');
      expect(deny?.Condition?.ArnNotEquals).toEqual({
        's3:x-amz-server-side-encryption-aws-kms-key-id': declared,
      });
    });
  },
);

it('has every kind of custody in the sample, or this file would prove less than it says', () => {
  const kinds = new Set(members.map(({ custody }) => custody.kind));
  expect([...kinds].sort()).toEqual(['account', 'cloudhsm', 'external', 'imported']);
});
