/**
 * The engine of rollouts as it is synthesised: the definition that tests run, no finding, and rights that reach no further than they
 * must, judged by our model of IAM. Whatever widens one of its policies turns an answer.
 */
import { type Assembly, findingsOf, type TemplateResource } from '../../../lib/assembly';
import { rolloutDefinition } from '../../../lib/constructs/rollout/machine';
import { compile, decide, environmentOf, requestOf } from '../../../lib/iam';
import { costsOf } from '../../../lib/plan';
import { engineCost } from '../../../lib/rollout/engine-cost';
import { USUAL_TEMPO } from '../../../lib/rollout/forecast';
import { documentsIn, misfitsIn } from '../../policy/reference/misfits';
import { isKnown } from '../assembly-documents';
import { type Answer, ASKED, type Asked } from './engine-asked';
import {
  type Document,
  KEY,
  LEEDS,
  MACHINE,
  mutants,
  ofType,
  ROLES,
  roleOf,
  via,
  whereKeyIs,
} from './engine-policies';
import { engineAssembly } from './engine-sample';
import { ENGINE_ACCOUNT } from './engine-setting';

let assembly: Assembly;
let resources: readonly TemplateResource[];
beforeAll(() => {
  assembly = engineAssembly();
  resources = Object.values(assembly.stacks[0]?.resources ?? {});
});

it('has the definition that the tests of the engine run, to the letter', () => {
  const [machine] = ofType(resources, 'AWS::StepFunctions::StateMachine');
  expect(machine?.Properties?.DefinitionString).toBe(
    rolloutDefinition({
      functionArn: `arn:aws:lambda:eu-west-2:${ENGINE_ACCOUNT}:function:concordat-rollout-step`,
      bucket: `concordat-rollout-${ENGINE_ACCOUNT}-eu-west-2-an`,
      table: 'concordat-rollout',
      approval: 'every-rollout',
    }),
  );
});

it('costs each month what a dry run says before, as its template is priced', () => {
  const costs = costsOf(assembly.stacks);
  const { month } = engineCost([], USUAL_TEMPO, 0);
  expect(costs.priced && { usd: costs.usd, lines: costs.zone.lines }).toEqual({
    usd: month.usd,
    lines: month.lines,
  });
});

it('has no finding of the rule packs that is not acknowledged', () => {
  const { open, packs } = findingsOf(assembly);
  expect(open).toEqual([]);
  expect(packs.join()).toMatch(/AwsSolutions.*NIST/);
});

it('tells the operator of a rollout that failed, was stopped or ran out of time', () => {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(({ Properties }) => [
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
  const [topic] = ofType(resources, 'AWS::SNS::Topic');
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

const ANYTHING_WITH_KEYS = compile(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } },
  { kind: 'identity', name: 'anything' },
);
const property = (type: string, name: string): Document =>
  ofType(resources, type)[0]?.Properties?.[name] as Document;

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
  const wrong = ASKED.filter(
    (each) => answerTo(each, roleOf(resources, each.role).permissions) !== each.answer,
  );
  expect(wrong).toEqual([]);
});

it('has a key with which whoever deploys can make the table: DynamoDB needs as much on it at least, by its own page', () => {
  const key = compile(property('AWS::KMS::Key', 'KeyPolicy'), { kind: 'key', name: 'key' });
  const leastOfATable = `CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo`;
  const refused = leastOfATable.split(' ').filter((action) => {
    const request = requestOf({
      caller: { type: 'role', arn: `arn:aws:iam::${ENGINE_ACCOUNT}:role/cdk-any`, session: 'a' },
      action: `kms:${action}`,
      resource: KEY,
      context: {
        ...via('dynamodb'),
        'kms:CallerAccount': ENGINE_ACCOUNT,
        'kms:GrantIsForAWSResource': 'true',
      },
    });
    return (
      decide(request, environmentOf({ identity: [ANYTHING_WITH_KEYS], resource: key })).verdict !== 'allowed'
    );
  });
  expect(refused).toEqual([]);
});

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
        identity: [ANYTHING_WITH_KEYS],
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

it.each(ROLES)('notices whatever widens or narrows what %s may do', (role) => {
  const own = ASKED.filter((each) => each.role === role);
  const unseen = [...mutants(roleOf(resources, role).permissions)].filter(([, mutant]) =>
    own.every((each) => answerTo(each, mutant) === each.answer),
  );
  expect(unseen.map(([what]) => what)).toEqual([]);
});
