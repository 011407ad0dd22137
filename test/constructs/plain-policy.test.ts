/** That a policy is written as it stands, and a reference in it is still seen by the CDK. */
import { App, CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { policyProperty } from '../../lib/constructs/plain-policy';
import { type IdentityStatement, type PolicyDocument, policy } from '../../lib/policy/document';
import { ConcordatStack } from '../../lib/stacks/concordat-stack';

const reading = (resource: string): PolicyDocument<IdentityStatement> =>
  policy({ Sid: 'ReadsIt', Effect: 'Allow', Action: ['sns:GetTopicAttributes'], Resource: [resource] });

/** The templates of two stacks, the second of which has a policy that may name what is in the first. */
function templates(
  property: (policy: PolicyDocument<IdentityStatement>) => unknown,
  resource: (topic: CfnTopic) => string,
): unknown[] {
  const app = new App();
  const inner = (id: string) => new Stack(app, id, { env: { account: '111111111111', region: 'eu-west-2' } });
  const topic = new CfnTopic(inner('First'), 'Topic');
  new CfnResource(inner('Second'), 'Policy', {
    type: 'AWS::IAM::Policy',
    properties: { PolicyDocument: property(reading(resource(topic))) },
  });
  return app.synth().stacks.map(({ template }) => template);
}

it.each<[string, (topic: CfnTopic) => string]>([
  ['that names no resource of the app', () => 'arn:aws:sns:eu-west-2:111111111111:alerts'],
  ['that names a resource of another stack', (topic) => topic.ref],
  ['that names it within a text', (topic) => `${topic.attrTopicArn}:*`],
])('writes a policy %s as the CDK writes it by itself', (_what, resource) => {
  expect(templates(policyProperty, resource)).toEqual(templates((plain) => plain, resource));
});

it('leaves a policy that holds a reference to the CDK, and does not have it walked where it holds none', () => {
  const app = new App();
  const topic = new CfnTopic(new Stack(app, 'First'), 'Topic');
  const referring = reading(topic.ref);
  expect(policyProperty(referring)).toBe(referring);
  const walked: string[] = [];
  const plain = reading('arn:aws:sns:eu-west-2:111111111111:alerts');
  const watched = new Proxy(plain, {
    ownKeys: (target) => {
      walked.push('keys');
      return Reflect.ownKeys(target);
    },
  });
  const property = policyProperty(watched);
  walked.length = 0;
  const stack = new Stack(app, 'Second');
  new CfnResource(stack, 'Policy', {
    type: 'AWS::IAM::Policy',
    properties: { PolicyDocument: property },
  });
  const [, second] = app.synth().stacks;
  expect(second?.template.Resources.Policy.Properties.PolicyDocument).toEqual(plain);
  // Once, when the template is written; without the property, three times more.
  expect(walked).toEqual(['keys']);
});

it('keeps who holds a policy from changing it after it was handed over: no template would tell', () => {
  const held = reading('arn:aws:sns:eu-west-2:111111111111:alerts');
  const change = ({ Statement: [statement] }: typeof held) => {
    if (statement === undefined) return;
    // @ts-expect-error: a statement stays as it was made
    statement.Effect = 'Deny';
    // @ts-expect-error: and so do its lists
    statement.Resource[0] = '*';
    // @ts-expect-error: its conditions
    statement.Condition = {};
    const { Condition: condition = {} } = statement;
    // @ts-expect-error: each operator of one
    condition.Bool = {};
    // @ts-expect-error: and what that compares
    if (condition.Bool) condition.Bool['aws:SecureTransport'] = 'false';
  };
  expect(change).toBeInstanceOf(Function);
});

it('gives the policy itself to whoever asks for it, as rule packs do', () => {
  const plain = reading('arn:aws:sns:eu-west-2:111111111111:alerts');
  const stack = new Stack(new App(), 'Any');
  expect(stack.resolve([{ policyDocument: policyProperty(plain) }])).toEqual([{ policyDocument: plain }]);
});

class Ours extends ConcordatStack {}

/** The template of a stack with a policy of which somebody changes something afterwards, and the policy. */
function changed(
  Kind: typeof Ours | typeof Stack,
  property: (policy: PolicyDocument<IdentityStatement>) => unknown,
  change: (made: CfnResource) => void,
): unknown[] {
  const app = new App();
  const plain = reading('arn:aws:sns:eu-west-2:111111111111:alerts');
  const stack = new Kind(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-2' } });
  const made = ['One', 'Two'].map(
    (id) =>
      new CfnResource(stack, id, {
        type: 'AWS::IAM::Policy',
        properties: { PolicyDocument: property(plain) },
      }),
  );
  change(made[0] as CfnResource);
  return [app.synth().getStackByName('Stack').template, plain];
}

it.each<[string, (made: CfnResource) => void]>([
  ['one element', (made) => made.addPropertyOverride('PolicyDocument.Statement.0.Effect', 'Deny')],
  ['a new element', (made) => made.addPropertyOverride('PolicyDocument.Id', 'ours')],
  ['all statements', (made) => made.addPropertyOverride('PolicyDocument.Statement', [{ Effect: 'Deny' }])],
  ['a member of a list', (made) => made.addPropertyOverride('PolicyDocument.Statement.0.Action.1', 'sns:X')],
  ['an element away', (made) => made.addPropertyDeletionOverride('PolicyDocument.Statement.0.Sid')],
  ['all statements away', (made) => made.addPropertyDeletionOverride('PolicyDocument.Statement')],
  ['a statement away', (made) => made.addPropertyDeletionOverride('PolicyDocument.Statement.0')],
  ['the policy away', (made) => made.addPropertyDeletionOverride('PolicyDocument')],
  [
    'by a token',
    (made) =>
      made.addPropertyOverride('PolicyDocument.Statement.0.Sid', Lazy.string({ produce: () => 'Late' })),
  ],
])('has an override change %s in that resource alone, as the CDK does by itself', (_, change) => {
  const wanted = changed(Stack, (plain) => plain, change);
  expect(changed(Ours, policyProperty, change)).toEqual(wanted);
  expect(changed(Stack, policyProperty, change)).toEqual(wanted);
});

it('lets nobody put to a policy what no template would hold', () => {
  const property = policyProperty(reading('arn:aws:sns:eu-west-2:111111111111:alerts'));
  expect(() => Object.assign(property, { Statement: [] })).toThrow(TypeError);
});

it.each<[string, () => object]>([
  ['a list', () => ({ Resource: Token.asList(Lazy.any({ produce: () => ['a', 'b'] })) })],
  [
    'a number',
    () => ({ Condition: { NumericLessThan: { a: Token.asNumber(Lazy.any({ produce: () => 3 })) } } }),
  ],
  ['a key', () => ({ Condition: { StringEquals: { [Lazy.string({ produce: () => 'late' })]: 'a' } } })],
  ['an object', () => ({ Condition: Lazy.any({ produce: () => ({ Bool: { a: true } }) }) })],
  ['a member of a list', () => ({ Resource: ['a', Lazy.any({ produce: () => undefined })] })],
  ['an object of somebody else’s', () => ({ Condition: { creationStack: [], resolve: () => ({ a: 'b' }) } })],
])('leaves to the CDK a policy in which %s stands for something else', (_, elements) => {
  const held = { Version: '2012-10-17', Statement: [{ Sid: 'A', ...elements() }] } as const;
  expect(policyProperty(held)).toBe(held);
});
