/** That every kind of defect which people seeded by hand is found, each by mutants of our own that are made by rule. */
import { openAssembly } from '../../lib/assembly';
import { synthesised } from '../stacks/sample-assembly';
import { type AnyMutant, aboutOf, everyMutantOf, judgeFor } from './every-mutant';
import { KINDS } from './kinds-of-defects';

const source = openAssembly(synthesised().folder);
const judge = judgeFor(source);
const byPlace = new Map<string, AnyMutant[]>();
for (const each of everyMutantOf(source)) {
  const { place } = aboutOf(each);
  byPlace.set(place, [...(byPlace.get(place) ?? []), each]);
}

test.each(KINDS.map(([kind, ...mutants]) => [kind, mutants] as const))('%s: found', (_kind, mutants) => {
  const fates = mutants.map(([place, what]) => {
    const found = [...byPlace]
      .filter(([name]) => place.test(name))
      .flatMap(([, all]) => all.find(({ how }) => what.test(how)) ?? [])[0];
    return [String(place), String(what), found && judge.judge(found).fate];
  });
  expect(fates.length).toBeGreaterThan(0);
  expect(fates.filter(([, , fate]) => fate !== 'killed')).toEqual([]);
});
