/** `concordat processing-record`: an organisation’s record of what it processes under its agreements, as a table for a spreadsheet. */
import { processingRecord, unrecorded } from '../../agreements';
import { andList } from '../../words';
import { command } from '../command';
import { word } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { organisationOf } from '../register-word';
import { EXIT } from '../terminal';
import { REGISTER_OPTIONS } from '../vocabulary';

/** Needs neither network nor AWS, and writes to standard output alone. Exits 0, or 3 where the register is faulty. */
export const processingRecordCommand = command({
  name: 'processing-record',
  words: { organisation: word('the organisation whose record it is') },
  options: REGISTER_OPTIONS,
  example: 'npx concordat processing-record leeds',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const organisation = organisationOf(register, values.organisation);
    const left = unrecorded(register, organisation.id);
    terminal.out(processingRecord({ register, organisation, asOf: input.asOf }));
    if (left.length > 0)
      terminal.err(
        `\nLeft out, as what they share concerns no living person: ${andList(left.map(({ id }) => id))}.\n`,
      );
    terminal.err(
      `\nComplete what begins with “Not known here”. It is ${organisation.name}’s own record, and not for publication: what is withheld from the public stands in it.\n`,
    );
    return EXIT.clean;
  },
});
