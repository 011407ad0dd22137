/** Random policies and requests over a small world, so that they often meet. */
import fc from 'fast-check';
import type { CallerInput } from '../../lib/iam/caller';
import type { Scenario } from './scenario';

const OURS = '111111111111';
const THEIRS = '222222222222';
const BUCKET = 'arn:aws:s3:::data';
const KEY = `arn:aws:kms:eu-west-2:${OURS}:key/k1`;
const POINT = `arn:aws:s3:eu-west-2:${OURS}:accesspoint/point`;

const from = fc.constantFrom;
const some = <Value>(arbitrary: fc.Arbitrary<Value>, most = 2) =>
  fc.oneof(arbitrary, fc.array(arbitrary, { minLength: 1, maxLength: most }));

const callers: readonly CallerInput[] = [
  ...[OURS, THEIRS].flatMap((account): CallerInput[] => [
    { type: 'user', arn: `arn:aws:iam::${account}:user/team/ann` },
    { type: 'role', arn: `arn:aws:iam::${account}:role/reader`, session: 's1' },
    { type: 'role', arn: `arn:aws:iam::${account}:role/deep/writer`, session: 's2' },
    { type: 'root', arn: `arn:aws:iam::${account}:root` },
  ]),
  { type: 'role', arn: `arn:aws:iam::${OURS}:role/aws-service-role/x.amazonaws.com/linked`, session: 's1' },
  { type: 'service', service: 'events.amazonaws.com' },
];

const principalNames = [OURS, THEIRS].flatMap((account) => [
  account,
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${account}:user/team/ann`,
  `arn:aws:iam::${account}:role/reader`,
  `arn:aws:iam::${account}:role/deep/writer`,
  `arn:aws:sts::${account}:assumed-role/reader/s1`,
]);
const principal = fc.oneof(
  fc.constant('*' as const),
  some(from('*', ...principalNames)).map((AWS) => ({ AWS })),
  fc.constant({ Service: 'events.amazonaws.com' }),
);
/** Lists that spare a caller wholly or not at all; those between are not judged. */
const notPrincipal = from(
  { AWS: ['arn:aws:iam::333333333333:root'] },
  { AWS: [`arn:aws:iam::${OURS}:role/reader`, OURS] },
  { AWS: [`arn:aws:iam::${THEIRS}:user/team/ann`, `arn:aws:iam::${THEIRS}:root`] },
);

const texts = from('a', 'A', 'b', 'a/b', 'other', 'false', '');
const variable = (name: string) => `$\{${name}}`;
const patterns = from(
  ...['a', 'A', 'a*', '?', '*', 'b', 'a/?'],
  variable('aws:PrincipalIsAWSService'),
  variable("aws:PrincipalTag/none, 'b'"),
);
const plainTexts = from('a', 'A', 'b', 'a/b', 'other', '');
const arns = from(
  `arn:aws:iam::${OURS}:role/reader`,
  `arn:aws:iam::${OURS}:role/deep/writer`,
  `arn:aws:iam::${THEIRS}:root`,
);
const arnPatterns = fc.oneof(
  arns,
  from(`arn:aws:iam::${OURS}:role/*`, 'arn:aws:iam::*:role/reader', 'arn:aws:*::*:*'),
  // Shorter than an ARN is.
  from('arn:aws:iam::*', 'arn:aws:*:role/reader', 'arn:*'),
);
const arnsAndOthers = fc.oneof(
  { weight: 4, arbitrary: arns },
  { weight: 1, arbitrary: from('reader', 'role/reader') },
);
const numbers = from('1', '1.2', '1.3', '10', '-1');
const numbersAndOthers = fc.oneof({ weight: 4, arbitrary: numbers }, { weight: 1, arbitrary: from('ten') });
const dates = from('2027-01-01T00:00:00Z', '2027-06-01', '2027-06-01T00:00:00+01:00', '2028-01-01T00:00Z');
const addresses = from('10.0.0.1', '10.0.1.1', '192.0.2.7');
const ranges = from('10.0.0.0/24', '10.0.0.0/8', '192.0.2.7', '192.0.2.0/31');
const bytes = from('YQ==', 'Yg==', 'YWI=');

interface Family {
  readonly operators: readonly string[];
  readonly keys: readonly string[];
  readonly wanted: fc.Arbitrary<string>;
  readonly actual: fc.Arbitrary<string>;
}

const families: readonly Family[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    keys: ['aws:PrincipalTag/team'],
    wanted: plainTexts,
    actual: texts,
  },
  {
    operators: ['StringLike', 'StringNotLike'],
    keys: ['aws:PrincipalTag/team'],
    wanted: patterns,
    actual: texts,
  },
  {
    operators: ['StringEquals', 'StringNotEquals'],
    keys: ['aws:PrincipalAccount'],
    wanted: from(OURS, THEIRS),
    actual: texts,
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['aws:SourceArn', 'AWS:principalarn'],
    wanted: arnPatterns,
    actual: arnsAndOthers,
  },
  {
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (each) => `Numeric${each}`,
    ),
    keys: ['aws:MultiFactorAuthAge'],
    wanted: numbers,
    actual: numbersAndOthers,
  },
  {
    operators: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
      (each) => `Date${each}`,
    ),
    keys: ['aws:CurrentTime'],
    wanted: dates,
    actual: dates,
  },
  {
    operators: ['Bool'],
    keys: ['aws:SecureTransport'],
    wanted: from('true', 'false'),
    actual: from('true', 'false'),
  },
  { operators: ['BinaryEquals'], keys: ['x:bytes'], wanted: bytes, actual: bytes },
  { operators: ['IpAddress', 'NotIpAddress'], keys: ['aws:SourceIp'], wanted: ranges, actual: addresses },
];

const lists = families.slice(0, 2).map((family) => ({ ...family, keys: ['aws:PrincipalOrgPaths'] }));

const condition = fc.oneof(
  {
    weight: 4,
    arbitrary: from(...families).chain((family) => test(family, from('', ''), from('', 'IfExists'))),
  },
  {
    weight: 2,
    // ForAnyValue with IfExists is not judged where the key is absent.
    arbitrary: from(...lists).chain((family) =>
      fc.oneof(
        test(family, from('ForAllValues:'), from('', 'IfExists')),
        test(family, from('ForAnyValue:'), from('')),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        from('aws:PrincipalTag/team', 'aws:PrincipalOrgPaths', 'aws:MultiFactorAuthAge'),
        from('true', 'false'),
      )
      .map(([key, value]): Readonly<Record<string, unknown>> => ({ Null: { [key]: value } })),
  },
);

function test(family: Family, prefix: fc.Arbitrary<string>, suffix: fc.Arbitrary<string>) {
  return fc
    .tuple(prefix, from(...family.operators), suffix, from(...family.keys), some(family.wanted, 3))
    .map(
      ([before, operator, after, key, values]): Readonly<Record<string, unknown>> => ({
        [`${before}${operator}${after}`]: { [key]: values },
      }),
    );
}

const conditions = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: condition.map((Condition) => ({ Condition })) },
  {
    weight: 1,
    arbitrary: fc.tuple(condition, condition).map(([one, two]) => ({ Condition: { ...one, ...two } })),
  },
);

const values: fc.Arbitrary<Record<string, string | string[]>> = fc.record(
  {
    'aws:PrincipalTag/team': texts,
    'aws:PrincipalOrgPaths': fc.array(texts, { maxLength: 2 }),
    'aws:SourceArn': arnsAndOthers,
    'aws:MultiFactorAuthAge': numbersAndOthers,
    'aws:CurrentTime': dates,
    'aws:SecureTransport': from('true', 'false'),
    'x:bytes': bytes,
    'aws:SourceIp': addresses,
  },
  { requiredKeys: [] },
);

const actions = ['s3:GetObject', 's3:PutObject', 's3:GetObjectTagging', 'kms:Decrypt', 'sts:AssumeRole'];
const actionPatterns = from(
  '*',
  's3:*',
  'S3:getobject',
  's3:Get*',
  's3:???Object',
  'kms:*',
  'sts:AssumeRole',
  ...actions,
);
const resources = [
  `${BUCKET}/a`,
  `${BUCKET}/b/c`,
  BUCKET,
  KEY,
  `arn:aws:iam::${OURS}:role/reader`,
  `${POINT}/object/a`,
];
const resourcePatterns = from(
  '*',
  `${BUCKET}/*`,
  `${BUCKET}*`,
  'arn:aws:s3:::*/?',
  `${POINT}/object/*`,
  `arn:aws:kms:*:${OURS}:key/*`,
  ...resources,
);

type Statement = Readonly<Record<string, unknown>>;

const either = (name: string, values: fc.Arbitrary<string>) =>
  fc
    .tuple(from(name, name, name, `Not${name}`), some(values))
    .map(([element, value]): Statement => ({ [element]: value }));

function statement(more: fc.Arbitrary<Statement>, effects: readonly string[] = ['Allow', 'Allow', 'Deny']) {
  return fc
    .tuple(from(...effects), either('Action', actionPatterns), conditions, more)
    .map((parts): Statement => ({ ...parts[1], ...parts[2], ...parts[3], Effect: parts[0] }));
}

const resource = either('Resource', resourcePatterns);
const everywhere: fc.Arbitrary<Statement> = fc.constant({ Resource: '*' });
const whom: fc.Arbitrary<Statement> = principal.map((Principal) => ({ Principal }));
const both = (one: fc.Arbitrary<Statement>, two: fc.Arbitrary<Statement>) =>
  fc.tuple(one, two).map(([left, right]): Statement => ({ ...left, ...right }));

const document = (statements: fc.Arbitrary<Statement>, most = 3) =>
  fc
    .array(statements, { minLength: 1, maxLength: most })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));

const wide: fc.Arbitrary<Statement> = fc.constant({ Effect: 'Allow', Action: '*', Resource: '*' });
const ofIdentity = document(fc.oneof(statement(resource), wide));
const sparing = statement(
  both(
    notPrincipal.map((NotPrincipal): Statement => ({ NotPrincipal })),
    resource,
  ),
  ['Deny'],
);
const ofResource = document(
  fc.oneof({ weight: 6, arbitrary: statement(both(whom, resource)) }, { weight: 1, arbitrary: sparing }),
);
const ofKey = document(statement(both(whom, everywhere)));
const trust = document(statement(whom));
const ofResources = document(
  fc
    .tuple(from('sts:*', 's3:*', 's3:GetObject', 'kms:Decrypt'), conditions)
    .map(([Action, rest]): Statement => ({ Effect: 'Deny', Principal: '*', Action, Resource: '*', ...rest })),
);

const target = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      action: from('s3:GetObject', 's3:PutObject'),
      resource: from(`${BUCKET}/a`, `${BUCKET}/b/c`),
      kind: from('bucket' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      action: from('s3:GetObject'),
      resource: from(`${BUCKET}/a`),
      kind: from('point' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ action: from('kms:Decrypt'), resource: from(KEY), kind: from('key' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      action: from('sts:AssumeRole'),
      resource: from(`arn:aws:iam::${OURS}:role/reader`),
      kind: from('trust' as const),
    }),
  },
);

/** Any scenario of the small world. */
export const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    caller: from(...callers),
    target,
    context: values,
    identity: fc.array(ofIdentity, { maxLength: 2 }),
    boundary: fc.option(ofIdentity, { nil: undefined, freq: 3 }),
    session: fc.option(ofIdentity, { nil: undefined, freq: 3 }),
    serviceControl: fc.option(
      fc.array(fc.array(ofIdentity, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
      { nil: undefined, freq: 3 },
    ),
    resourceControl: fc.option(fc.array(ofResources, { maxLength: 1 }), { nil: undefined, freq: 3 }),
    bucket: fc.option(ofResource, { nil: undefined, freq: 5 }),
    point: ofResource,
    key: ofKey,
    trust,
    managementAccount: from(OURS, '999999999999', '999999999999'),
  })
  .map(
    ({
      target: { kind, ...asked },
      caller,
      context,
      session,
      bucket,
      point,
      key,
      trust: trusted,
      ...others
    }): Scenario => ({
      request: {
        caller,
        ...asked,
        context,
        resourceAccount: OURS,
        ...(kind === 'point' && { accessPoint: POINT }),
      },
      policies: strip({
        ...others,
        session: session && [session],
        ...(kind === 'key' ? { key } : kind === 'trust' ? { trust: trusted } : { bucket }),
        ...(kind === 'point' && { accessPoint: point }),
      }),
    }),
  );

function strip<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Value;
}
