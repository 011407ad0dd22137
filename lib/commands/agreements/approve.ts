/** `concordat approve`: signs the terms of an agreement for one of its parties. */
import { approving } from '../../register/changes';
import { command } from '../command';
import { day, word } from '../option';
import { SIGNING_OPTIONS, signInto } from './signing';

/** Needs AWS only with --kms. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const approve = command({
  name: 'approve',
  words: { agreement: word('the id of the agreement') },
  options: {
    ...SIGNING_OPTIONS,
    until: day('the last day on which the approval holds; that of the agreement if not given'),
  },
  example: 'npx concordat approve housing-benefit-awards --as leeds --key approver-key',
  run: (values, terminal) => {
    const { agreement, as: organisation, until } = values;
    return signInto(
      values,
      (files, signer, asOf) =>
        approving(files, { agreement, organisation, decision: { kind: 'approves', until } }, signer, asOf),
      terminal,
    );
  },
});
