/** That what an organisation shares lies in a bucket that is encrypted with its key, keeps versions and is not public. */
import type { TemplateResource } from '../../../lib/assembly';
import type { Member } from '../../../lib/register/schema/organisation';
import { listed } from '../../policy/decision';
import { registerOf } from '../../policy/sample-register';
import { ofType, only, type Sample, sharedDataKeys, synthesised } from '../../stacks/sample-assembly';
import { OWN_KEY, policyOf } from '../../stacks/template-policies';

const register = registerOf();
const members = register.organisations.filter((each): each is Member => each.membership === 'member');

let sample: Sample;
beforeAll(() => {
  sample = synthesised();
});

const bucketOf = ({ id }: Member) => only(sample.stackOf(id), 'AWS::S3::Bucket');
const policyResourceOf = ({ id }: Member) => only(sample.stackOf(id), 'AWS::S3::BucketPolicy');
const propertiesOf = ({ Properties = {} }: TemplateResource) => Properties;

describe.each(members.map((member) => [member.id, member] as const))('the bucket of %s', (_id, member) => {
  it('bears the account in its name, in the namespace that no other account can take names in', () => {
    const name = `concordat-exchange-${member.account}-eu-west-2-an`;
    expect(propertiesOf(bucketOf(member))).toMatchObject({
      BucketName: name,
      BucketNamespace: 'account-regional',
    });
    expect(propertiesOf(policyResourceOf(member)).Bucket).toBe(name);
  });

  it('encrypts with the organisation’s own key and a Bucket Key, and takes no keys that callers bring', () => {
    const [rule, ...others] = rulesOf(bucketOf(member));
    expect(others).toEqual([]);
    expect(rule).toMatchObject({
      BucketKeyEnabled: true,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
    });
    const { custody } = member;
    const key = rule?.ServerSideEncryptionByDefault.KMSMasterKeyID;
    if ('keyArn' in custody) expect(key).toBe(custody.keyArn);
    else expect(key).toEqual({ 'Fn::GetAtt': [logicalIdOfKey(sample, member), 'Arn'] });
  });

  it('keeps every version for good, and outlives its stack with its policy', () => {
    expect(propertiesOf(bucketOf(member))).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockEnabled: true,
    });
    for (const resource of [bucketOf(member), policyResourceOf(member)])
      expect(resource).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
  });

  it('expires only versions that were replaced or recalled, uploads that were never finished, and old reports', () => {
    const { LifecycleConfiguration } = propertiesOf(bucketOf(member)) as {
      LifecycleConfiguration: { Rules: Record<string, unknown>[] };
    };
    const onReports = LifecycleConfiguration.Rules.filter((rule) => 'ExpirationInDays' in rule);
    expect(onReports).toEqual([expect.objectContaining({ Prefix: 'reports/', ExpirationInDays: 400 })]);
    for (const rule of LifecycleConfiguration.Rules.filter((each) => !onReports.includes(each))) {
      expect(rule).not.toHaveProperty('ExpirationInDays');
      expect(rule).not.toHaveProperty('ExpirationDate');
      expect(rule).not.toHaveProperty('Transitions');
    }
    expect(LifecycleConfiguration.Rules).toContainEqual(
      expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } }),
    );
  });

  it('is closed to the public, with ACLs off', () => {
    expect(propertiesOf(bucketOf(member))).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(propertiesOf(bucketOf(member))).not.toHaveProperty('AccessControl');
  });

  it('allows get and list to its own access points by their ARN and account, and nothing else to anybody', () => {
    const { Statement } = policyOf(policyResourceOf(member), 'PolicyDocument');
    const allows = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allows.flatMap(({ Action }) => Action).sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
    for (const { Condition } of allows)
      expect(Condition).toEqual({
        ArnLike: {
          's3:DataAccessPointArn': `arn:aws:s3:eu-west-2:${member.account}:accesspoint/????????????--*`,
        },
        StringEquals: { 's3:DataAccessPointAccount': member.account },
      });
  });

  it('denies all that is not over TLS 1.2, of its own key, or a verdict of the scan or a decision or report of the gate, or that locks it', () => {
    const { Statement } = policyOf(policyResourceOf(member), 'PolicyDocument');
    const denies = Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Sid }) => Sid);
    expect(denies).toEqual([
      'DenyRequestsWithoutTls',
      'DenyTlsBelowOnePointTwo',
      'DenyEncryptionOtherThanKms',
      'DenyAnyOtherKey',
      'DenyTheKeyThatAwsManages',
      'DenyKeysThatTheCallerBrings',
      'DenyMovingObjectsToAnotherKey',
      'DenyReplicasFromOtherBuckets',
      'DenyDepositsAndRecallsByLinksOrForms',
      'DenyLockingSharedData',
      'DenyLockingWhateverIsDeposited',
      'DenyTaggingByAllButMalwareScanAndReleaseGate',
      'DenyRemovingOrReplicatingTagsByAllButMalwareScan',
      'DenyReleaseGateWhereMalwareVerdictIsNotClean',
      'DenyReleaseGateChangingTheMalwareVerdict',
      'DenyReleaseGateChangingItsDecision',
      'DenyReleaseGateAnythingButADecision',
      'DenyReleasingByAllButTheReleaseGate',
      'DenyWritingReportsByAllButTheReleaseGate',
    ]);
    const otherKey = Statement.find(({ Sid }) => Sid === 'DenyAnyOtherKey')?.Condition?.ArnNotEquals;
    const key = 'keyArn' in member.custody ? member.custody.keyArn : OWN_KEY;
    expect(otherKey).toEqual({ 's3:x-amz-server-side-encryption-aws-kms-key-id': key });
  });

  it('says all of it about its own bucket and no other', () => {
    const own = `arn:aws:s3:::concordat-exchange-${member.account}-eu-west-2-an`;
    for (const { Resource } of policyOf(policyResourceOf(member), 'PolicyDocument').Statement)
      for (const resource of listed(Resource))
        expect([own, `${own}/*`, `${own}/agreements/*`, `${own}/reports/*`]).toContain(resource);
  });
});

it('is one for each member, and none for external recipients', () => {
  const buckets = sample.organisations.flatMap((stack) => ofType(stack, 'AWS::S3::Bucket'));
  expect(buckets).toHaveLength(members.length);
});

interface EncryptionRule {
  readonly ServerSideEncryptionByDefault: { readonly KMSMasterKeyID: unknown };
}

function rulesOf(bucket: TemplateResource): EncryptionRule[] {
  const { BucketEncryption } = propertiesOf(bucket) as {
    BucketEncryption: { ServerSideEncryptionConfiguration: EncryptionRule[] };
  };
  return BucketEncryption.ServerSideEncryptionConfiguration;
}

function logicalIdOfKey({ stackOf }: Sample, { id }: Member): string | undefined {
  return Object.entries(stackOf(id).resources).find(([, key]) =>
    sharedDataKeys(stackOf(id)).includes(key),
  )?.[0];
}
