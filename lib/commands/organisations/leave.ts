/** `concordat leave`: an organisation takes part no longer than a day, and nothing of it goes on. */
import { leaving } from '../../register/changes';
import { command } from '../command';
import { changeByQuestions } from '../interview/by-questions';
import { CHANGE_OPTIONS } from '../interview/change-register';
import { day, optionalWord } from '../option';
import { demandOrganisation } from '../register-word';
import { DECISION_OPTIONS, decisionsGiven, novatedTo } from './decide';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const leave = command({
  name: 'leave',
  words: { organisation: optionalWord('the id of the organisation') },
  options: {
    on: day('the last day on which it takes part'),
    ...DECISION_OPTIONS,
    ...CHANGE_OPTIONS,
  },
  forms: ['ORGANISATION --on DATE [OPTIONS]', '[OPTIONS], which asks for what is not given'],
  example: 'npx concordat leave camden --on 2027-06-30 --end benefit-rates,blue-badge-eligibility --dry-run',
  run: (values, terminal) =>
    changeByQuestions(
      {
        name: 'leave',
        word: 'organisation',
        enquiry: (files, asOf) => {
          if (values.organisation !== undefined) demandOrganisation(files, values.organisation);
          const decided = decisionsGiven({ ...values, novate: [], keep: [] }, terminal);
          return leaving(files, asOf, decided, novatedTo);
        },
      },
      values,
      terminal,
    ),
});
