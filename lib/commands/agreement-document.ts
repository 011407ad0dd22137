/** `concordat agreement document`: an agreement as a page that prints well and as an OpenDocument text. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { agreementDocument, openDocumentText, privacyNotice, whyNoNotice } from '../agreements';
import { writeWhole } from '../disk';
import { termsDigest } from '../register';
import { documentPage } from '../words';
import { command } from './command';
import { agreementOf } from './demand-agreement';
import { documentsOf } from './home';
import { toggle, UsageError, word } from './option';
import { loadOrExplain, registerInput } from './register-input';
import { EXIT } from './terminal';
import { documents, REGISTER_OPTIONS } from './vocabulary';

/** Needs neither network nor AWS. Exits 0, or 3 where the register is faulty. */
export const agreementDocumentCommand = command({
  name: 'agreement document',
  words: { agreement: word('the id of the agreement') },
  options: {
    output: documents('two files'),
    'privacy-notice': toggle(
      'instead, what the people concerned are to be told, and what the agreement does not say of that',
    ),
    ...REGISTER_OPTIONS,
  },
  example: 'npx concordat agreement document housing-benefit-awards',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const agreement = agreementOf(register, values.agreement);
    const isNotice = values['privacy-notice'];
    const why = isNotice ? whyNoNotice(agreement) : undefined;
    if (why !== undefined)
      throw new UsageError(
        `${agreement.id} has no privacy notice: ${why}. Leave --privacy-notice out for the document`,
      );
    const source = { register, agreement, asOf: input.asOf };
    const page = isNotice ? privacyNotice(source) : agreementDocument(source);
    const name = isNotice ? `${agreement.id}-privacy-notice` : agreement.id;
    const written = [
      [`${name}.html`, documentPage(agreement.title, page)],
      [`${name}.odt`, openDocumentText(agreement.title, page)],
    ] as const;
    const output = values.output ?? documentsOf(input.folder, terminal);
    const folder = resolve(terminal.cwd, output);
    try {
      mkdirSync(folder, { recursive: true });
      for (const [file, content] of written) writeWhole(join(folder, file), content);
    } catch (error) {
      throw new UsageError(
        `${output} cannot be written (${(error as Error).message}): name another folder with --output DIR`,
        { cause: error },
      );
    }
    for (const [file] of written) terminal.out(`${join(output, file)}\n`);
    if (isNotice) {
      terminal.err('\nComplete it before it is published: its last section lists what no agreement says.\n');
      return EXIT.clean;
    }
    terminal.err(`\nThe digest that is signed: ${termsDigest(agreement, register.contracts)}\n`);
    return EXIT.clean;
  },
});
