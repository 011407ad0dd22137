/** `concordat leave`: an organisation takes part no longer than a day, and nothing of it goes on. */
import { departed } from '../register/changes/depart';
import { CHANGE_OPTIONS, changeRegister, dayOf } from './change-register';
import { type Command, textOf, UsageError } from './command';
import { DECISION_OPTIONS, decisionsFor } from './decide';
import { demandOrganisation } from './organisation-word';

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const leave: Command = {
  name: 'leave',
  summary: 'have an organisation leave, once each of its agreements is settled',
  usage: '<organisation> --on DATE [--end LIST] [--decisions FILE] [--wind-up DATE] [--dry-run]',
  words: [{ name: 'organisation', help: 'the id of the organisation' }],
  options: {
    on: { type: 'string', value: 'DATE', help: 'the last day on which it takes part' },
    ...DECISION_OPTIONS,
    ...CHANGE_OPTIONS,
  },
  example: 'npx concordat leave camden --on 2027-06-30 --end benefit-rates,blue-badge-eligibility --dry-run',
  run: (values, terminal) => {
    const lastDay = dayOf(values, 'on');
    if (lastDay === undefined) throw new UsageError('leave needs --on DATE: the last day');
    const id = textOf(values, 'organisation') ?? '';
    const departure = {
      heirs: new Map([[id, []]]),
      lastDay,
      windsUp: dayOf(values, 'wind-up'),
      emptyHanded: [],
    };
    return changeRegister(values, terminal, async (files, asOf) => {
      demandOrganisation(files, id);
      const decisions = await decisionsFor(values, terminal, files, departure, asOf);
      return departed(files, { ...departure, decisions }, asOf);
    });
  },
};
