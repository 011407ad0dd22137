/** `concordat dispose`: declares for a recipient that no copy is left of what it collected under an agreement that has ended. */
import { disposing } from '../../register/changes';
import { command } from '../command';
import { text, word } from '../option';
import { SIGNING_OPTIONS, signInto } from './signing';

/** Needs AWS only with --kms. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const dispose = command({
  name: 'dispose',
  words: { agreement: word('the id of the agreement') },
  options: {
    ...SIGNING_OPTIONS,
    method: text('TEXT', 'how the copies were disposed of; as the agreement says if not given'),
  },
  example: 'npx concordat dispose housing-benefit-awards --as leeds --key approver-key',
  run: (values, terminal) => {
    const { agreement, as: organisation, method } = values;
    return signInto(
      values,
      (files, signer, asOf) => disposing(files, { agreement, organisation, method }, signer, asOf),
      terminal,
    );
  },
});
