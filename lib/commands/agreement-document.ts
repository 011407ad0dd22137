/** `concordat agreement document`: an agreement as a page that prints well and as an OpenDocument text. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { agreementDocument, openDocumentText } from '../agreements';
import { writeWhole } from '../disk';
import { termsDigest } from '../register';
import { documentPage } from '../words';
import { command } from './command';
import { agreementOf } from './demand-agreement';
import { documentsOf } from './home';
import { UsageError, word } from './option';
import { loadOrExplain, registerInput } from './register-input';
import { EXIT } from './terminal';
import { documents, REGISTER_OPTIONS } from './vocabulary';

/** Needs neither network nor AWS. Exits 0, or 3 where the register is faulty. */
export const agreementDocumentCommand = command({
  name: 'agreement document',
  words: { agreement: word('the id of the agreement') },
  options: { output: documents('two files'), ...REGISTER_OPTIONS },
  example: 'npx concordat agreement document housing-benefit-awards',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const agreement = agreementOf(register, values.agreement);
    const page = agreementDocument({ register, agreement, asOf: input.asOf });
    const written = [
      [`${agreement.id}.html`, documentPage(agreement.title, page)],
      [`${agreement.id}.odt`, openDocumentText(agreement.title, page)],
    ] as const;
    const output = values.output ?? documentsOf(input.folder, terminal);
    const folder = resolve(terminal.cwd, output);
    try {
      mkdirSync(folder, { recursive: true });
      for (const [name, content] of written) writeWhole(join(folder, name), content);
    } catch (error) {
      throw new UsageError(
        `${output} cannot be written (${(error as Error).message}): name another folder with --output DIR`,
        { cause: error },
      );
    }
    for (const [name] of written) terminal.out(`${join(output, name)}\n`);
    terminal.err(`\nThe digest that is signed: ${termsDigest(agreement, register.contracts)}\n`);
    return EXIT.clean;
  },
});
