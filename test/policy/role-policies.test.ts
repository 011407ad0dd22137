/** That depositing is not reading, that collecting is not writing, and that GuardDuty works for this account only. */
import fc from 'fast-check';
import { accessPointArn, bucketArn, s3Service } from '../../lib/names/names';
import { malwareScanPermissions, trustedByGuardDuty } from '../../lib/policy/malware-policies';
import { collectPermissions, depositPermissions, trustedByDeclared } from '../../lib/policy/role-policies';
import { accountId, organisationId } from '../../lib/register/schema/scalars';
import { anyAccount } from './arbitraries';
import { decide, type Policy, type Request } from './decision';
import { registerOf } from './sample-register';

const { zone } = registerOf();
const account = accountId.parse('123456789012');
const other = accountId.parse('210987654321');
const keyArn = `arn:aws:kms:eu-west-2:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const bucket = bucketArn(zone, account);
const object = `${bucket}/agreements/housing-benefit-awards/file.csv`;
const ask = (action: string, resource: string, context: Record<string, string> = {}): Request => ({
  action,
  resource,
  account,
  context,
});

describe('the deposit role', () => {
  const policy = depositPermissions(zone, account, keyArn) as Policy;

  it('may deposit under agreements, see verdicts, recall, and list', () => {
    for (const action of [
      's3:PutObject',
      's3:GetObjectTagging',
      's3:DeleteObject',
      's3:AbortMultipartUpload',
    ])
      expect(decide(policy, ask(action, object))).toBe('allow');
    expect(decide(policy, ask('s3:ListBucket', bucket, { 's3:prefix': 'agreements/' }))).toBe('allow');
  });

  it.each([
    's3:GetObject',
    's3:GetObjectVersion',
    's3:DeleteObjectVersion',
    's3:PutObjectTagging',
    's3:PutObjectAcl',
    's3:BypassGovernanceRetention',
    's3:PutBucketPolicy',
    's3:CreateAccessPoint',
  ])('may not %s', (action) => {
    for (const resource of [object, bucket]) expect(decide(policy, ask(action, resource))).toBe('none');
  });

  it('may do nothing outside the agreements of its own bucket', () => {
    expect(decide(policy, ask('s3:PutObject', `${bucket}/file.csv`))).toBe('none');
    expect(decide(policy, ask('s3:PutObject', object.replace(account, other)))).toBe('none');
    expect(decide(policy, ask('s3:ListBucket', bucket))).toBe('none');
  });

  it('may use its own key through S3 alone', () => {
    const via = (service: string) => ({ 'kms:ViaService': service });
    expect(decide(policy, ask('kms:GenerateDataKey', keyArn, via(s3Service(zone))))).toBe('allow');
    expect(decide(policy, ask('kms:Decrypt', keyArn))).toBe('none');
    expect(decide(policy, ask('kms:Decrypt', keyArn, via('lambda.eu-west-2.amazonaws.com')))).toBe('none');
    expect(decide(policy, ask('kms:Decrypt', keyArn.replace(account, other), via(s3Service(zone))))).toBe(
      'none',
    );
  });
});

describe('the collect role', () => {
  const policy = collectPermissions(zone, organisationId.parse('leeds')) as Policy;
  const inZone = { 'aws:ResourceOrgID': zone.awsOrganizationId };
  const accessPoint = accessPointArn(zone, other, '0123456789ab--leeds');
  const collected = `${accessPoint}/object/agreements/housing-benefit-awards/file.csv`;
  const through = (arn: string) => ({ ...inZone, 's3:DataAccessPointArn': arn });

  it('may get, list and decrypt through access points made for it, of any owner in the zone', () => {
    expect(decide(policy, ask('s3:GetObject', collected, through(accessPoint)))).toBe('allow');
    const list = { ...through(accessPoint), 's3:prefix': 'agreements/x/' };
    expect(decide(policy, ask('s3:ListBucket', accessPoint, list))).toBe('allow');
    const key = `arn:aws:kms:eu-west-2:${other}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    expect(decide(policy, ask('kms:Decrypt', key, { ...inZone, 'kms:ViaService': s3Service(zone) }))).toBe(
      'allow',
    );
    expect(decide(policy, ask('kms:Decrypt', key, inZone))).toBe('none');
  });

  it('may do none of it outside the AWS organisation of the zone', () => {
    const by = { 's3:DataAccessPointArn': accessPoint };
    const elsewhere: Record<string, string>[] = [by, { ...by, 'aws:ResourceOrgID': 'o-another0000' }];
    for (const context of elsewhere) {
      expect(decide(policy, ask('s3:GetObject', collected, context))).toBe('none');
      const list = { ...context, 's3:prefix': 'agreements/x/' };
      expect(decide(policy, ask('s3:ListBucket', accessPoint, list))).toBe('none');
    }
  });

  it('may not read a bucket, nor an access point made for another', () => {
    expect(decide(policy, ask('s3:GetObject', object, inZone))).toBe('none');
    for (const name of ['0123456789ab--leeds-hospitals', '0123456789ab--x-leeds', 'leeds']) {
      const another = accessPointArn(zone, other, name);
      const request = ask('s3:GetObject', `${another}/object/agreements/a/f`, through(another));
      expect(decide(policy, request)).toBe('none');
    }
  });

  it('may not read through an access point made for another what is named as if it were made for it', () => {
    const another = accessPointArn(zone, other, '0123456789ab--camden');
    const posing = `${another}/object/agreements/:accesspoint/0123456789ab--leeds/object/agreements/a/f`;
    expect(decide(policy, ask('s3:GetObject', posing, through(accessPoint)))).toBe('allow');
    expect(decide(policy, ask('s3:GetObject', posing, through(another)))).toBe('none');
  });

  it('may write nothing: every action that it is given reads', () => {
    const actions = policy.Statement.flatMap((each) => each.Action);
    expect([...new Set(actions)].sort()).toEqual(['kms:Decrypt', 's3:GetObject', 's3:ListBucket']);
  });
});

describe('who may take on a role', () => {
  const assume = (by: string, principal: string): Request => ({
    action: 'sts:AssumeRole',
    resource: '*',
    account: by,
    context: { 'aws:PrincipalArn': principal },
  });

  it('are the declared roles in their own account, and nobody else', () => {
    fc.assert(
      fc.property(
        anyAccount,
        anyAccount,
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 2 }),
        (own, far, names) => {
          fc.pre(own !== far);
          const [undeclared, ...declared] = names.map((name) => `arn:aws:iam::${own}:role/team/${name}`);
          const trust = trustedByDeclared(own, declared) as Policy;
          for (const principal of declared) {
            expect(decide(trust, assume(own, principal))).toBe('allow');
            expect(decide(trust, assume(far, principal))).toBe('none');
          }
          expect(decide(trust, assume(own, undeclared ?? ''))).toBe('none');
          expect(decide(trust, assume(own, `arn:aws:iam::${own}:root`))).toBe('none');
        },
      ),
    );
  });

  it('nobody, where nobody is declared', () => {
    const trust = trustedByDeclared(account, []) as Policy;
    expect(decide(trust, assume(account, `arn:aws:iam::${account}:role/admin`))).toBe('none');
  });
});

describe('the malware scan', () => {
  const permissions = malwareScanPermissions(zone, account, keyArn) as Policy;

  it('is trusted to GuardDuty, for plans of this account in this Region', () => {
    const [statement, ...others] = (trustedByGuardDuty(zone, account) as Policy).Statement;
    expect(others).toEqual([]);
    expect(statement?.Principal).toEqual({ Service: 'malware-protection-plan.guardduty.amazonaws.com' });
    expect(statement?.Condition).toEqual({
      StringEqualsIfExists: { 'aws:SourceAccount': account },
      ArnLikeIfExists: {
        'aws:SourceArn': `arn:aws:guardduty:eu-west-2:${account}:malware-protection-plan/*`,
      },
    });
  });

  it('may read and tag deposits, and write no object but its probe', () => {
    for (const action of ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectTagging'])
      expect(decide(permissions, ask(action, object))).toBe('allow');
    expect(decide(permissions, ask('s3:PutObject', object))).toBe('none');
    expect(decide(permissions, ask('s3:DeleteObject', object))).toBe('none');
    expect(
      decide(permissions, ask('s3:PutObject', `${bucket}/malware-protection-resource-validation-object`)),
    ).toBe('allow');
  });

  it('may change the one event rule that GuardDuty manages, and no other', () => {
    const rule = (name: string) => `arn:aws:events:eu-west-2:${account}:rule/${name}`;
    const managed = { 'events:ManagedBy': 'malware-protection-plan.guardduty.amazonaws.com' };
    const own = rule('DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3-abc');
    expect(decide(permissions, ask('events:PutRule', own, managed))).toBe('allow');
    expect(decide(permissions, ask('events:PutRule', own))).toBe('none');
    expect(decide(permissions, ask('events:PutRule', rule('alarms'), managed))).toBe('none');
  });
});
