/** That a policy is written as it stands, and a reference in it is still seen by the CDK. */
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { policyProperty } from '../../lib/constructs/plain-policy';
import { type IdentityStatement, type PolicyDocument, policy } from '../../lib/policy/document';

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

it('gives the policy itself to whoever asks for it, as rule packs do', () => {
  const plain = reading('arn:aws:sns:eu-west-2:111111111111:alerts');
  const stack = new Stack(new App(), 'Any');
  expect(stack.resolve([{ policyDocument: policyProperty(plain) }])).toEqual([{ policyDocument: plain }]);
});
