/** Which stacks a change of the register can change: what is to be deployed after it, for `plan` to say in which order. */
import { type Agreement, directionsOf, type Organisation, partiesOf } from '../../register';
import type { Change } from '../../register/changes';

/**
 * Their names, Zone first: the audit judges by the register that Zone was deployed with. Empty where nothing changes. What
 * templates of other stacks say does not hang on it, but for Baseline: what may make and remove resources there has a right for each
 * kind that there is, so the first of a kind and the last change it.
 */
export function stacksThatFollow({ before, after }: Pick<Change, 'before' | 'after'>): string[] {
  const agreements = differing<Agreement>(before.agreements, after.agreements);
  const organisations = differing<Organisation>(before.organisations, after.organisations);
  if (agreements.length + organisations.length === 0) return [];
  const ids = new Set<string>(organisations.map(({ id }) => id));
  const touched = [
    ...agreements,
    ...after.agreements.filter((each) => partiesOf(each).some((party) => ids.has(party))),
  ];
  // What somebody may collect stands with its owner.
  const owners = touched.flatMap((each) => directionsOf(each).map(({ owner }): string => owner));
  const members = new Set<string>(
    after.organisations.flatMap(({ id, membership }) => (membership === 'member' ? [id] : [])),
  );
  const stacks = [...new Set([...ids, ...owners])].filter((id) => members.has(id)).sort();
  return ['Zone', ...stacks.map((id) => `Organisation-${id}`)];
}

function differing<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const was = new Map(before.map((each) => [each.id, JSON.stringify(each)]));
  return after.filter((each) => was.get(each.id) !== JSON.stringify(each));
}
