/** `concordat agreement renew` and `end`: an agreement goes on, or ends sooner. */
import { ended, renewed } from '../register/changes';
import { CHANGE_OPTIONS, changeRegister } from './change-register';
import { command } from './command';
import { day, needed, text, word } from './option';
import { demandAgreement } from './register-word';

const AGREEMENT = { agreement: word('the id of the agreement') };

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const agreementRenew = command({
  name: 'agreement renew',
  words: AGREEMENT,
  options: {
    as: needed(text('ID', 'the id of the agreement that follows')),
    ends: needed(day('its last day in force')),
    review: needed(day('the day by which the parties look at it again')),
    'dpia-reference': needed(text('TEXT', 'the reference of the assessment that covers it')),
    'dpia-date': needed(day('the day on which that was signed off')),
    ...CHANGE_OPTIONS,
  },
  example:
    'npx concordat agreement renew benefit-rates --as benefit-rates-2 --ends 2032-03-31 --review 2031-03-31 --dpia-reference DPIA-2026-101 --dpia-date 2026-11-02 --dry-run',
  run: (values, terminal) => {
    const {
      agreement: id,
      as,
      ends,
      review,
      'dpia-reference': dpiaReference,
      'dpia-date': dpiaDate,
    } = values;
    return changeRegister(values, terminal, (files, asOf) => {
      demandAgreement(files, id);
      return renewed(files, { id, as, ends, review, dpiaReference, dpiaDate }, asOf);
    });
  },
});

/** The same. */
export const agreementEnd = command({
  name: 'agreement end',
  words: AGREEMENT,
  options: { on: needed(day('its last day in force')), ...CHANGE_OPTIONS },
  example: 'npx concordat agreement end benefit-rates --on 2027-06-30 --dry-run',
  run: (values, terminal) => {
    const { agreement: id, on } = values;
    return changeRegister(values, terminal, (files, asOf) => {
      demandAgreement(files, id);
      return ended(files, { id, on }, asOf);
    });
  },
});
