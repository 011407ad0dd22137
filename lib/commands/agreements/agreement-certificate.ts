/** `concordat agreement certificate`: a declaration of disposal as a page for the file. */
import { join } from 'node:path';
import { disposalCertificate } from '../../agreements';
import { ownPage } from '../../disk';
import { declarationsOf } from '../../register';
import { documentPage } from '../../words';
import { command } from '../command';
import { documentsOf } from '../home';
import { needed, text, word } from '../option';
import { writeInto } from '../own-files';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT } from '../terminal';
import { documents, REGISTER_OPTIONS } from '../vocabulary';
import { agreementOf } from './demand-agreement';

/** Needs neither network nor AWS. Exits 0, 1 where nothing was declared, or 3 where the register is faulty. */
export const agreementCertificate = command({
  name: 'agreement certificate',
  words: { agreement: word('the id of the agreement') },
  options: {
    of: needed(text('ORGANISATION', 'the recipient that declared it, by its id')),
    output: documents('page'),
    ...REGISTER_OPTIONS,
  },
  example: 'npx concordat agreement certificate housing-benefit-awards --of leeds',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const { id } = agreementOf(register, values.agreement);
    const last = declarationsOf(register, id)
      .filter(({ disposal }) => disposal.organisation === values.of)
      .at(-1);
    if (last === undefined) {
      terminal.err(
        `${values.of} has declared nothing of ${id}: npx concordat dispose ${id} --as ${values.of} --key FILE\n`,
      );
      return EXIT.findings;
    }
    const title = `Certificate of disposal: ${id}, ${values.of}`;
    const page = documentPage(title, disposalCertificate({ register, ...last }));
    const name = `${id}.${values.of}.disposal.html`;
    const output = values.output ?? documentsOf(input.folder, terminal);
    writeInto(output, [ownPage(name, page)], terminal);
    terminal.out(`${join(output, name)}\n`);
    return EXIT.clean;
  },
});
