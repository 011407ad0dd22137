/** `concordat reproduce`: whether an assembly is what its register makes, or was edited since. */
import { resolve } from 'node:path';
import { AssemblyError, openAssembly } from '../../assembly';
import { startValidator } from '../../stacks/validator';
import { command } from '../command';
import { optionalWord } from '../option';
import { placesOf, USUAL } from '../places';
import { EXIT } from '../terminal';
import { JSON_OPTION } from '../vocabulary';

/** Needs neither network nor AWS. Exits 0 where every byte is the same, 1 where not, 3 where the assembly is faulty. */
export const reproduce = command({
  name: 'reproduce',
  words: { assembly: optionalWord(`the assembly, a folder; ${USUAL.assembly} if not given`) },
  options: JSON_OPTION,
  example: 'npx concordat reproduce cdk.out',
  run: ({ assembly: given, json }, terminal) => {
    const assembly = given ?? placesOf(terminal).assembly;
    try {
      // Before anything is loaded: what is no assembly is said at once.
      const here = openAssembly(resolve(terminal.cwd, assembly));
      const validator = startValidator();
      try {
        const { reproductionOf } = require('./reproduction') as typeof import('./reproduction');
        const { reproductionJson, reproductionText } =
          require('./reproduction-report') as typeof import('./reproduction-report');
        const found = reproductionOf(here, validator);
        terminal.out(json ? reproductionJson(found) : reproductionText(found));
        return found.differences.length === 0 ? EXIT.clean : EXIT.findings;
      } finally {
        validator?.end();
      }
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      terminal.err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
  },
});
