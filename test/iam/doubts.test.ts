/** That what is not modelled, or not documented, is not judged: never “safe”, and never “allowed”. */
import { decide } from '../../lib/iam/decide';
import { environmentOf } from '../../lib/iam/environment';
import { compile } from '../../lib/iam/policy';
import { requestOf } from '../../lib/iam/request';
import { environmentIn, requestIn, type Scenario } from './scenario';

const variable = (name: string) => `$\{${name}}`;

const OWNER = '111122223333';
const OBJECT = 'arn:aws:s3:::bucket/key';
const ask = {
  caller: { type: 'user', arn: `arn:aws:iam::${OWNER}:user/alice` },
  action: 's3:GetObject',
  resource: OBJECT,
  resourceAccount: OWNER,
} as const;
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

function decided(policies: Scenario['policies'], request: Partial<Scenario['request']> = {}) {
  const scenario = { request: { ...ask, ...request }, policies } as Scenario;
  return decide(requestIn(scenario), environmentIn(scenario));
}

const DOUBTFUL: readonly (readonly [what: string, statement: unknown, doubt: RegExp])[] = [
  ['an unknown operator', { ...allow, Condition: { StringIs: { 'aws:username': 'alice' } } }, /StringIs/],
  [
    'an operator in another case',
    { ...allow, Condition: { stringEquals: { 'aws:username': 'alice' } } },
    /stringEquals/,
  ],
  [
    'Null with IfExists',
    { ...allow, Condition: { NullIfExists: { 'aws:username': 'true' } } },
    /NullIfExists/,
  ],
  [
    'Null of something else',
    { ...allow, Condition: { Null: { 'aws:username': 'maybe' } } },
    /neither true nor false/,
  ],
  [
    'a condition without values',
    { ...allow, Condition: { StringEquals: { 'aws:username': [] } } },
    /has no value/,
  ],
  [
    'a number that is none',
    { ...allow, Condition: { NumericEquals: { 'aws:username': 'x' } } },
    /cannot compare/,
  ],
  [
    'a day that there is not',
    { ...allow, Condition: { DateLessThan: { 'aws:username': '2027-02-30' } } },
    /cannot compare/,
  ],
  [
    'a range that is none',
    { ...allow, Condition: { IpAddress: { 'aws:username': '10.0.0.0/33' } } },
    /no IP address/,
  ],
  [
    'an address of version 6 without a length',
    { ...allow, Condition: { IpAddress: { 'aws:username': '2001:db8::1' } } },
    /no IP address/,
  ],
  ['a variable without an end', { ...allow, Resource: 'arn:aws:s3:::bucket/${aws:username' }, /has no end/],
  [
    'a variable that is none',
    { ...allow, Resource: `arn:aws:s3:::bucket/${variable('user')}` },
    /no policy variable/,
  ],
  [
    'a variable in the account',
    { ...allow, Resource: `arn:aws:iam::${variable('aws:PrincipalAccount')}:x` },
    /before the last part/,
  ],
  ['an unknown element', { ...allow, Conditon: { StringEquals: { 'aws:username': 'bob' } } }, /Conditon/],
  ['an unknown effect', { ...allow, Effect: 'allow' }, /neither Allow nor Deny/],
  ['a Principal in an identity policy', { ...allow, Principal: '*' }, /has no place/],
  ['Action beside NotAction', { ...allow, NotAction: 'ec2:*' }, /exclude each other/],
  ['no Resource', { Effect: 'Allow', Action: 's3:GetObject' }, /there is no Resource/],
  ['an action without a service', { ...allow, Action: 'GetObject' }, /not an action/],
  ['a service with wildcards', { ...allow, Action: 's*:GetObject' }, /not an action/],
  ['a resource that is no ARN', { ...allow, Resource: 'bucket/*' }, /not an ARN/],
  [
    'wildcards for the service in a resource',
    { ...allow, Resource: 'arn:aws:*:::bucket/*' },
    /how its Resource compares/,
  ],
  [
    'a list without a set operator',
    { ...allow, Condition: { StringEquals: { 'aws:PrincipalOrgPaths': 'x' } } },
    /compares with the request/,
  ],
  [
    'ForAnyValue with IfExists of an absent key',
    { ...allow, Condition: { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'x' } } },
    /compares with the request/,
  ],
  ['an action that is a number', { ...allow, Action: 7 }, /Action is neither/],
  ['a resource that is a number', { ...allow, Resource: 7 }, /Resource is neither/],
  ['a statement that is a text', 'Allow', /not an object/],
];

describe.each(DOUBTFUL)('%s', (_what, statement, doubt) => {
  const context = { 'aws:PrincipalOrgPaths': ['x', 'y'] };

  it('is not judged, with the reason', () => {
    const { verdict, doubts } = decided({ identity: [policy(statement)] }, { context });
    expect([verdict, doubts.join('; ')]).toEqual(['not judged', expect.stringMatching(doubt)]);
  });

  it('does not hide a denial that is certain', () => {
    const deny = { Effect: 'Deny', Action: '*', Resource: '*' };
    expect(decided({ identity: [policy(statement, deny)] }, { context }).verdict).toBe('explicitly denied');
  });
});

it.each<[string, unknown, RegExp]>([
  ['an unknown version', { Version: '2020-01-01', Statement: [allow] }, /2020-01-01/],
  ['an unknown element', { Version: '2012-10-17', Statements: [], Statement: [allow] }, /Statements/],
  ['no statement', { Version: '2012-10-17' }, /no Statement/],
  ['a policy that is a text', JSON.stringify(policy(allow)), /not an object/],
])('does not judge a policy with %s', (_what, document, doubt) => {
  const { verdict, doubts } = decided({ identity: [document] });
  expect([verdict, doubts.join('; ')]).toEqual(['not judged', expect.stringMatching(doubt)]);
});

it('does not judge a Deny that may or may not reach', () => {
  const deny = { ...allow, Effect: 'Deny', Condition: { StringIs: { 'aws:username': 'alice' } } };
  expect(decided({ identity: [policy(allow, deny)] }).verdict).toBe('not judged');
});

it('does not judge a negated comparison with a variable that has no value', () => {
  const deny = {
    ...allow,
    Effect: 'Deny',
    Condition: { StringNotEquals: { 'aws:username': variable('aws:PrincipalTag/owner') } },
  };
  expect(decided({ identity: [policy(allow, deny)] }).verdict).toBe('not judged');
});

it.each([
  ['a canonical user', { CanonicalUser: '79a59df900b949e5' }],
  ['a unique id', { AWS: 'AROA4KJY2TU23Y7NK62MV' }],
  ['everybody of a service', { Service: '*' }],
])('does not judge a Principal that is %s', (_what, Principal) => {
  expect(decided({ bucket: policy({ ...allow, Principal }) }).verdict).toBe('not judged');
});

it.each([
  ['null', null],
  ['a list', [{ AWS: '*' }]],
  ['a text', 'everybody'],
  ['empty', {}],
])('does not judge a Principal that is %s', (_what, Principal) => {
  expect(decided({ bucket: policy({ ...allow, Principal }) }).verdict).toBe('not judged');
});

it('does not judge a match beside a variable that has no value, since the statement may be invalid', () => {
  const values = [variable('aws:PrincipalTag/none'), 'alice'];
  const verdict = (change: object) => decided({ identity: [policy({ ...allow, ...change })] }).verdict;
  expect(verdict({ Condition: { StringEquals: { 'aws:username': values } } })).toBe('not judged');
  expect(verdict({ Condition: { StringEquals: { 'aws:username': [values[0], 'bob'] } } })).toBe(
    'implicitly denied',
  );
  expect(verdict({ Resource: [`arn:aws:s3:::bucket/${values[0]}`, OBJECT] })).toBe('not judged');
  expect(verdict({ Resource: [`arn:aws:s3:::bucket/${values[0]}`, 'arn:aws:s3:::other'] })).toBe(
    'implicitly denied',
  );
  const { Resource: _, ...anywhere } = allow;
  const but = policy({
    ...anywhere,
    NotResource: [`arn:aws:s3:::bucket/${values[0]}`, 'arn:aws:s3:::other'],
  });
  expect(decided({ identity: [but] }).verdict).toBe('not judged');
});

it('does not judge a variable whose value holds a wildcard, where wildcards count', () => {
  const context = { 'aws:PrincipalTag/team': '*' };
  const verdict = (operator: string) => {
    const Condition = { [operator]: { 'aws:username': variable('aws:PrincipalTag/team') } };
    return decided({ identity: [policy({ ...allow, Condition })] }, { context }).verdict;
  };
  expect(verdict('StringLike')).toBe('not judged');
  expect(verdict('StringEquals')).toBe('implicitly denied');
});

it.each([
  ['s3:GetObject', OBJECT, 'allowed'],
  ['kms:Decrypt', `arn:aws:kms:eu-west-2:${OWNER}:key/k`, 'implicitly denied'],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-2:${OWNER}:q`, 'not judged'],
])('takes %s without a signature only where AWS says so', (action, at, expected) => {
  const resource = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
  const request = { caller: { type: 'anonymous' }, action, resource: at } as const;
  expect(decided({ resource }, request).verdict).toBe(expected);
});

it('knows that an origin access identity is nobody who calls', () => {
  const Principal = { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' };
  expect(decided({ bucket: policy({ ...allow, Principal }) }).verdict).toBe('implicitly denied');
});

it.each([
  [
    'allows what is less than all',
    { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
    'not judged',
  ],
  [
    'allows on a condition',
    { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: {} },
    'not judged',
  ],
  [
    'names a principal',
    { Effect: 'Deny', Principal: { AWS: OWNER }, Action: 's3:*', Resource: '*' },
    'not judged',
  ],
  ['has NotAction', { Effect: 'Deny', Principal: '*', NotAction: 'sts:*', Resource: '*' }, 'not judged'],
  ['is AWS’s own', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }, 'allowed'],
])('takes a resource control policy that %s for what it is', (_what, rule, expected) => {
  const { verdict } = decided({ identity: [policy(allow)], resourceControl: [policy(rule)] });
  expect(verdict).toBe(expected);
});

it('does not judge a key without its policy', () => {
  const { verdict, doubts } = decided(
    { identity: [policy({ Effect: 'Allow', Action: '*', Resource: '*' })] },
    { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-2:${OWNER}:key/k` },
  );
  expect([verdict, doubts.join()]).toEqual(['not judged', expect.stringMatching(/always has a policy/)]);
});

it('asks a key to name its callers, whatever kind its policy is said to be', () => {
  const resource = policy({ ...allow, Action: 'kms:*', Principal: { AWS: '444455556666' } });
  const identity = [policy({ Effect: 'Allow', Action: '*', Resource: '*' })];
  const request = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-2:${OWNER}:key/k` };
  expect(decided({ identity, resource }, request).verdict).toBe('implicitly denied');
});

it('gives a decision as plain data, with its reasons', () => {
  expect(JSON.parse(JSON.stringify(decided({ identity: [policy({ ...allow, Sid: 'Read' })] })))).toEqual({
    verdict: 'allowed',
    by: [{ policy: 'identity 1', statement: 0, sid: 'Read' }],
    missing: [],
    doubts: [],
  });
});

it('does not judge whether resource control policies reach a service that it does not know', () => {
  const rule = { Effect: 'Deny', Principal: '*', Action: 'ec2:*', Resource: '*' };
  const request = { action: 'ec2:RunInstances', resource: `arn:aws:ec2:eu-west-2:${OWNER}:instance/i` };
  const policies = { identity: [policy({ ...allow, Action: '*' })], resourceControl: [policy(rule)] };
  expect(decided(policies, request).verdict).toBe('not judged');
  expect(decided(policies).verdict).toBe('allowed');
});

it('does not judge whether a silent boundary limits a grant', () => {
  const key = `arn:aws:kms:eu-west-2:${OWNER}:key/k`;
  const grants = [{ name: 'g', key, grantee: ask.caller.arn, operations: ['Decrypt'] }];
  const policies = { key: policy({ ...allow, Action: 'kms:List*', Principal: { AWS: OWNER } }), grants };
  const request = { action: 'kms:Decrypt', resource: key };
  expect(decided(policies, request).verdict).toBe('allowed');
  expect(decided({ ...policies, boundary: policy(allow) }, request).verdict).toBe('not judged');
});

it('does not judge a Deny that speaks of a bucket by one of its names only', () => {
  const accessPoint = `arn:aws:s3:eu-west-2:${OWNER}:accesspoint/p`;
  const open = policy({ ...allow, Principal: '*' });
  const deny = (Resource: string) => policy(allow, { Effect: 'Deny', Action: '*', Resource });
  const verdict = (Resource: string) =>
    decided({ bucket: open, accessPoint: open, identity: [deny(Resource)] }, { accessPoint }).verdict;
  expect(verdict('arn:aws:s3:::other/*')).toBe('allowed');
  expect(verdict('arn:aws:s3:::bucket/*')).toBe('not judged');
  expect(verdict('*')).toBe('explicitly denied');
});

describe('what contradicts itself is refused', () => {
  it.each<[string, object, RegExp]>([
    [
      'a resource of another account',
      { resource: `arn:aws:sqs:eu-west-2:444455556666:q` },
      /is not of account/,
    ],
    ['a resource of nobody', { resourceAccount: undefined }, /say which account/],
    [
      'a key that follows from the caller',
      { context: { 'aws:PrincipalArn': 'arn:aws:iam::1:root' } },
      /follows from the request/,
    ],
    ['one key twice', { context: { 'aws:SourceIp': '10.0.0.1', 'AWS:sourceip': '10.0.0.2' } }, /given twice/],
    ['an action with wildcards', { action: 's3:Get*' }, /not an action/],
    [
      'a user that is a role',
      { caller: { type: 'user', arn: `arn:aws:iam::${OWNER}:role/x` } },
      /not the ARN of a user/,
    ],
    [
      'an access point of a key',
      {
        accessPoint: `arn:aws:s3:eu-west-2:${OWNER}:accesspoint/p`,
        resource: `arn:aws:kms:eu-west-2:${OWNER}:key/k`,
      },
      /not the ARN of a bucket/,
    ],
    [
      'an access point that is none',
      { accessPoint: 'arn:aws:s3:::bucket' },
      /not the ARN of an access point/,
    ],
  ])('%s', (_what, change, message) => {
    expect(() => requestOf({ ...ask, ...change } as Parameters<typeof requestOf>[0])).toThrow(message);
  });

  it('a policy in the place of another kind', () => {
    const identity = compile(policy(allow), { kind: 'identity', name: 'mine' });
    expect(() => environmentOf({ boundary: identity })).toThrow(/'mine' was compiled as identity/);
    expect(() => environmentOf({ resource: identity })).toThrow(/belongs elsewhere/);
  });
});
