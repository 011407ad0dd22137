/** `concordat agreement document`: an agreement as a page that prints well and as an OpenDocument text. */
import { join } from 'node:path';
import {
  agreementDocument,
  isOpenDocumentAsWritten,
  openDocumentText,
  privacyNotice,
  whyNoNotice,
} from '../../agreements';
import { ownPage } from '../../disk';
import { termsDigest } from '../../register';
import { documentPage, quoted } from '../../words';
import { command } from '../command';
import { documentsOf } from '../home';
import { toggle, UsageError, word } from '../option';
import { writeInto } from '../own-files';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT } from '../terminal';
import { documents, REGISTER_OPTIONS } from '../vocabulary';
import { agreementOf } from './demand-agreement';

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
      ownPage(`${name}.html`, documentPage(agreement.title, page)),
      {
        name: `${name}.odt`,
        content: openDocumentText(agreement.title, page),
        isAsWritten: isOpenDocumentAsWritten,
      },
    ];
    const output = values.output ?? documentsOf(input.folder, terminal);
    const readBack = (file: string) =>
      `read it back first with npx concordat agreement import ${quoted(file)} --dry-run, `;
    writeInto(output, written, terminal, isNotice ? undefined : readBack);
    for (const file of written) terminal.out(`${join(output, file.name)}\n`);
    if (isNotice) {
      terminal.err('\nComplete it before it is published: its last section lists what no agreement says.\n');
      return EXIT.clean;
    }
    terminal.err(`\nThe digest that is signed: ${termsDigest(agreement, register.contracts)}\n`);
    return EXIT.clean;
  },
});
