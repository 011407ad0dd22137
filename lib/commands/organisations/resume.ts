/** `concordat agreement resume` and `concordat resume`: what was suspended or paused goes on. */
import { resuming } from '../../register/changes';
import { command } from '../command';
import { changeByQuestions } from '../interview/by-questions';
import { CHANGE_OPTIONS } from '../interview/change-register';
import { day, optionalWord } from '../option';
import { demandAgreement, demandOrganisation } from '../register-word';

const OPTIONS = { on: day('the first day on which it goes on; tomorrow if not given'), ...CHANGE_OPTIONS };
const ASKS = '[OPTIONS], which asks for what is not given';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const agreementResume = command({
  name: 'agreement resume',
  words: { agreement: optionalWord('the id of the agreement') },
  options: OPTIONS,
  forms: ['AGREEMENT [OPTIONS]', ASKS],
  example: 'npx concordat agreement resume benefit-rates --on 2027-06-30 --dry-run',
  run: (values, terminal) =>
    changeByQuestions(
      {
        name: 'agreement resume',
        word: 'agreement',
        enquiry: (files, asOf) => {
          if (values.agreement !== undefined) demandAgreement(files, values.agreement);
          return resuming(files, 'suspended', asOf);
        },
      },
      values,
      terminal,
    ),
});

/** The same. */
export const resume = command({
  name: 'resume',
  words: { organisation: optionalWord('the id of the organisation') },
  options: OPTIONS,
  forms: ['ORGANISATION [OPTIONS]', ASKS],
  example: 'npx concordat resume leeds --on 2027-05-05 --dry-run',
  run: (values, terminal) =>
    changeByQuestions(
      {
        name: 'resume',
        word: 'organisation',
        enquiry: (files, asOf) => {
          if (values.organisation !== undefined) demandOrganisation(files, values.organisation);
          return resuming(files, 'paused', asOf);
        },
      },
      values,
      terminal,
    ),
});
