/** `concordat agreement resume` and `concordat resume`: what was suspended or paused goes on. */
import { addDays, type IsoDate } from '../register/calendar';
import { resumed } from '../register/changes';
import { CHANGE_OPTIONS, changeRegister } from './change-register';
import { command } from './command';
import { day, word } from './option';
import { demandAgreement, demandOrganisation } from './register-word';

const ON = { on: day('the first day on which it goes on; tomorrow if not given') };
const dayOr = (on: IsoDate | undefined, asOf: IsoDate) => on ?? addDays(asOf, 1);

/** Needs neither network nor AWS. Exits 0, 1 where something is to be settled first, 3 where the register is faulty. */
export const agreementResume = command({
  name: 'agreement resume',
  words: { agreement: word('the id of the agreement') },
  options: { ...ON, ...CHANGE_OPTIONS },
  example: 'npx concordat agreement resume benefit-rates --on 2027-06-30 --dry-run',
  run: (values, terminal) => {
    const { agreement: id, on } = values;
    return changeRegister(values, terminal, (files, asOf) => {
      demandAgreement(files, id);
      return resumed(files, { kind: 'suspended', id, on: dayOr(on, asOf) }, asOf);
    });
  },
});

/** The same. */
export const resume = command({
  name: 'resume',
  words: { organisation: word('the id of the organisation') },
  options: { ...ON, ...CHANGE_OPTIONS },
  example: 'npx concordat resume leeds --on 2027-05-05 --dry-run',
  run: (values, terminal) => {
    const { organisation: id, on } = values;
    return changeRegister(values, terminal, (files, asOf) => {
      demandOrganisation(files, id);
      return resumed(files, { kind: 'paused', id, on: dayOr(on, asOf) }, asOf);
    });
  },
});
