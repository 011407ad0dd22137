/** `concordat agreement renew` and `end`: an agreement goes on, or ends sooner. */
import { ending, renewing } from '../../register/changes';
import { command } from '../command';
import { changeByQuestions } from '../interview/by-questions';
import { CHANGE_OPTIONS } from '../interview/change-register';
import { day, optionalWord, text } from '../option';
import { demandAgreement } from '../register-word';

const AGREEMENT = { agreement: optionalWord('the id of the agreement') };
const ASKS = '[OPTIONS], which asks for what is not given';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const agreementRenew = command({
  name: 'agreement renew',
  words: AGREEMENT,
  options: {
    as: text('ID', 'the id of the agreement that follows'),
    ends: day('its last day in force'),
    review: day('the day by which the parties look at it again'),
    'dpia-reference': text('TEXT', 'the reference of the assessment that covers it'),
    'dpia-date': day('the day on which that was signed off'),
    ...CHANGE_OPTIONS,
  },
  forms: [
    'AGREEMENT --as ID --ends DATE --review DATE --dpia-reference TEXT --dpia-date DATE [OPTIONS]',
    ASKS,
  ],
  example:
    'npx concordat agreement renew benefit-rates --as benefit-rates-2 --ends 2032-03-31 --review 2031-03-31 --dpia-reference DPIA-2026-101 --dpia-date 2026-11-02 --dry-run',
  run: (values, terminal) =>
    changeByQuestions(
      {
        name: 'agreement renew',
        word: 'agreement',
        enquiry: (files, asOf) => {
          if (values.agreement !== undefined) demandAgreement(files, values.agreement);
          return renewing(files, asOf);
        },
      },
      values,
      terminal,
    ),
});

/** The same. */
export const agreementEnd = command({
  name: 'agreement end',
  words: AGREEMENT,
  options: { on: day('its last day in force'), ...CHANGE_OPTIONS },
  forms: ['AGREEMENT --on DATE [OPTIONS]', ASKS],
  example: 'npx concordat agreement end benefit-rates --on 2027-06-30 --dry-run',
  run: (values, terminal) =>
    changeByQuestions(
      {
        name: 'agreement end',
        word: 'agreement',
        enquiry: (files, asOf) => {
          if (values.agreement !== undefined) demandAgreement(files, values.agreement);
          return ending(files, asOf);
        },
      },
      values,
      terminal,
    ),
});
