/** `concordat check`: says everything that is wrong with a register. */
import {
  countInWords,
  type Diagnostic,
  githubReport,
  gitlabReport,
  jsonReport,
  missingOn,
  type Register,
  RegisterFolderError,
  type ReportInput,
  sarifReport,
  textReport,
} from '../../register';
import { dayWords } from '../../register/calendar';
import { plural } from '../../words';
import { command } from '../command';
import { load, outcomesOrExplain, type RegisterInput, registerInput } from '../register-input';
import { missingStopRights } from '../stops/stop-rights';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { formatOf, formats, REGISTER_OPTIONS } from '../vocabulary';
import { awaitingIn, awaitingWords } from './awaiting';
import { copiesNotes } from './copies-notes';
import { missingRecoveryKeys } from './recovery-keys';
import { refutedFindings } from './refuted';
import { undeclaredWords } from './undeclared';

const FORMATS = ['text', 'json', 'sarif', 'github', 'gitlab'] as const;

/** Needs neither network nor AWS. Exits 0, 1 where something would not work on AWS, or 3 where the register is faulty. */
export const check = command({
  name: 'check',
  words: {},
  options: { ...REGISTER_OPTIONS, ...formats(FORMATS) },
  example: 'npx concordat check --format github',
  run: (values, terminal) => checkRegister(registerInput(values, terminal), formatOf(values), terminal),
});

function checkRegister(input: RegisterInput, format: (typeof FORMATS)[number], terminal: Terminal): ExitCode {
  const loaded = readable(() => load(input, terminal.cwd), terminal);
  if (loaded === undefined) return EXIT.faultyInput;
  const refuted = loaded.ok ? refutedIn(loaded.register, input, terminal) : [];
  if (refuted === undefined) return EXIT.faultyInput;
  const diagnostics = loaded.ok ? [...loaded.findings, ...refuted] : loaded.diagnostics;
  const report: ReportInput = { diagnostics, lines: loaded.lines, folder: input.folder };
  if (format === 'json') terminal.out(jsonReport(report));
  if (format === 'sarif') terminal.out(sarifReport(report));
  if (format === 'github') terminal.out(githubReport(report));
  if (format === 'gitlab') terminal.out(gitlabReport(report));
  if (loaded.ok && diagnostics.length === 0) {
    const { organisations, agreements, contracts } = loaded.register;
    terminal.err(
      `${input.folder} is sound as of ${dayWords(input.asOf)}: ${plural(organisations.length, 'organisation')}, ` +
        `${plural(agreements.length, 'agreement')}, ${plural(contracts.length, 'contract')}.\n`,
    );
    for (const each of missingStopRights(loaded.register)) terminal.err(`note: ${each}\n`);
    for (const each of missingRecoveryKeys(loaded.register, input.asOf)) terminal.err(`note: ${each}\n`);
    for (const each of awaitingIn(loaded.register, input.asOf))
      terminal.err(`note: ${awaitingWords(each)}.\n`);
    for (const each of missingOn(loaded.register, input.asOf))
      terminal.err(`note: ${undeclaredWords(each)}.\n`);
    for (const each of copiesNotes(loaded.register, input.asOf)) terminal.err(`note: ${each}\n`);
    return EXIT.clean;
  }
  if (format === 'text') terminal.out(textReport(report, terminal.colour, terminal.width));
  terminal.err(`\n${countInWords(diagnostics)}.\n`);
  return loaded.ok ? EXIT.findings : EXIT.faultyInput;
}

/** What `assumptions.json` has as refuted; undefined where the file itself has a fault, which is then said. */
function refutedIn(register: Register, input: RegisterInput, terminal: Terminal): Diagnostic[] | undefined {
  const outcomes = outcomesOrExplain(input, register, terminal, 'The register itself can be read.');
  return outcomes && refutedFindings(outcomes, register, input);
}

function readable<T>(read: () => T, terminal: Terminal): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RegisterFolderError)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return undefined;
  }
}
