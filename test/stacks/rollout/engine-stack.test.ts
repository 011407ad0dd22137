/**
 * The engine of rollouts as it is synthesised: the definition that tests run, no finding, and rights that reach no further than they
 * must, judged by our model of IAM. Whatever widens one of its policies turns an answer.
 */
import { type Assembly, findingsOf, type TemplateResource } from '../../../lib/assembly';
import { rolloutDefinition } from '../../../lib/constructs/rollout-machine';
import { compile, decide, environmentOf, requestOf } from '../../../lib/iam';
import { documentsIn, misfitsIn } from '../../policy/reference/misfits';
import { isKnown } from '../assembly-documents';
import { engineAssembly } from './engine-sample';
import { ENGINE_ACCOUNT, PIPELINE } from './engine-setting';

let assembly: Assembly;
let resources: readonly TemplateResource[];
beforeAll(() => {
  assembly = engineAssembly();
  resources = Object.values(assembly.stacks[0]?.resources ?? {});
});
const ofType = (type: string) => resources.filter((each) => each.Type === type);

it('has the definition that the tests of the engine run, to the letter', () => {
  const [machine] = ofType('AWS::StepFunctions::StateMachine');
  expect(machine?.Properties?.DefinitionString).toBe(
    rolloutDefinition({
      functionArn: `arn:aws:lambda:eu-west-2:${ENGINE_ACCOUNT}:function:concordat-rollout-step`,
      bucket: `concordat-rollout-${ENGINE_ACCOUNT}-eu-west-2-an`,
      table: 'concordat-rollout',
      approval: 'every-rollout',
    }),
  );
});

it('has no finding of the rule packs that is not acknowledged', () => {
  const { open, packs } = findingsOf(assembly);
  expect(open).toEqual([]);
  expect(packs.join()).toMatch(/AwsSolutions.*NIST/);
});

it('tells the operator of a rollout that failed, was stopped or ran out of time', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => [
    Properties?.MetricName,
    Properties?.Dimensions,
    Properties?.Threshold,
  ]);
  const dimensions = [{ Name: 'StateMachineArn', Value: MACHINE }];
  expect(alarms).toEqual([
    ['ExecutionsFailed', dimensions, 1],
    ['ExecutionsAborted', dimensions, 1],
    ['ExecutionsTimedOut', dimensions, 1],
  ]);
  const [topic] = ofType('AWS::SNS::Topic');
  expect(topic?.Properties?.Subscription).toEqual([
    { Endpoint: expect.stringContaining('@'), Protocol: 'email' },
  ]);
});

it('has no action, key or kind of resource in a policy that AWS would not act on', async () => {
  const documents = documentsIn(whereKeyIs(resources), 'Rollout');
  expect(documents.length).toBeGreaterThan(8);
  const misfits = await misfitsIn(documents);
  // What a provider’s token claims has keys that bear the provider’s name, which no reference lists.
  const isClaim = ({ about }: { readonly about: string }) =>
    about.startsWith('token.actions.githubusercontent.com:');
  expect(misfits.filter((each) => !isKnown(each) && !isClaim(each))).toEqual([]);
});

type Role = 'step' | 'machine' | 'start' | 'approve';
type Answer = 'may' | 'may not';
interface Asked {
  readonly role: Role;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly owner?: string;
  readonly answer: Answer;
}
interface Statement {
  readonly Action: readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

const here = (service: string, rest: string) => `arn:aws:${service}:eu-west-2:${ENGINE_ACCOUNT}:${rest}`;
const BUCKET = `arn:aws:s3:::concordat-rollout-${ENGINE_ACCOUNT}-eu-west-2-an`;
const MACHINE = here('states', 'stateMachine:concordat-rollout');
const TABLE = here('dynamodb', 'table/concordat-rollout');
const FUNCTION = here('lambda', 'function:concordat-rollout-step');
const KEY = here('kms', 'key/11111111-2222-3333-4444-555555555555');
const LEEDS = '200000000001';
const roleIn = (account: string, role: string) =>
  `arn:aws:iam::${account}:role/cdk-concordat-${role}-role-${account}-eu-west-2`;
const FROM_CODE = { 'lambda:SourceFunctionArn': FUNCTION };
const TLS = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
const OURS = { 'aws:ResourceOrgID': 'o-example0000' };
const via = (service: string) => ({ 'kms:ViaService': `${service}.eu-west-2.amazonaws.com` });

const asked: Asked[] = [
  ...['orders/a/order.json', 'files/a.zip'].map(
    (key): Asked => ({
      role: 'step',
      action: 's3:GetObject',
      resource: `${BUCKET}/${key}`,
      context: { ...FROM_CODE, ...TLS },
      owner: ENGINE_ACCOUNT,
      answer: 'may',
    }),
  ),
  {
    role: 'step',
    action: 's3:GetObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'step',
    action: 's3:GetObject',
    resource: `${BUCKET}/other`,
    context: { ...FROM_CODE, ...TLS },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'step',
    action: 's3:PutObject',
    resource: `${BUCKET}/orders/a`,
    context: { ...FROM_CODE, ...TLS, 's3:if-none-match': '*' },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  ...['deploy', 'file-publishing'].map(
    (role): Asked => ({
      role: 'step',
      action: 'sts:AssumeRole',
      resource: roleIn(LEEDS, role),
      context: { ...FROM_CODE, ...OURS },
      answer: 'may',
    }),
  ),
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: OURS,
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: { ...FROM_CODE, 'aws:ResourceOrgID': 'o-stranger0000' },
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'cfn-exec'),
    context: { ...FROM_CODE, ...OURS },
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${LEEDS}:role/concordat/concordat-collect`,
    context: { ...FROM_CODE, ...OURS },
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'sts:TagSession',
    resource: roleIn(LEEDS, 'deploy'),
    context: { ...FROM_CODE, ...OURS },
    answer: 'may not',
  },
  { role: 'step', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may' },
  { role: 'step', action: 'kms:Decrypt', resource: KEY, context: via('dynamodb'), answer: 'may not' },
  { role: 'step', action: 'kms:GenerateDataKey', resource: KEY, context: via('s3'), answer: 'may not' },
  ...['CreateLogStream', 'PutLogEvents'].map(
    (each): Asked => ({
      role: 'step',
      action: `logs:${each}`,
      resource: here('logs', 'log-group:/aws/lambda/concordat-rollout-step:log-stream:a'),
      answer: 'may',
    }),
  ),
  {
    role: 'step',
    action: 'logs:PutLogEvents',
    resource: here('logs', 'log-group:/aws/lambda/other:log-stream:a'),
    answer: 'may not',
  },
  {
    role: 'step',
    action: 'logs:DeleteLogStream',
    resource: here('logs', 'log-group:/aws/lambda/concordat-rollout-step:log-stream:a'),
    answer: 'may not',
  },
  { role: 'step', action: 'states:SendTaskSuccess', resource: '*', answer: 'may not' },
  { role: 'machine', action: 'lambda:InvokeFunction', resource: FUNCTION, answer: 'may' },
  {
    role: 'machine',
    action: 'lambda:InvokeFunction',
    resource: here('lambda', 'function:other'),
    answer: 'may not',
  },
  { role: 'machine', action: 'lambda:UpdateFunctionCode', resource: FUNCTION, answer: 'may not' },
  {
    role: 'machine',
    action: 's3:GetObjectVersion',
    resource: `${BUCKET}/orders/a/waves/0.json`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may',
  },
  {
    role: 'machine',
    action: 's3:GetObjectVersion',
    resource: `${BUCKET}/files/a.zip`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'machine',
    action: 's3:GetObject',
    resource: `${BUCKET}/orders/a/waves/0.json`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  { role: 'machine', action: 'dynamodb:GetItem', resource: TABLE, answer: 'may' },
  { role: 'machine', action: 'dynamodb:PutItem', resource: TABLE, answer: 'may' },
  { role: 'machine', action: 'dynamodb:DeleteItem', resource: TABLE, answer: 'may not' },
  {
    role: 'machine',
    action: 'dynamodb:PutItem',
    resource: here('dynamodb', 'table/other'),
    answer: 'may not',
  },
  { role: 'machine', action: 'states:StartExecution', resource: MACHINE, answer: 'may' },
  {
    role: 'machine',
    action: 'states:StartExecution',
    resource: here('states', 'stateMachine:other'),
    answer: 'may not',
  },
  { role: 'machine', action: 'states:UpdateStateMachine', resource: MACHINE, answer: 'may not' },
  ...['DescribeExecution', 'StopExecution'].map(
    (each): Asked => ({
      role: 'machine',
      action: `states:${each}`,
      resource: here('states', 'execution:concordat-rollout:a'),
      answer: 'may',
    }),
  ),
  {
    role: 'machine',
    action: 'states:StopExecution',
    resource: here('states', 'execution:other:a'),
    answer: 'may not',
  },
  {
    role: 'machine',
    action: 'states:RedriveExecution',
    resource: here('states', 'execution:concordat-rollout:a'),
    answer: 'may not',
  },
  { role: 'machine', action: 'states:SendTaskSuccess', resource: '*', answer: 'may not' },
  {
    role: 'machine',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: OURS,
    answer: 'may not',
  },
  { role: 'machine', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may' },
  { role: 'machine', action: 'kms:Decrypt', resource: KEY, context: via('dynamodb'), answer: 'may' },
  { role: 'machine', action: 'kms:GenerateDataKey', resource: KEY, context: via('s3'), answer: 'may not' },
  ...['orders/a/order.json', 'files/a.zip'].map(
    (key): Asked => ({
      role: 'start',
      action: 's3:PutObject',
      resource: `${BUCKET}/${key}`,
      context: { ...TLS, 's3:if-none-match': '*' },
      owner: ENGINE_ACCOUNT,
      answer: 'may',
    }),
  ),
  {
    role: 'start',
    action: 's3:PutObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 's3:PutObject',
    resource: `${BUCKET}/other`,
    context: { ...TLS, 's3:if-none-match': '*' },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 's3:GetObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 's3:DeleteObject',
    resource: `${BUCKET}/orders/a`,
    context: TLS,
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
  { role: 'start', action: 'kms:GenerateDataKey', resource: KEY, context: via('s3'), answer: 'may' },
  {
    role: 'start',
    action: 'kms:GenerateDataKey',
    resource: KEY,
    context: via('dynamodb'),
    answer: 'may not',
  },
  { role: 'start', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may not' },
  { role: 'start', action: 'states:StartExecution', resource: MACHINE, answer: 'may' },
  {
    role: 'start',
    action: 'states:StartExecution',
    resource: here('states', 'stateMachine:other'),
    answer: 'may not',
  },
  {
    role: 'start',
    action: 'states:StopExecution',
    resource: here('states', 'execution:concordat-rollout:a'),
    answer: 'may not',
  },
  { role: 'start', action: 'states:DeleteStateMachine', resource: MACHINE, answer: 'may not' },
  { role: 'start', action: 'states:SendTaskSuccess', resource: '*', answer: 'may not' },
  {
    role: 'start',
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-approve`,
    answer: 'may not',
  },
  {
    role: 'start',
    action: 'sts:AssumeRole',
    resource: roleIn(LEEDS, 'deploy'),
    context: OURS,
    answer: 'may not',
  },
  ...['SendTaskSuccess', 'SendTaskFailure'].map(
    (each): Asked => ({ role: 'approve', action: `states:${each}`, resource: '*', answer: 'may' }),
  ),
  { role: 'approve', action: 'states:StartExecution', resource: MACHINE, answer: 'may not' },
  {
    role: 'approve',
    action: 'dynamodb:GetItem',
    resource: TABLE,
    context: { 'dynamodb:LeadingKeys': ['approval/a'] },
    answer: 'may',
  },
  {
    role: 'approve',
    action: 'dynamodb:GetItem',
    resource: TABLE,
    context: { 'dynamodb:LeadingKeys': ['Organisation-leeds'] },
    answer: 'may not',
  },
  {
    role: 'approve',
    action: 'dynamodb:GetItem',
    resource: here('dynamodb', 'table/other'),
    context: { 'dynamodb:LeadingKeys': ['approval/a'] },
    answer: 'may not',
  },
  {
    role: 'approve',
    action: 'dynamodb:PutItem',
    resource: TABLE,
    context: { 'dynamodb:LeadingKeys': ['approval/a'] },
    answer: 'may not',
  },
  { role: 'approve', action: 'kms:Decrypt', resource: KEY, context: via('dynamodb'), answer: 'may' },
  { role: 'approve', action: 'kms:Decrypt', resource: KEY, context: via('s3'), answer: 'may not' },
  {
    role: 'approve',
    action: 'kms:GenerateDataKey',
    resource: KEY,
    context: via('dynamodb'),
    answer: 'may not',
  },
  {
    role: 'approve',
    action: 's3:PutObject',
    resource: `${BUCKET}/orders/a`,
    context: { ...TLS, 's3:if-none-match': '*' },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
];

asked.push(
  ...(['step', 'machine', 'start', 'approve'] as const).map(
    (role): Asked => ({
      role,
      action: role === 'start' ? 'kms:GenerateDataKey' : 'kms:Decrypt',
      resource: `${KEY}2`,
      context: via(role === 'approve' ? 'dynamodb' : 's3'),
      answer: 'may not',
    }),
  ),
  { role: 'machine', action: 'kms:Decrypt', resource: KEY, context: via('sqs'), answer: 'may not' },
  {
    role: 'step',
    action: 's3:DeleteObject',
    resource: `${BUCKET}/orders/a`,
    context: { ...FROM_CODE, ...TLS },
    owner: ENGINE_ACCOUNT,
    answer: 'may not',
  },
);

const property = (type: string, name: string): Document => ofType(type)[0]?.Properties?.[name] as Document;
function roleOf(role: Role): { readonly permissions: Document; readonly trust: Document } {
  const found = ofType('AWS::IAM::Role').find(
    ({ Properties }) => Properties?.RoleName === `concordat-rollout-${role}`,
  );
  const [{ PolicyDocument = { Version: '', Statement: [] } } = {}] = (found?.Properties?.Policies ?? []) as {
    PolicyDocument?: Document;
  }[];
  return {
    permissions: whereKeyIs(PolicyDocument),
    trust: found?.Properties?.AssumeRolePolicyDocument as Document,
  };
}
/** The key and the topic get their ARNs from AWS. */
function whereKeyIs<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value)
      .replace(/\{"Fn::GetAtt":\["EngineKey[^\]]*\]\}/g, `"${KEY}"`)
      .replace(/\{"Ref":"EngineAlerts[^"]*"\}/g, `"${here('sns', 'concordat-security-alerts')}"`),
  ) as T;
}

function answerTo({ role, action, resource, context = {}, owner }: Asked, permissions: Document): Answer {
  const service = action.split(':')[0];
  const leavesItToRoles = (actions: string) => ({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: ENGINE_ACCOUNT },
      Action: actions,
      ...(actions !== 'sts:*' && { Resource: '*' }),
    },
  });
  // Keys and roles of other accounts have policies of their own: here it is the role’s own that is judged.
  const policy =
    service === 's3'
      ? compile(property('AWS::S3::BucketPolicy', 'PolicyDocument'), { kind: 'bucket', name: 'bucket' })
      : service === 'kms'
        ? compile(leavesItToRoles('kms:*'), { kind: 'key', name: 'any key' })
        : service === 'sts'
          ? compile(leavesItToRoles('sts:*'), { kind: 'trust', name: 'any role' })
          : undefined;
  const request = requestOf({
    caller: {
      type: 'role',
      arn: `arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-${role}`,
      session: 'a',
    },
    action,
    resource,
    context: context as Record<string, string>,
    ...(owner !== undefined && { resourceAccount: owner }),
  });
  const environment = environmentOf({
    identity: [compile(permissions, { kind: 'identity', name: role })],
    ...(policy && { resource: policy }),
  });
  return decide(request, environment).verdict === 'allowed' ? 'may' : 'may not';
}

it('lets each role do what it is for, and nothing else that is asked here', () => {
  const wrong = asked.filter((each) => answerTo(each, roleOf(each.role).permissions) !== each.answer);
  expect(wrong).toEqual([]);
});

/** Every document that says more, or less, than this one. */
function* mutants(document: Document): Generator<[what: string, mutant: Document]> {
  const { Statement: statements } = document;
  for (const [index, statement] of statements.entries()) {
    const put = (...instead: Statement[]): Document => ({
      ...document,
      Statement: [...statements.slice(0, index), ...instead, ...statements.slice(index + 1)],
    });
    const sid = String((statement as { Sid?: string }).Sid);
    yield [`${sid} is gone`, put()];
    for (const action of statement.Action)
      yield [
        `${sid} says any action like ${action}`,
        put({ ...statement, Action: [...statement.Action, action.replace(/:.*/, ':*')] }),
      ];
    if (statement.Resource !== '*' && JSON.stringify(statement.Resource) !== '["*"]')
      yield [`${sid} says any resource`, put({ ...statement, Resource: '*' })];
    for (const [operator, keys] of Object.entries(statement.Condition ?? {}))
      for (const key of Object.keys(keys)) {
        const { [key]: _, ...left } = keys;
        yield [
          `${sid} without ${key}`,
          put({ ...statement, Condition: { ...statement.Condition, [operator]: left } }),
        ];
      }
  }
}

it('has a key of which nobody outside its account, and no other service, has any use', () => {
  const key = compile(property('AWS::KMS::Key', 'KeyPolicy'), { kind: 'key', name: 'key' });
  const decrypts = (account: string, context: Record<string, string>) =>
    decide(
      requestOf({
        caller: { type: 'role', arn: `arn:aws:iam::${account}:role/any`, session: 'a' },
        action: 'kms:Decrypt',
        resource: KEY,
        context,
      }),
      environmentOf({
        resource: key,
        identity: [
          compile(
            { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } },
            { kind: 'identity', name: 'anything' },
          ),
        ],
      }),
    ).verdict;
  expect(decrypts(ENGINE_ACCOUNT, via('s3'))).toBe('allowed');
  for (const [account, context] of [
    [LEEDS, via('s3')],
    [ENGINE_ACCOUNT, via('sqs')],
    [ENGINE_ACCOUNT, {}],
  ] as const)
    expect(decrypts(account, context)).toBe('implicitly denied');
});

it.each<Role>(['step', 'machine', 'start', 'approve'])(
  'notices whatever widens or narrows what %s may do',
  (role) => {
    const own = asked.filter((each) => each.role === role);
    const unseen = [...mutants(roleOf(role).permissions)].filter(([, mutant]) =>
      own.every((each) => answerTo(each, mutant) === each.answer),
    );
    expect(unseen.map(([what]) => what)).toEqual([]);
  },
);

describe('who takes on its roles', () => {
  const takesOn = (
    role: Role,
    caller: Parameters<typeof requestOf>[0]['caller'],
    context: Record<string, string>,
    trust = roleOf(role).trust,
  ) =>
    decide(
      requestOf({
        caller,
        action: 'provider' in caller ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole',
        resource: `arn:aws:iam::${ENGINE_ACCOUNT}:role/concordat/concordat-rollout-${role}`,
        context,
      }),
      environmentOf({
        resource: compile(trust, { kind: 'trust', name: role }),
        identity: [
          compile(
            { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:*', Resource: '*' } },
            { kind: 'identity', name: 'anything' },
          ),
        ],
      }),
    ).verdict === 'allowed';
  const provider = `arn:aws:iam::${ENGINE_ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
  const token = (sub: string, aud = 'sts.amazonaws.com') => ({
    'token.actions.githubusercontent.com:sub': sub,
    'token.actions.githubusercontent.com:aud': aud,
  });
  const pipeline = { type: 'federated', provider } as const;
  const person = (name: string) =>
    ({ type: 'role', arn: `arn:aws:iam::${ENGINE_ACCOUNT}:role/${name}`, session: 'a' }) as const;

  it('is the one pipeline, to the letter, for the role that starts', () => {
    expect(takesOn('start', pipeline, token(PIPELINE))).toBe(true);
    for (const sub of [
      `${PIPELINE}2`,
      'repo:example/zone:ref:refs/heads/main',
      'repo:example/other:environment:production',
      '',
    ])
      expect([sub, takesOn('start', pipeline, token(sub))]).toEqual([sub, false]);
    expect(takesOn('start', pipeline, token(PIPELINE, 'another'))).toBe(false);
    expect(takesOn('start', { type: 'federated', provider: `${provider}.other` }, token(PIPELINE))).toBe(
      false,
    );
    expect(takesOn('start', person('security/second-person'), { 'sts:SourceIdentity': 'a.person' })).toBe(
      false,
    );
  });

  it('is whom the register declares, by name, for the role that approves: never the pipeline', () => {
    expect(takesOn('approve', person('security/second-person'), { 'sts:SourceIdentity': 'a.person' })).toBe(
      true,
    );
    expect(takesOn('approve', person('security/second-person'), {})).toBe(false);
    expect(
      takesOn('approve', person('concordat/concordat-rollout-start'), { 'sts:SourceIdentity': 'a.person' }),
    ).toBe(false);
    expect(takesOn('approve', pipeline, token(PIPELINE))).toBe(false);
  });

  it('is the service, for this machine and this account alone, for the other two', () => {
    const states = { type: 'service', service: 'states.amazonaws.com' } as const;
    const of = { 'aws:SourceAccount': ENGINE_ACCOUNT, 'aws:SourceArn': MACHINE };
    expect(takesOn('machine', states, of)).toBe(true);
    expect(takesOn('machine', states, { ...of, 'aws:SourceArn': `${MACHINE}2` })).toBe(false);
    expect(takesOn('machine', states, { ...of, 'aws:SourceAccount': LEEDS })).toBe(false);
    const lambda = { type: 'service', service: 'lambda.amazonaws.com' } as const;
    expect(takesOn('step', lambda, { 'aws:SourceAccount': ENGINE_ACCOUNT })).toBe(true);
    expect(takesOn('step', lambda, { 'aws:SourceAccount': LEEDS })).toBe(false);
    expect(takesOn('step', person('deployment'), {})).toBe(false);
  });
});
