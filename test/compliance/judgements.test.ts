/** That what a synth has asked the checks is what its evidence says, and is what anybody finds who reads the folder. */

import { type Assembly, openAssembly } from '../../lib/assembly';
import { synthApp } from '../../lib/commands/assembly/synth-app';
import { CHECKS } from '../../lib/compliance/checks';
import { judgementsOf } from '../../lib/compliance/judgements';
import { addChecks, synthesise } from '../../lib/stacks/synthesise';
import { AS_OF, registerOf } from '../policy/sample-register';
import { MINIMAL, SAMPLE } from '../register/samples';
import { temporaryFolder } from '../stacks/sample-assembly';

/** An assembly as the synth that wrote it hands it over; a small one where no more is said of it. */
function written(files = MINIMAL): Assembly {
  const register = registerOf(files, AS_OF);
  const app = synthApp(temporaryFolder());
  addChecks(app, register, AS_OF, undefined);
  return synthesise(app, register, AS_OF);
}

test('what a synth found is what is found in the folder, with the paths of constructs and the report', () => {
  const assembly = written(SAMPLE);
  const found = judgementsOf(assembly);
  expect(found).toEqual(judgementsOf(openAssembly(assembly.folder)));
  const resources = found.flatMap(({ judgements }) => judgements.flatMap(({ resource }) => resource ?? []));
  expect(resources.filter(({ constructPath }) => constructPath === undefined)).toEqual([]);
  expect(found.find(({ check }) => check.id === 'TPL-EXCEPT')?.judgements.length).toBeGreaterThan(1);
});

test('a check is asked once in a synth with its evidence, but for what reads the report', () => {
  const asked = CHECKS.map((check) => jest.spyOn(check, 'judge'));
  judgementsOf(written());
  const again = CHECKS.filter((_check, index) => asked[index]?.mock.calls.length !== 1);
  expect(again.map(({ id }) => id)).toEqual(['TPL-EXCEPT']);
  for (const each of asked) each.mockRestore();
});

test('a copy of an assembly with another stack in it is judged by itself', () => {
  const assembly = written();
  const stacks = assembly.stacks.map((stack) => ({
    ...stack,
    resources: Object.fromEntries(
      Object.entries(stack.resources).filter(([, { Type }]) => Type !== 'AWS::S3::BucketPolicy'),
    ),
  }));
  const failing = judgementsOf({ ...assembly, stacks }).flatMap(({ judgements }) =>
    judgements.filter(({ outcome }) => outcome === 'fail'),
  );
  expect(failing.length).toBeGreaterThan(
    judgementsOf(assembly).flatMap(({ judgements }) => judgements.filter(({ outcome }) => outcome === 'fail'))
      .length,
  );
});
