/** That what ends the validator’s thread reaches the CDK, and that its engine is made once. What it finds, template-validation.test.ts has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packs } from '../../../lib/compliance/packs';
import { Ahead } from '../../../lib/stacks/ahead';
import { startValidator, type Validator } from '../../../lib/stacks/validator';
import { KINDS_OF_RESOURCE } from '../../../lib/stacks/validator/kinds-of-resource';
import { Thread } from '../../../lib/stacks/validator/thread';
import { ValidationBeside } from '../../../lib/stacks/validator/validation-beside';
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
      called('ours');
      return { success: true, violations: [] };
    },
  });
  const validation = new ValidationBeside(validator, () => new Map(), [ours]);
  const stack = { stackConstructPath: 'one', templatePath: '', accountId: '', region: '' };
  const stackTemplates = new Array(templates).fill(stack);
  const context = { stackTemplates, templatePaths: [], appConstruct: undefined as never };
  // As a synth registers it: among the packs, which remember what each of them found.
  const among = packs('2026-12-01', [ours]).filter(({ name }) => name === ours.name);
  for (const plugin of validation.beside(among)) plugin.validate(context);
  try {
    validation.validate(context);
    return { calls, failure: '' };
  } catch (failure) {
    return { calls, failure: String(failure) };
  }
}

test.each([
  [59, ['give', 'ours', 'end']],
  [60, ['give', 'shapes', 'end', 'ours']],
])(
  'of %i templates our own checks take their memory beside the validator, or once its own is free',
  (templates, turn) => {
    const failing = () => {
      throw new Error('no engine');
    };
    expect(calledFor(templates, failing)).toEqual({ calls: turn, failure: 'Error: no engine' });
  },
);

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
