/** That sizes are those which AWS will count, and that the fullest use of each limit is found. */
import fc from 'fast-check';
import type { AssemblyStack, TemplateResource } from '../../lib/assembly';
import { fullness, headroomOf, minifiedBytes } from '../../lib/plan/headroom';
import { LIMITS, type LimitName } from '../../lib/policy/limits';

const KEY_ARN = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const stack = (
  name: string,
  resources: Record<string, TemplateResource>,
  more: Partial<AssemblyStack> = {},
) => ({
  name,
  account: '123456789012',
  region: 'eu-west-2',
  file: `${name}.template.json`,
  bytes: 1000,
  resources,
  ...more,
});
const policyOf = (bytes: number) => ({ Statement: 'x'.repeat(bytes - '{"Statement":""}'.length) });
const useOf = (limit: LimitName, stacks: readonly AssemblyStack[]) =>
  headroomOf(stacks).fullest.find((use) => use.limit === limit);

it('counts what CloudFront says a page may do, which grows with its correspondence', () => {
  const content = { ContentSecurityPolicy: 'x'.repeat(1783), Override: true };
  const headers = {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: { SecurityHeadersConfig: { ContentSecurityPolicy: content } },
    },
  };
  expect(useOf('contentPolicyBytes', [stack('Zone', { Headers: headers })])).toMatchObject({
    used: 1783,
    logicalId: 'Headers',
  });
});

it('counts the pages that a zone serves against what CloudFront lets one account and one host have', () => {
  const policies = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        `Headers${n}`,
        { Type: 'AWS::CloudFront::ResponseHeadersPolicy', Properties: {} },
      ]),
    );
  const distribution = {
    Type: 'AWS::CloudFront::Distribution',
    Properties: { DistributionConfig: { CacheBehaviors: [{}, {}] } },
  };
  const stacks = [
    stack('Zone', { ...policies(12), Distribution: distribution }),
    stack('Other', policies(6)),
    stack('Elsewhere', policies(19), { account: '210987654321' }),
  ];
  expect(useOf('headersPoliciesPerAccount', stacks.slice(0, 2))).toMatchObject({ used: 18, stack: 'Zone' });
  expect(useOf('headersPoliciesPerAccount', stacks)).toMatchObject({ used: 19, stack: 'Elsewhere' });
  expect(useOf('cacheBehavioursPerDistribution', stacks)).toMatchObject({
    used: 3,
    logicalId: 'Distribution',
  });
  const tight = headroomOf(stacks).tight.map(({ limit, used }) => [limit, used]);
  expect(tight).toEqual([
    ['headersPoliciesPerAccount', 19],
    ['headersPoliciesPerAccount', 18],
  ]);
});

describe('the size of a policy', () => {
  it('is that of its JSON without white space, in UTF-8', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('"Ref"') && !JSON.stringify(value).includes('"Fn::'));
        return minifiedBytes(value) === Buffer.byteLength(JSON.stringify(value), 'utf8');
      }),
    );
    expect(minifiedBytes({ Sid: 'Ŵ' })).toBe('{"Sid":"Ŵ"}'.length + 1);
  });

  it('takes a reference to a key for the ARN of the key', () => {
    const written = (keyArn: unknown) => ({ Statement: [{ Sid: 'Decrypt', Resource: [keyArn, keyArn] }] });
    expect(minifiedBytes(written({ 'Fn::GetAtt': ['EncryptionKeyC519EA57', 'Arn'] }))).toBe(
      minifiedBytes(written(KEY_ARN)),
    );
  });

  it('takes any other reference for the longest text that it can come to', () => {
    const longest = 'x'.repeat(256);
    expect(minifiedBytes([{ Ref: 'Bucket' }])).toBe(minifiedBytes([longest]));
    expect(minifiedBytes([{ 'Fn::GetAtt': ['Role', 'Arn'] }])).toBe(minifiedBytes([longest]));
  });

  it('puts joined texts together', () => {
    const joined = { 'Fn::Join': ['', ['x'.repeat(1000), { 'Fn::GetAtt': ['Key', 'Arn'] }, '/*']] };
    expect(minifiedBytes({ Resource: joined })).toBe(
      minifiedBytes({ Resource: `${'x'.repeat(1000)}${KEY_ARN}/*` }),
    );
  });

  it('is nothing where there is no policy', () => {
    expect(minifiedBytes(undefined)).toBe(0);
  });
});

describe('the headroom of an assembly', () => {
  it.each<[LimitName, TemplateResource]>([
    ['keyPolicyBytes', { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policyOf(700) } }],
    ['bucketPolicyBytes', { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: policyOf(700) } }],
    ['accessPointPolicyBytes', { Type: 'AWS::S3::AccessPoint', Properties: { Policy: policyOf(700) } }],
    ['trustPolicyBytes', { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policyOf(700) } }],
    [
      'rolePolicyBytes',
      {
        Type: 'AWS::IAM::Role',
        Properties: { Policies: [{ PolicyDocument: policyOf(400) }, { PolicyDocument: policyOf(300) }] },
      },
    ],
    [
      'managedPolicyBytes',
      { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyOf(700) } },
    ],
    [
      'serviceControlPolicyBytes',
      {
        Type: 'AWS::Organizations::Policy',
        Properties: { Type: 'SERVICE_CONTROL_POLICY', Content: policyOf(700) },
      },
    ],
    [
      'resourceControlPolicyBytes',
      {
        Type: 'AWS::Organizations::Policy',
        Properties: { Type: 'RESOURCE_CONTROL_POLICY', Content: policyOf(700) },
      },
    ],
  ])('counts %s, and names the resource', (limit, resource) => {
    expect(useOf(limit, [stack('A', { It: resource })])).toEqual({
      limit,
      used: 700,
      stack: 'A',
      logicalId: 'It',
    });
  });

  it('counts the policies on each unit, AWS’s own among them', () => {
    const policy = (type: string, ...TargetIds: string[]) => ({
      Type: 'AWS::Organizations::Policy',
      Properties: { Type: type, Content: {}, ...(TargetIds.length > 0 && { TargetIds }) },
    });
    const stacks = [
      stack('G', {
        A: policy('SERVICE_CONTROL_POLICY', 'ou-1', 'ou-2'),
        B: policy('SERVICE_CONTROL_POLICY', 'ou-2'),
        C: policy('SERVICE_CONTROL_POLICY'),
        D: policy('RESOURCE_CONTROL_POLICY', 'ou-1'),
        E: policy('S3_POLICY', 'ou-1'),
      }),
    ];
    expect(useOf('serviceControlPoliciesPerUnit', stacks)?.used).toBe(3);
    expect(useOf('resourceControlPoliciesPerUnit', stacks)?.used).toBe(2);
  });

  it('counts what a StackSet’s template holds, as each account gets it, and the template itself', () => {
    const policy = policyOf(700).Statement;
    const body = {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { Policies: [{ PolicyDocument: { 'Fn::Sub': `${policy}\${AWS::AccountId}` } }] },
        },
      },
    };
    const TemplateBody = JSON.stringify(body);
    const stacks = [
      stack('B', { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody } } }),
    ];
    expect(useOf('rolePolicyBytes', stacks)).toEqual({
      limit: 'rolePolicyBytes',
      used: policy.length + '""'.length + 12,
      stack: 'B/Set',
      logicalId: 'Role',
    });
    expect(useOf('inlineTemplateBytes', stacks)?.used).toBe(TemplateBody.length);
  });

  it('holds a template that is not uploaded to the shorter limit', () => {
    const stacks = [
      stack('Direct', {}, { isInline: true, bytes: 500 }),
      stack('Uploaded', {}, { bytes: 900 }),
    ];
    expect(useOf('inlineTemplateBytes', stacks)).toMatchObject({ used: 500, stack: 'Direct' });
    expect(useOf('templateBytes', stacks)).toMatchObject({ used: 900, stack: 'Uploaded' });
  });

  it('counts resources and bytes of each stack, and access points of an account across its stacks', () => {
    const accessPoints = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`P${index}`, { Type: 'AWS::S3::AccessPoint' }]),
      );
    const stacks = [
      stack('A', accessPoints(3)),
      stack('A-shares-1', accessPoints(4), { bytes: 2000 }),
      stack('B', accessPoints(5), { account: '210987654321' }),
    ];
    expect(useOf('resourcesPerStack', stacks)).toEqual({ limit: 'resourcesPerStack', used: 5, stack: 'B' });
    expect(useOf('templateBytes', stacks)).toEqual({
      limit: 'templateBytes',
      used: 2000,
      stack: 'A-shares-1',
    });
    expect(useOf('accessPointsPerAccount', stacks)).toEqual({
      limit: 'accessPointsPerAccount',
      used: 7,
      stack: 'A',
    });
  });

  it('gives the fullest use of each limit, fullest first, and every use of nine tenths or more', () => {
    const anyUse = fc.record({
      limit: fc.constantFrom(...(Object.keys(LIMITS) as LimitName[])),
      part: fc.double({ min: 0, max: 1.2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(anyUse), (parts) => {
        const uses = parts.map(({ limit, part }) => ({ limit, used: part * LIMITS[limit].most, stack: 'A' }));
        const { fullest, tight } = headroomOf([], uses);
        expect(new Set(fullest.map(({ limit }) => limit)).size).toBe(fullest.length);
        expect(fullest.map(fullness)).toEqual(fullest.map(fullness).sort((a, b) => b - a));
        for (const use of uses) {
          const top = fullest.find(({ limit }) => limit === use.limit);
          expect(top && top.used >= use.used).toBe(true);
          expect(tight.includes(use)).toBe(fullness(use) >= 0.9);
        }
      }),
    );
  });
});
