/** That our stacks work out what stands for other values just as the CDK’s own stack does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aws, CfnOutput, CfnResource, Fn, Lazy, RemovalPolicy, Stack, Tags, Token } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { policyProperty } from '../../lib/constructs/plain-policy';
import { ConcordatStack } from '../../lib/stacks/concordat-stack';

class Ours extends ConcordatStack {}

const folder = mkdtempSync(join(tmpdir(), 'concordat-resolution-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stack = new Ours(new App({ outdir: folder, analyticsReporting: false }), 'Stack');
const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
const byTheCdk = (value: unknown): unknown => Stack.prototype.resolve.call(stack, value);

/** Each way in which a value can stand for another. */
const STAND_INS: readonly unknown[] = [
  topic.ref,
  topic.logicalId,
  topic.getAtt('TopicArn'),
  `${topic.getAtt('TopicName')} in ${Aws.REGION} of ${stack.account}`,
  Fn.split(',', topic.ref),
  Token.asNumber(topic.getAtt('Count')),
  `${Token.asNumber(Lazy.number({ produce: () => 4 }))} times`,
  Lazy.any({ produce: () => ({ late: topic.ref, left: undefined }) }),
  Lazy.any({ produce: () => [] }, { omitEmptyArray: true }),
  Lazy.string({ produce: () => Lazy.string({ produce: () => topic.ref }) }),
  new Date('2027-01-31T00:00:00Z'),
];

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...STAND_INS),
    fc.constantFrom(null, undefined, true, 0, -1e300, 1.5, '', 'Token[', '#{Token[', 'e+289'),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    tie('value').map((value) => ({ [Lazy.string({ produce: () => 'named late' })]: value })),
  ),
})).value;

test('any value, of whatever stands for another in it', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(stack.resolve(value)).toStrictEqual(byTheCdk(value));
    }),
  );
});

const circle: { again?: unknown } = {};
circle.again = circle;

test.each([
  ['what has itself in it', circle],
  ['a construct', topic.node],
  ['a function', () => topic.ref],
  ['a map with a name that only AWS knows', { [topic.ref]: 1 }],
])('what the CDK refuses is refused in its words: %s', (_, value) => {
  const wordsOf = (resolve: (given: unknown) => unknown) => {
    try {
      return resolve({ value });
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(wordsOf((given) => stack.resolve(given))).toEqual(wordsOf(byTheCdk));
});

class Instance {
  readonly Kept = 1;
  readonly Gone = undefined;
}

/** What an override may be given: what is undefined in it takes away what stood there. */
const TAKES_AWAY: readonly unknown[] = [
  { Kept: 1, Gone: undefined },
  Lazy.any({ produce: () => ({ Kept: 1, Gone: undefined }) }),
  { Within: Lazy.any({ produce: () => ({ Kept: topic.ref, Gone: undefined }) }) },
  new Instance(),
  [undefined, 1],
];

test.each(TAKES_AWAY)('an override that takes away, in a form of its own: %#', (override) => {
  const resource = new CfnResource(stack, `Overridden${TAKES_AWAY.indexOf(override)}`, {
    type: 'AWS::SNS::Topic',
    properties: { Of: { Gone: 'stood there', Within: { Gone: 'stood there' } } },
  });
  resource.addPropertyOverride('Of', override);
  const written = (resource as unknown as { _toCloudFormation(): object })._toCloudFormation();
  expect(stack.resolve(written)).toStrictEqual(byTheCdk(written));
});

test('an override of one resource leaves the policy that it shares with others', () => {
  const policy = {
    Version: '2012-10-17' as const,
    Statement: [{ Sid: 'Reads', Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }],
  };
  const before = JSON.stringify(policy);
  const [one, other] = ['One', 'Other'].map(
    (id) => new CfnRole(stack, id, { assumeRolePolicyDocument: policyProperty(policy) }),
  );
  one?.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Effect', 'Deny');
  const written = [one, other].map((each) =>
    (each as unknown as { _toCloudFormation(): object })._toCloudFormation(),
  );
  expect(written.map((each) => stack.resolve(each))).toStrictEqual(written.map(byTheCdk));
  expect(JSON.stringify(policy)).toBe(before);
});

test.each([
  ['an object', Fn.getAtt('Topic', 'TopicArn')],
  ['what is worked out late', Lazy.any({ produce: () => topic.ref })],
  ['a number', Token.asNumber(topic.getAtt('Count'))],
  ['a text', topic.ref],
  ['a list with nothing at one place', [undefined, topic.ref]],
  ['a list with nothing at one place, and else plain', [undefined, '*']],
])('a policy with a stand-in is written with what it stands for: %s', (_, Resource) => {
  const policy = {
    Version: '2012-10-17' as const,
    Statement: [{ Sid: 'Reads', Effect: 'Allow', Action: ['s3:GetObject'], Resource }],
  };
  expect(stack.resolve({ policy: policyProperty(policy) })).toStrictEqual({ policy: byTheCdk(policy) });
});

/** A template with each part that the CDK writes of a resource, and what stands beside resources. */
function templateOf(Kind: typeof Stack | typeof Ours): string {
  const outdir = join(folder, Kind.name);
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  const made = new Kind(app, 'Made', { description: 'Made' });
  const bucket = new CfnBucket(made, 'Bucket', {
    bucketName: 'bucket',
    lifecycleConfiguration: { rules: [{ status: 'Enabled', expirationDate: new Date('2027-01-31') }] },
    tags: [],
  });
  bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
  bucket.addPropertyOverride('VersioningConfiguration.Status', 'Enabled');
  bucket.addDeletionOverride('Properties.BucketName');
  const policy = {
    Version: '2012-10-17' as const,
    Statement: [{ Sid: 'Reads', Effect: 'Allow', Action: ['s3:GetObject'], Resource: '*' }],
  };
  const ofBucket = {
    ...policy,
    Statement: [{ ...policy.Statement[0], Sid: 'Refers', Resource: bucket.attrArn }],
  };
  const role = new CfnRole(made, 'Role', {
    assumeRolePolicyDocument: policyProperty(policy),
    policies: [{ policyName: 'refers', policyDocument: policyProperty(ofBucket) }],
  });
  role.addResourceDependency(bucket);
  role.addMetadata('Concordat', { of: bucket.ref, nothing: undefined });
  new CfnOutput(made, 'Output', { value: `${role.attrArn} of ${Aws.PARTITION}` });
  Tags.of(made).add('whose', 'ours');
  app.synth();
  return readFileSync(join(outdir, 'Made.template.json'), 'utf8');
}

test('a whole template, byte for byte', () => {
  const template = templateOf(Ours);
  expect(template).toContain('"DependsOn"');
  expect(template).toEqual(templateOf(Stack));
});
