/**
 * Has an assembly be made again once for each content: tests run a command many times over the same two. To be imported before
 * the command is.
 */
import type { Assembly } from '../../lib/assembly';
import type { Reproduction } from '../../lib/commands/reproduction';

jest.mock('../../lib/commands/reproduction', () => {
  const actual = jest.requireActual<typeof import('../../lib/commands/reproduction')>(
    '../../lib/commands/reproduction',
  );
  const { identityOf } = jest.requireActual<typeof import('../../lib/assembly')>('../../lib/assembly');
  const known = new Map<string, Reproduction>();
  const reproductionWithoutChecks = (assembly: Assembly): Reproduction => {
    const { filesDigest } = identityOf(assembly);
    const found = known.get(filesDigest) ?? actual.reproductionWithoutChecks(assembly);
    known.set(filesDigest, found);
    return found;
  };
  return { ...actual, reproductionWithoutChecks };
});
