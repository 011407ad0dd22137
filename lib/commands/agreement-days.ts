/** `concordat agreement renew`, `end` and `resume`, and `concordat resume` of an organisation: agreements and their days. */
import { addDays, type IsoDate } from '../register/calendar';
import { ended, renewed, resumed } from '../register/changes';
import { CHANGE_OPTIONS, changeRegister } from './change-register';
import { command } from './command';
import { day, needed, text, word } from './option';
import { demandAgreement, demandOrganisation } from './register-word';

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

const ON = { on: day('the first day on which it goes on; tomorrow if not given') };
const dayOr = (on: IsoDate | undefined, asOf: IsoDate) => on ?? addDays(asOf, 1);

/** The same. */
export const agreementResume = command({
  name: 'agreement resume',
  words: AGREEMENT,
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
