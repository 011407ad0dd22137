/** Has an assembly be made again once for each content: tests run a command many times over the same two. */
import type { Assembly } from '../../lib/assembly';
import type { Reproduction } from '../../lib/commands/assembly/reproduction';
import type { Validator } from '../../lib/stacks/validator';
import { foundOnce } from '../found-once';
import { contentOf } from '../stacks/content-of';
import { known } from '../stacks/kept-assemblies';

type Made = (assembly: Assembly, validator?: Validator) => Reproduction;

for (const name of ['reproductionOf', 'reproductionWithoutChecks'])
  foundOnce<Made>(name, (make, assembly, validator) => {
    const key = `${name} ${contentOf(assembly.folder)}`;
    const found = (known.get(key) as Reproduction | undefined) ?? make(assembly, validator);
    known.set(key, found);
    return found;
  });
