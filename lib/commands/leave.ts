/** `concordat leave`: an organisation takes part no longer than a day, and nothing of it goes on. */
import { departed } from '../register/changes';
import { CHANGE_OPTIONS, changeRegister } from './change-register';
import { command } from './command';
import { DECISION_OPTIONS, decisionsFor } from './decide';
import { day, needed, word } from './option';
import { demandOrganisation } from './register-word';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const leave = command({
  name: 'leave',
  words: { organisation: word('the id of the organisation') },
  options: {
    on: needed(day('the last day on which it takes part')),
    ...DECISION_OPTIONS,
    ...CHANGE_OPTIONS,
  },
  example: 'npx concordat leave camden --on 2027-06-30 --end benefit-rates,blue-badge-eligibility --dry-run',
  run: (values, terminal) => {
    const { organisation: id, on: lastDay } = values;
    const departure = {
      heirs: new Map([[id, []]]),
      lastDay,
      windsUp: values['wind-up'],
      emptyHanded: [],
    };
    return changeRegister(values, terminal, async (files, asOf) => {
      demandOrganisation(files, id);
      const decisions = await decisionsFor(
        { ...values, novate: [], keep: [] },
        terminal,
        files,
        departure,
        asOf,
      );
      return departed(files, { ...departure, decisions }, asOf);
    });
  },
});
