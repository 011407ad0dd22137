/** That whole assemblies are changed everywhere, and that every reason of the table is one that is needed. */
import { synthesised } from '../../stacks/sample-assembly';
import { judgeFor } from '../every-mutant';
import { reasonFor, reasons } from '../reasons';
import type { WholeMutant } from './whole-mutant';
import { wholeMutantsOf } from './whole-mutants';

const source = synthesised().assembly;
const mutants = wholeMutantsOf(source);
const nameOf = ({ place, path, how }: WholeMutant) => `${place} ${path} ${how}`;
const howsByPlace = new Map<string, Set<string>>();
for (const { place, how } of mutants)
  howsByPlace.set(place, (howsByPlace.get(place) ?? new Set<string>()).add(how));

test('each resource is taken away, made once more, and made on a condition', () => {
  for (const stack of source.stacks)
    for (const id of Object.keys(stack.resources)) {
      const hows = howsByPlace.get(`${stack.name}/${id}`);
      for (const how of ['gone', 'made on a condition that never holds', 'one more like it, by another name'])
        expect([stack.name, id, hows?.has(how)]).toEqual([stack.name, id, true]);
    }
});

test('each setting of each resource is left out, but for what the mutants of policies change', () => {
  const hows = new Set(mutants.map(nameOf));
  let found = 0;
  for (const stack of source.stacks)
    for (const [id, { Properties = {} }] of Object.entries(stack.resources))
      for (const name of Object.keys(Properties))
        if (hows.has(`${stack.name}/${id} ${name} ${name}: left out`)) found++;
  expect(found).toBeGreaterThan(2000);
});

test('every sort of thing is changed, always in the same order', () => {
  expect([...new Set(mutants.map(({ sort }) => sort))].sort()).toEqual([
    'baseline',
    'code or file',
    'guardrail',
    'manifest',
    'resource',
    'setting',
    'template',
  ]);
  expect(wholeMutantsOf(source).map(nameOf)).toEqual(mutants.map(nameOf));
});

test('every row of the table is about some mutant', () => {
  const used = new Set(
    mutants.map((each) => reasonFor(each)).map((each) => each && 'why' in each && each.why),
  );
  for (const why of reasons()) expect([why, used.has(why)]).toEqual([why, true]);
});

test.each([
  ['manifest.json', 'Organisation-dwp telling a stranger'],
  ['manifest.json', 'without the stack Organisation-fife'],
  ['Organisation-dwp.template.json', 'rewritten by a macro'],
  ['Zone.template.json', 'with a AWS::CloudFormation::StackSet put in'],
])('in %s, a stack %s is found', (place, how) => {
  const mutant = mutants.find((each) => each.place === place && each.how === how);
  expect(mutant && judgeFor(source).judge(mutant).fate).toBe('killed');
});
