/** By when owners’ stacks have to be deployed, so that what they shared goes on its day. */
import { copiesToDeploy, type Register } from '../../register';
import { type IsoDate, inWords } from '../../register/calendar';
import { andList, plural } from '../../words';

/**
 * A sentence for each owner with the soonest of its days:
 * `Deploy the stacks of dwp by 30 July 2026, unless that was done on 1 July 2026 or later: what it shared under over goes on
 * its day only then (2 more agreements follow).`
 */
export function copiesNotes(register: Register, asOf: IsoDate): readonly string[] {
  const due = copiesToDeploy(register, asOf);
  const owners = [...new Set(due.flatMap(({ organisations }) => organisations))].sort();
  return owners.map((owner) => {
    const own = due.filter(({ organisations }) => organisations.includes(owner));
    const [{ from, on } = { from: asOf, on: asOf }] = own;
    const now = own.filter((each) => each.on === on && each.from === from);
    const more = own.length - now.length;
    return `Deploy the stacks of ${owner} by ${inWords(on)}, unless that was done on ${inWords(from)} or later: what it shared under ${andList(now.map(({ agreement }) => agreement))} goes on its day only then${more === 0 ? '' : ` (${plural(more, 'more agreement')} ${more === 1 ? 'follows' : 'follow'})`}.`;
  });
}
