/** That what the validator finds in its thread reaches the CDK’s report, and that its engine is made once. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationValidatePlugin, type IPolicyValidationContext } from 'aws-cdk-lib';
import { RootConstruct } from 'constructs';
import { startValidator, type Validator } from '../../../lib/stacks/validator';
import { KINDS_OF_RESOURCE } from '../../../lib/stacks/validator/kinds-of-resource';
import { ValidationBeside } from '../../../lib/stacks/validator/validation-beside';
import { synthesised, temporaryFolder } from '../sample-assembly';
import { signingIn } from '../signing-in';

const { CDK_VALIDATION: outside } = process.env;
beforeEach(() => {
  delete process.env.CDK_VALIDATION;
});
afterAll(() => {
  process.env.CDK_VALIDATION = outside;
});

function started(): Validator {
  const validator = startValidator();
  if (validator === undefined) throw new Error('no validator was started');
  return validator;
}

/** A request to judge one template, with a fault in it. */
function faulty(): IPolicyValidationContext {
  const templatePath = join(temporaryFolder(), 'one.template.json');
  const Resources = { Records: { Type: 'AWS::S3::Bucket', Properties: { BucketNom: 'x' } } };
  writeFileSync(templatePath, JSON.stringify({ Resources }));
  const stack = { stackConstructPath: 'one', templatePath, accountId: '111122223333', region: 'eu-west-2' };
  return { stackTemplates: [stack], templatePaths: [templatePath], appConstruct: new RootConstruct() };
}

test('a fault in a template is found in the thread as it is found here, and other plugins find what they do', () => {
  const asked = faulty();
  const validation = new ValidationBeside(started(), () => new Map());
  const seen: string[] = [];
  const other = {
    name: 'another',
    validate: ({ templatePaths }: IPolicyValidationContext) => {
      seen.push(...templatePaths);
      return { success: true, violations: [] };
    },
  };
  const [beside] = validation.beside([other]);
  expect(beside?.name).toBe('another');
  expect(beside?.validate(asked)).toEqual({ success: true, violations: [] });
  expect(seen).toEqual(asked.templatePaths);
  const report = validation.validate(asked);
  expect(report.success).toBe(false);
  const here = new CloudFormationValidatePlugin();
  expect(report).toEqual(here.validate(asked));
  expect(validation.version).toBe(here.version);
});

test('where the validator fails, so does the plugin, with its words', () => {
  const validation = new ValidationBeside(started(), () => new Map());
  const { stackTemplates, ...asked } = faulty();
  const gone = stackTemplates.map((stack) => ({ ...stack, templatePath: '/nowhere/gone.template.json' }));
  expect(() => validation.validate({ ...asked, stackTemplates: gone })).toThrow(
    /ENOENT.*gone\.template\.json/,
  );
});

test('CDK_VALIDATION=false starts none', () => {
  process.env.CDK_VALIDATION = 'false';
  expect(startValidator()).toBeUndefined();
});

test('the engine is made for every kind of resource of the sample, and of a zone where people sign in, so that it is made once', () => {
  const assemblies = [synthesised(), synthesised({ files: signingIn() })];
  const kinds = assemblies.flatMap(({ assembly }) =>
    assembly.stacks.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)),
  );
  expect([...new Set(kinds)].sort()).toEqual([...KINDS_OF_RESOURCE].sort());
});
