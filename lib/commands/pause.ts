/** `concordat pause`: an organisation neither shares nor collects for a while. */
import { paused } from '../register/changes/pause';
import { CHANGE_OPTIONS, changeRegister, dayOf } from './change-register';
import { type Command, textOf, UsageError } from './command';
import { demandOrganisation } from './organisation-word';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const pause: Command = {
  name: 'pause',
  summary: 'have an organisation neither share nor collect for a while',
  usage: '<organisation> --from DATE [--until DATE] --reason TEXT [--dry-run]',
  words: [{ name: 'organisation', help: 'the id of the organisation' }],
  options: {
    from: { type: 'string', value: 'DATE', help: 'the first day of the pause' },
    until: { type: 'string', value: 'DATE', help: 'the last day of the pause; open if not given' },
    reason: { type: 'string', value: 'TEXT', help: 'why, for the register' },
    ...CHANGE_OPTIONS,
  },
  example:
    'npx concordat pause leeds --from 2027-05-01 --until 2027-05-07 --reason "A new benefits system" --dry-run',
  run: (values, terminal) => {
    const from = dayOf(values, 'from');
    const reason = textOf(values, 'reason');
    const missing = [
      from === undefined ? '--from DATE' : [],
      reason === undefined ? '--reason TEXT' : [],
    ].flat();
    if (from === undefined || reason === undefined)
      throw new UsageError(`pause needs ${missing.join(' and ')}`);
    const until = dayOf(values, 'until');
    const id = textOf(values, 'organisation') ?? '';
    return changeRegister(values, terminal, (files, asOf) => {
      demandOrganisation(files, id);
      return paused(files, { id, from, until, reason }, asOf);
    });
  },
};
