/** That what ends the validator’s thread reaches the CDK, and that its engine is made once. What it finds, template-validation.test.ts has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { synthApp } from '../../../lib/commands/assembly/synth-app';
import { packs } from '../../../lib/compliance/packs';
import { Ahead } from '../../../lib/stacks/ahead';
import { addChecks, synthesise } from '../../../lib/stacks/synthesise';
import { type OnTheWay, startValidator, type ToJudge, type Validator } from '../../../lib/stacks/validator';
import { KINDS_OF_RESOURCE } from '../../../lib/stacks/validator/kinds-of-resource';
import { Thread } from '../../../lib/stacks/validator/thread';
import { ValidationBeside } from '../../../lib/stacks/validator/validation-beside';
import { AS_OF } from '../../policy/sample-register';
import { MINIMAL } from '../../register/samples';
import { synthesised, temporaryFolder } from '../sample-assembly';
import { signingIn } from '../signing-in';

test('where the validator fails, so does the plugin, with its words', () => {
  // Reads what it is to judge, as the validator does, and makes no engine first.
  const file = join(temporaryFolder(), 'reads.cjs');
  writeFileSync(
    file,
    "exports.work = () => ({ carryOut: ({ stackTemplates: [first] }) => require('node:fs').readFileSync(first.templatePath) });",
  );
  const validator: Validator = new Thread(file, 60_000);
  const stackTemplates = [
    { stackConstructPath: 'one', templatePath: '/nowhere/gone.template.json', accountId: '', region: '' },
  ];
  const context = { stackTemplates, templatePaths: [], appConstruct: undefined as never };
  expect(() => new ValidationBeside(validator, () => new Map()).validate(context)).toThrow(
    /ENOENT.*gone\.template\.json/,
  );
});

/** What is called, in turn, as a synth of so many templates goes through our own check and the validation. */
function calledFor(
  templates: number,
  outcome: () => never,
): { readonly calls: string[]; readonly failure: string } {
  const calls: string[] = [];
  const called = (name: string) => calls.push(name);
  const validator = {
    give: () => called('give'),
    news: () => void called('shapes'),
    outcome: () => {
      called('end');
      return outcome();
    },
  } as unknown as Validator;
  const ours = new Ahead({
    name: 'ours',
    validate: () => {
      called(topic.tags === undefined ? 'ours, in an emptied app' : 'ours');
      return { success: true, violations: [] };
    },
  });
  const validation = new ValidationBeside(validator, () => new Map(), [ours]);
  const stack = { stackConstructPath: 'one', templatePath: '', accountId: '', region: '' };
  const stackTemplates = new Array(templates).fill(stack);
  const app = new App();
  const topic = new CfnTopic(new Stack(app, 'Stack'), 'Topic', { tags: [{ key: 'a', value: 'b' }] });
  const context = { stackTemplates, templatePaths: [], appConstruct: app };
  // As a synth registers it: among the packs, which remember what each of them found.
  const ofTemplates = packs('2026-12-01', [ours]).ofTemplates.filter(({ name }) => name === ours.name);
  for (const plugin of validation.beside({ ofResources: [], ofTemplates })) plugin.validate(context);
  try {
    validation.validate(context);
    return { calls, failure: '' };
  } catch (failure) {
    return { calls, failure: String(failure) };
  }
}

test.each([
  [59, ['give', 'ours', 'end']],
  [60, ['give', 'shapes', 'end', 'ours, in an emptied app']],
])(
  'of %i templates our own checks take their memory beside the validator, or once its own is free',
  (templates, turn) => {
    const failing = () => {
      throw new Error('no engine');
    };
    expect(calledFor(templates, failing)).toEqual({ calls: turn, failure: 'Error: no engine' });
  },
);

/** What the validator hears of an app with so many stacks in two accounts, and what it is given of all once they are written. */
function heardOf(count: number): { readonly words: readonly OnTheWay[]; readonly order: ToJudge } {
  const words: OnTheWay[] = [];
  const orders: ToJudge[] = [];
  const validator = {
    tell: (word: OnTheWay) => void words.push(word),
    give: (order: ToJudge) => void orders.push(order),
    news: () => undefined,
  } as unknown as Validator;
  const validation = new ValidationBeside(validator, () => new Map());
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  for (let at = 0; at < count; at++) {
    const account = at % 2 === 0 ? '111122223333' : '444455556666';
    const stack = new Stack(app, `Stack${at}`, { env: { account, region: 'eu-west-2' } });
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  }
  validation.listen(app);
  const stackTemplates = app
    .synth()
    .stacksRecursively.map(({ hierarchicalId, templateFullPath, environment }) => ({
      stackConstructPath: hierarchicalId,
      templatePath: templateFullPath,
      accountId: environment.account,
      region: environment.region,
    }));
  const asksOnly = { name: 'asks only', validate: () => ({ success: true, violations: [] }) };
  const context = { stackTemplates, templatePaths: [], appConstruct: app };
  for (const plugin of validation.beside({ ofResources: [asksOnly], ofTemplates: [] }))
    plugin.validate(context);
  const [order] = orders;
  if (order === undefined) throw new Error('the validator was given nothing');
  return { words, order };
}

test('of 60 stacks the validator hears which names there are, and then of each template as it is given it afterwards', () => {
  const { words, order } = heardOf(60);
  const [first, ...others] = words;
  expect(first).toEqual({
    names: new Map(['111122223333', '444455556666'].map((each) => [each, new Map()])),
  });
  expect(others).toHaveLength(60);
  expect(new Set(others)).toEqual(new Set(order.stackTemplates.map((stack) => ({ stack }))));
  expect(order.names.size).toBe(0);
});

test('of fewer it hears nothing, and is given the names with the templates', () => {
  const { words, order } = heardOf(59);
  expect(words).toEqual([]);
  expect([...order.names.keys()].sort()).toEqual(['111122223333', '444455556666']);
});

test('a synth has it listen once the stacks are there, and before any is written', () => {
  const { register } = synthesised({ files: MINIMAL });
  const listen = jest.spyOn(ValidationBeside.prototype, 'listen').mockImplementation((app) => {
    throw new Error(`it listens to ${app.node.children.length > 0 ? 'stacks' : 'nothing'}`);
  });
  try {
    const app = synthApp(temporaryFolder());
    addChecks(app, register, AS_OF, {} as Validator);
    expect(() => synthesise(app, register, AS_OF)).toThrow('it listens to stacks');
  } finally {
    listen.mockRestore();
  }
});

test('CDK_VALIDATION=false starts none', () => {
  expect(process.env.CDK_VALIDATION).toBe('false');
  expect(startValidator()).toBeUndefined();
});

test('the engine is made for every kind of resource of the sample, and of a zone where people sign in, so that it is made once', () => {
  const assemblies = [synthesised(), synthesised({ files: signingIn() })];
  const kinds = assemblies.flatMap(({ assembly }) =>
    assembly.stacks.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)),
  );
  expect([...new Set(kinds)].sort()).toEqual([...KINDS_OF_RESOURCE].sort());
});
