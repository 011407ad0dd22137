/** Says of each resource type of an assembly how far the rehearsal goes: every type is in exactly one list. */
import type { AssemblyStack } from '../assembly';
import type { PropertyRead, TypeCoverage } from './result';
import { SET_ASIDE } from './set-aside';

/**
 * Counts by type.
 * @param stacks the whole assembly; types that no deployed stack has are listed as not rehearsed
 */
export function coverageOf(stacks: readonly AssemblyStack[], reads: readonly PropertyRead[]): TypeCoverage[] {
  const types = new Set(stacks.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)));
  return [...types].sort().map((type) => {
    const aside = SET_ASIDE[type];
    const mine = reads.filter((each) => each.type === type);
    const count = (outcome: PropertyRead['outcome']) =>
      mine.filter((each) => each.outcome === outcome).length;
    const read = count('as the template says') + count('differs');
    const ignored = count('ignored by the endpoint');
    if (aside) return { type, list: aside.instead, read: 0, ignored: 0, why: aside.why };
    if (read > 0) return { type, list: 'deployed and read back', read, ignored, why: ignoredIn(mine) };
    const why =
      mine.length > 0
        ? `The endpoint takes it, and keeps nothing that can be read back: ${mine[0]?.seen}`
        : 'No stack of this rehearsal has it.';
    return { type, list: 'not rehearsed here', read, ignored, why };
  });
}

function ignoredIn(reads: readonly PropertyRead[]): string {
  const ignored = reads
    .filter(({ outcome }) => outcome === 'ignored by the endpoint')
    .map(({ property }) => property);
  return ignored.length === 0 ? '' : `The endpoint ignores: ${[...new Set(ignored)].join(', ')}.`;
}
