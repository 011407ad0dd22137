/**
 * Has an assembly be made again once for each content: tests run a command many times over the same two. To be imported before
 * the command is.
 */
import type { Reproduction } from '../../lib/commands/assembly/reproduction';

jest.mock('../../lib/commands/assembly/reproduction', () => {
  const actual = jest.requireActual<typeof import('../../lib/commands/assembly/reproduction')>(
    '../../lib/commands/assembly/reproduction',
  );
  const { identityOf } = jest.requireActual<typeof import('../../lib/assembly')>('../../lib/assembly');
  type Made = typeof actual.reproductionOf;
  const once = (make: Made): Made => {
    const known = new Map<string, Reproduction>();
    return (assembly, validator) => {
      const { filesDigest } = identityOf(assembly);
      const found = known.get(filesDigest) ?? make(assembly, validator);
      known.set(filesDigest, found);
      return found;
    };
  };
  const reproductionOf = once(actual.reproductionOf);
  const reproductionWithoutChecks = once(actual.reproductionWithoutChecks);
  return { ...actual, reproductionOf, reproductionWithoutChecks };
});
