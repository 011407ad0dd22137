/** `concordat pause`: an organisation neither shares nor collects for a while. */
import { paused } from '../register/changes';
import { CHANGE_OPTIONS, changeRegister } from './change-register';
import { command } from './command';
import { day, needed, text, word } from './option';
import { demandOrganisation } from './register-word';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const pause = command({
  name: 'pause',
  words: { organisation: word('the id of the organisation') },
  options: {
    from: needed(day('the first day of the pause')),
    until: day('the last day of the pause; open if not given'),
    reason: needed(text('TEXT', 'why, for the register')),
    ...CHANGE_OPTIONS,
  },
  example:
    'npx concordat pause leeds --from 2027-05-01 --until 2027-05-07 --reason "A new benefits system" --dry-run',
  run: (values, terminal) => {
    const { organisation: id, from, until, reason } = values;
    return changeRegister(values, terminal, (files, asOf) => {
      demandOrganisation(files, id);
      return paused(files, { id, from, until, reason }, asOf);
    });
  },
});
