/** Makes a change of the register and writes it, or says why not: what `pause`, `leave`, `succeed` and `onboard` share. */
import { resolve } from 'node:path';
import {
  countInWords,
  type RegisterFile,
  RegisterFolderError,
  readRegisterFolder,
  textReport,
} from '../../register';
import type { IsoDate } from '../../register/calendar';
import {
  type Change,
  ChangeRefused,
  ChangeUnsound,
  commitFiles,
  type Disk,
  disk,
  NothingWritten,
  saysWhatAwaits,
} from '../../register/changes';
import { andList } from '../../words';
import { type Next, nextLines } from '../next';
import { type Options, toggle, UsageError, type ValuesOf } from '../option';
import { registerFlag } from '../places';
import { type RegisterInput, registerInput } from '../register-input';
import { resultLines } from '../results';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { REGISTER_OPTIONS } from '../vocabulary';
import { stacksThatFollow } from './stacks-that-follow';
import { talker } from './talk';

/** The options of every command that changes the register. */
export const CHANGE_OPTIONS = {
  'dry-run': toggle('say what would change, and write nothing'),
  json: toggle('what changes, as JSON on stdout'),
  ...REGISTER_OPTIONS,
} as const satisfies Options;

/** What is asked of templates that are made again. */
const OF_ASSEMBLY: readonly Next[] = [
  ['npx concordat prove', 'see that nobody reads more than the agreements allow'],
  ['npx concordat cost', 'see what a month costs now'],
];

/** Their values. */
export type ChangeValues = ValuesOf<typeof CHANGE_OPTIONS>;

/** Loads the files, has them changed, and writes and says what came of it. @param written called once it is in the folder */
export async function changeRegister(
  values: ChangeValues,
  terminal: Terminal,
  change: (files: readonly RegisterFile[], asOf: IsoDate) => Change | Promise<Change>,
  { on = disk, written }: { readonly on?: Disk; readonly written?: () => void } = {},
): Promise<ExitCode> {
  const input = registerInput(values, terminal);
  const folder = resolve(terminal.cwd, input.folder);
  return orExplain(input, terminal, async () => {
    const made = await change(readRegisterFolder(folder), input.asOf);
    const isDry = values['dry-run'];
    if (!isDry && made.files.length > 0) {
      commitFiles(folder, made.files, on);
      written?.();
    }
    sayChange(made, input, { isDry, json: values.json }, terminal);
    return EXIT.clean;
  });
}

/** Does something with the register; what stands in the way is reported with every fault at once. */
export async function orExplain(
  input: RegisterInput,
  terminal: Terminal,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ChangeRefused) {
      terminal.err(`error: ${error.message}.\n\nSettle first:\n`);
      for (const each of error.settle) {
        // In a line of its own, where no terminal shows it.
        if (terminal.width === undefined) terminal.err(`  - ${each}\n`);
        else talker(terminal)(each, '  - ', '    ');
      }
      sayMeant(input.folder, terminal);
      terminal.err('\nNothing was written.\n');
      return EXIT.findings;
    }
    if (error instanceof ChangeUnsound) {
      terminal.err(textReport({ ...error, folder: input.folder }, terminal.colour, terminal.width));
      terminal.err(`\n${error.message}: ${countInWords(error.diagnostics)}. Nothing was written.\n`);
      return EXIT.faultyInput;
    }
    if (error instanceof RegisterFolderError) {
      terminal.err(`error: ${error.message}\n`);
      return EXIT.faultyInput;
    }
    if (error instanceof NothingWritten) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function sayChange(
  change: Change,
  { folder, asOf }: RegisterInput,
  { isDry, json }: { readonly isDry: boolean; readonly json: boolean },
  terminal: Terminal,
): void {
  const { files } = change;
  const says = [...change.says, ...saysWhatAwaits(change, asOf)];
  const { out, err, width } = terminal;
  const stacks = stacksThatFollow(change);
  const paths = files.map(({ path }) => `${folder}/${path}`);
  if (json) {
    out(
      `${JSON.stringify({ form: 'concordat-change/v1', asOf, written: !isDry, files: paths, says, stacks }, null, 2)}\n`,
    );
    return;
  }
  out(resultLines(says, terminal));
  if (files.length === 0) {
    err('\nThe register says all of this already; nothing was written.\n');
    return;
  }
  err(`\n${isDry ? 'Would be written' : 'Written'}:\n${paths.map((path) => `  ${path}\n`).join('')}`);
  if (stacks.length > 0) said(`What it changes is in ${andList(stacks)}, and may be in Baseline.`, terminal);
  const meant = registerFlag(folder, terminal);
  err(
    isDry
      ? '\nNothing was written, since --dry-run was given.\n'
      : `\nRead it through and have it reviewed. Next:\n${nextLines(
          [
            [`npx concordat synth${meant}`, 'make the templates'],
            [
              'npx concordat plan BEFORE',
              'see what to deploy in which order, after the assembly deployed last',
            ],
            // Of another register the assembly may lie anywhere.
            ...(meant === '' ? OF_ASSEMBLY : []),
          ],
          width,
        )}\n`,
  );
  sayMeant(folder, terminal);
}

/** What changes is told by what knows no folders, so it is said once for all commands that it names. */
function sayMeant(folder: string, terminal: Terminal): void {
  const meant = registerFlag(folder, terminal);
  if (meant !== '') said(`Other commands that are named here take${meant} as well.`, terminal);
}

/** Says something in a paragraph of its own. */
function said(text: string, terminal: Terminal): void {
  terminal.err('\n');
  talker(terminal)(text);
}
