/** `concordat check`: says everything that is wrong with a register. */
import { RegisterFolderError } from '../register/folder';
import { githubReport } from '../register/report/github';
import { jsonReport } from '../register/report/json';
import { sarifReport } from '../register/report/sarif';
import { countInWords, plural, type ReportInput, textReport } from '../register/report/text';
import { type Command, REGISTER_OPTIONS, textOf, UsageError, type Values } from './command';
import { load, registerInput } from './register-input';
import { EXIT, type Terminal } from './terminal';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof FORMATS)[number];

/** Needs neither network nor AWS. Exits 0, or 3 where the register is faulty. */
export const check: Command = {
  name: 'check',
  summary: 'check a register and say everything that is wrong with it',
  usage: '[--register DIR] [--as-of DATE] [--format text|json|sarif|github]',
  options: {
    ...REGISTER_OPTIONS,
    format: { type: 'string', value: 'NAME', help: `one of ${FORMATS.join(', ')}; text if not given` },
    json: { type: 'boolean', help: 'the same as --format json' },
  },
  example: 'npx concordat check --format github',
  run: checkRegister,
};

function checkRegister(values: Values, terminal: Terminal) {
  const format = formatOf(values);
  const input = registerInput(values, terminal);
  const loaded = readable(() => load(input, terminal.cwd), terminal);
  if (loaded === undefined) return EXIT.faultyInput;
  const report: ReportInput = loaded.ok
    ? { diagnostics: [], lines: new Map(), folder: input.folder }
    : { diagnostics: loaded.diagnostics, lines: loaded.lines, folder: input.folder };
  if (format === 'json') terminal.out(jsonReport(report));
  if (format === 'sarif') terminal.out(sarifReport(report));
  if (format === 'github') terminal.out(githubReport(report));
  if (loaded.ok) {
    const { organisations, agreements, contracts } = loaded.register;
    terminal.err(
      `${input.folder} is sound as of ${input.asOf}: ${plural(organisations.length, 'organisation')}, ` +
        `${plural(agreements.length, 'agreement')}, ${plural(contracts.length, 'contract')}.\n`,
    );
    return EXIT.clean;
  }
  if (format === 'text') terminal.out(textReport(report, terminal.colour));
  terminal.err(`\n${countInWords(loaded.diagnostics)}.\n`);
  return EXIT.faultyInput;
}

function formatOf(values: Values): Format {
  const given = textOf(values, 'format') ?? (values.json === true ? 'json' : 'text');
  const format = FORMATS.find((each) => each === given);
  if (format === undefined)
    throw new UsageError(`there is no format '${given}': choose one of ${FORMATS.join(', ')}`);
  return format;
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
