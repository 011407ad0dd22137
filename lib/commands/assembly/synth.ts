/** `concordat synth`, and so `npm start`: checks the register, synthesises every stack, runs every check, sums up. */
import { startValidator } from '../../stacks/validator';
import { command } from '../command';
import { placeOr } from '../option';
import { USUAL } from '../places';
import { JSON_OPTION, PACK_OPTION, REGISTER_OPTIONS } from '../vocabulary';

/** Needs neither network nor AWS. Exits 0, 1 where there are findings, 3 where the register is faulty. */
export const synth = command({
  name: 'synth',
  words: {},
  options: {
    ...REGISTER_OPTIONS,
    output: placeOr('assembly', 'where the cloud assembly goes, with every template', USUAL.assembly),
    ...PACK_OPTION,
    ...JSON_OPTION,
  },
  example: 'npx concordat synth --as-of 2027-04-01',
  run: async (values, terminal) => {
    // First of all: it takes seconds to be ready, and so does loading what follows.
    const validator = startValidator();
    try {
      const { runSynth } = require('./synth-run') as typeof import('./synth-run');
      return await runSynth(values, validator, terminal);
    } finally {
      validator?.end();
    }
  },
});
