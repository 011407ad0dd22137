/** `concordat agreement compare`: what changed in an agreement since an earlier state, term by term. */
import { resolve } from 'node:path';
import { type AgreementState, compared, comparisonDocument } from '../../agreements';
import { countInWords, readAgreement, textReport } from '../../register';
import { documentMarkdown, documentPage, documentText } from '../../words';
import { command } from '../command';
import { needed, text, UsageError, word } from '../option';
import { loadOrExplain, registerInput } from '../register-input';
import { EXIT, type Terminal } from '../terminal';
import { formatOf, formats, REGISTER_OPTIONS } from '../vocabulary';
import { agreementOf } from './demand-agreement';
import { earlierFiles } from './earlier-register';

/** Needs neither network nor AWS. Exits 0 where no term was changed, 1 where one was, 3 where one of the registers is faulty. */
export const agreementCompare = command({
  name: 'agreement compare',
  words: { agreement: word('the id of the agreement') },
  options: {
    with: needed(text('REV', 'the earlier state: a revision of git, or the folder of another register')),
    ...REGISTER_OPTIONS,
    ...formats(['text', 'md', 'html', 'json']),
  },
  example: 'npx concordat agreement compare housing-benefit-awards --with HEAD~1',
  run: (values, terminal) => {
    const input = registerInput(values, terminal);
    const register = loadOrExplain(input, terminal);
    if (register === undefined) return EXIT.faultyInput;
    const agreement = agreementOf(register, values.agreement);
    const before = stateBefore(values, resolve(terminal.cwd, input.folder), terminal);
    if (before === undefined) return EXIT.faultyInput;
    const comparison = compared(before, { agreement, contracts: register.contracts });
    const page = comparisonDocument({
      title: agreement.title,
      earlier: values.with,
      comparison,
      names: register,
    });
    const { digests, terms, columns } = comparison;
    switch (formatOf(values)) {
      case 'json':
        terminal.out(
          `${JSON.stringify({ schema: 'concordat-agreement-comparison/v1', agreement: agreement.id, with: values.with, digests, terms: terms.map(({ term, before: was, after: is }) => ({ term: term.path, before: was, after: is })), columns }, null, 2)}\n`,
        );
        break;
      case 'md':
        terminal.out(documentMarkdown(page));
        break;
      case 'html':
        terminal.out(documentPage(agreement.title, page));
        break;
      case 'text':
        terminal.out(
          documentText(page, {
            colour: terminal.colour,
            ...(terminal.width !== undefined && { width: terminal.width }),
          }),
        );
    }
    return digests.before === digests.after ? EXIT.clean : EXIT.findings;
  },
});

/** The earlier state, or undefined where it is faulty, which is said. @throws UsageError where there is none */
function stateBefore(
  values: { readonly agreement: string; readonly with: string },
  folder: string,
  terminal: Terminal,
): AgreementState | undefined {
  const read = readAgreement(earlierFiles(values.with, folder, terminal.cwd), values.agreement);
  if (read === undefined)
    throw new UsageError(
      `there was no agreement '${values.agreement}' in ${values.with}: name a later state after --with`,
    );
  if (read.ok) return read;
  terminal.err(textReport({ ...read, folder: values.with }, terminal.colour, terminal.width));
  terminal.err(
    `\n${countInWords(read.diagnostics)} in the earlier state, as settings are today: compare the files by git diff.\n`,
  );
  return undefined;
}
