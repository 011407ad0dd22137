/** That our stacks write the templates that the CDK’s own write, though they have no resource resolved twice. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnCondition, CfnOutput, CfnResource, Fn, Lazy, Stack, Tags, Token } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { ConcordatStack } from '../../lib/stacks/concordat-stack';
import { AS_OF } from '../policy/sample-register';
import { SAMPLE } from '../register/samples';
import { keptAssembly } from './kept-assemblies';

class Ours extends ConcordatStack {}

/** The text of a template that holds what stands for something else, in each place where it may. */
function textOf(Kind: typeof Ours | typeof Stack): string {
  const app = new App();
  const stack = new Kind(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-2' } });
  const topic = new CfnTopic(stack, 'Topic', { displayName: Lazy.string({ produce: () => 'Alerts' }) });
  const condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals(topic.ref, 'a') });
  const other = new CfnResource(stack, 'Other', {
    type: 'AWS::Any::Thing',
    properties: {
      Text: `${topic.attrTopicArn}:*`,
      List: Lazy.list({ produce: () => ['one', topic.ref] }),
      Number: Token.asNumber(Lazy.any({ produce: () => 3 })),
      Any: { [`key-${Lazy.string({ produce: () => 'late' })}`]: Lazy.any({ produce: () => undefined }) },
      Nothing: Lazy.any({ produce: () => [] }, { omitEmptyArray: true }),
    },
  });
  other.addPropertyOverride('Later', { Ref: topic.logicalId });
  other.addPropertyDeletionOverride('Text');
  other.addMetadata('Of', topic.ref);
  other.addResourceDependency(topic);
  other.cfnOptions.condition = condition;
  new CfnOutput(stack, 'Output', { value: topic.ref });
  stack.templateOptions.metadata = { About: topic.ref };
  stack.templateOptions.description = Lazy.string({ produce: () => 'A stack' });
  Tags.of(stack).add('whose', 'ours');
  return readFileSync(app.synth().getStackByName('Stack').templateFullPath, 'utf8');
}

it('writes a template byte for byte as the CDK’s own stack does', () => {
  expect(textOf(Ours)).toBe(textOf(Stack));
});

/** The template of a stack that somebody else has changed a little. */
function templateOf(
  Kind: typeof Ours | typeof Stack,
  change: (stack: Stack, thing: CfnResource) => void,
): string {
  const app = new App();
  const stack = new Kind(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-2' } });
  const thing = new CfnResource(stack, 'Thing', {
    type: 'AWS::Any::Thing',
    properties: { List: ['one', 'two', 'three'], Group: { Of: { Groups: ['one'] } } },
  });
  change(stack, thing);
  return readFileSync(app.synth().getStackByName('Stack').templateFullPath, 'utf8');
}

it.each<[string, (stack: Stack, thing: CfnResource) => void]>([
  [
    'a description that comes to nothing',
    (stack) => {
      stack.templateOptions.description = Lazy.string({ produce: () => undefined });
    },
  ],
  ['an override that takes one out of a list', (_, thing) => thing.addPropertyDeletionOverride('List.1')],
  ['an override that takes out all', (_, thing) => thing.addPropertyDeletionOverride('Group.Of.Groups.0')],
  [
    'an override that holds a token',
    (_, thing) => thing.addPropertyOverride('Group.Of.Late', Lazy.any({ produce: () => [undefined, 1] })),
  ],
  [
    'a resource whose logical id was changed, and then overridden',
    (_, thing) => {
      thing.overrideLogicalId('Other');
      thing.addPropertyDeletionOverride('List.0');
    },
  ],
])('writes %s as the CDK’s own stack does', (_, change) => {
  expect(templateOf(Ours, change)).toBe(templateOf(Stack, change));
});

it('says what to do where a CDK of another version keeps overrides elsewhere', () => {
  const stack = new Ours(new App(), 'Stack');
  const thing = new CfnResource(stack, 'Thing', { type: 'AWS::Any::Thing' });
  Reflect.deleteProperty(thing, 'rawOverrides');
  const sections = ['Description', 'Transform', 'AWSTemplateFormatVersion', 'Metadata'];
  const template = { ...Object.fromEntries(sections.map((each) => [each, undefined])), Resources: {} };
  expect(() => stack.resolve(template)).toThrow(/^Stack\/Thing: this version of aws-cdk-lib .*npm ci/);
});

it('resolves a template that somebody else put together', () => {
  const stack = new Ours(new App(), 'Any');
  const made = { AWSTemplateFormatVersion: '2010-09-09', Resources: { A: Lazy.any({ produce: () => 1 }) } };
  expect(stack.resolve(made)).toEqual(new Stack(new App(), 'Any').resolve(made));
});

it('leaves nothing in a template of the sample that the CDK would resolve', () => {
  const { folder } = keptAssembly(SAMPLE, AS_OF, true);
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  expect(templates.length).toBeGreaterThan(10);
  for (const file of templates)
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/Token\[|e\+289|<unresolved|creationStack/);
});
