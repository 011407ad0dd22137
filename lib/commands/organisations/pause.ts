/** `concordat pause`: an organisation neither shares nor collects for a while. */
import { pausing } from '../../register/changes';
import { command } from '../command';
import { changeByQuestions } from '../interview/by-questions';
import { CHANGE_OPTIONS } from '../interview/change-register';
import { day, optionalWord, text } from '../option';
import { demandOrganisation } from '../register-word';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const pause = command({
  name: 'pause',
  words: { organisation: optionalWord('the id of the organisation') },
  options: {
    from: day('the first day of the pause'),
    until: day('the last day of the pause; open if not given'),
    reason: text('TEXT', 'why, for the register'),
    ...CHANGE_OPTIONS,
  },
  forms: ['ORGANISATION --from DATE --reason TEXT [OPTIONS]', '[OPTIONS], which asks for what is not given'],
  example:
    'npx concordat pause leeds --from 2027-05-01 --until 2027-05-07 --reason "A new benefits system" --dry-run',
  run: (values, terminal) =>
    changeByQuestions(
      {
        name: 'pause',
        word: 'organisation',
        enquiry: (files, asOf) => {
          if (values.organisation !== undefined) demandOrganisation(files, values.organisation);
          return pausing(files, asOf);
        },
      },
      values,
      terminal,
    ),
});
