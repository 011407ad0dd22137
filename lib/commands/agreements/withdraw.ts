/** `concordat withdraw`: withdraws the approval of an agreement by one of its parties, from a day on. */
import { approving } from '../../register/changes';
import { command } from '../command';
import { day, word } from '../option';
import { SIGNING_OPTIONS, signInto } from './signing';

/** Needs AWS only with --kms. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const withdraw = command({
  name: 'withdraw',
  words: { agreement: word('the id of the agreement') },
  options: {
    ...SIGNING_OPTIONS,
    from: day('the first day on which nothing is shared under it; that which is judged for if not given'),
  },
  example: 'npx concordat withdraw housing-benefit-awards --as leeds --from 2027-01-31 --key approver-key',
  run: (values, terminal) => {
    const { agreement, as: organisation, from } = values;
    return signInto(
      values,
      (files, signer, asOf) =>
        approving(
          files,
          { agreement, organisation, decision: { kind: 'withdraws', from: from ?? asOf } },
          signer,
          asOf,
        ),
      terminal,
    );
  },
});
