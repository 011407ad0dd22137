/**
 * `concordat onboard`: an organisation joins, by one file. Asks for the facts, checks each at once, shows what would change
 * and what it costs, and writes the file and the joining pack.
 */
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RegisterFile, readRegisterFolder } from '../../register';
import {
  commitFiles,
  type Disk,
  disk,
  Joining,
  QUESTIONS,
  type QuestionName,
  soundRegister,
} from '../../register/changes';
import { type Command, command } from '../command';
import { placesOfRegister } from '../home';
import { answersTo } from '../interview/answers';
import { CHANGE_OPTIONS, orExplain } from '../interview/change-register';
import { keptAnswers } from '../interview/kept-answers';
import { type Option, optionalWord, renamed, text, toggle, UsageError, type Values } from '../option';
import { demandOutsideRegisters } from '../outside-registers';
import { doneBy, type RegisterInput, registerInput } from '../register-input';
import { demandOrganisation } from '../register-word';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { type Onboarding, onboardingJson, onboardingText } from './onboard-report';
import { effectOfJoining, packOf } from './onboard-templates';

/** An option for each question. */
const ANSWERS = Object.fromEntries(
  QUESTIONS.map(({ name, takes, help }) => [name, text(takes, help)]),
) as Record<QuestionName, Option<string | undefined>>;

/** Where answers wait until all are there. */
const FILE = '.onboard-answers.json';

const WORDS = { organisation: optionalWord('with --pack-only: the organisation whose pack is made again') };
const OPTIONS = {
  ...ANSWERS,
  output: renamed(
    text('DIR', 'where the pack goes; joining/ID in the folder of the zone if not given'),
    'out',
  ),
  'pack-only': toggle('write the pack of an organisation that is in the register, and change nothing'),
  ...CHANGE_OPTIONS,
};
type Asked = Values<typeof WORDS, typeof OPTIONS> & { readonly 'no-input': boolean };

/**
 * The command, for a disk and a proof. Needs neither network nor AWS. Exits 0, 1 where something is missing or wrong, 3 where
 * the register is faulty.
 */
export function onboardCommand(on: Disk, effectOf = effectOfJoining): Command {
  return command({
    name: 'onboard',
    words: WORDS,
    options: OPTIONS,
    forms: ['[OPTIONS], which asks for what is not given', 'ORGANISATION --pack-only [OPTIONS]'],
    example: 'npx concordat onboard leeds --pack-only',
    run: (values, terminal) => {
      const { output } = values;
      if (output !== undefined) demandOutsideRegisters(output, terminal, 'with --output DIR');
      const input = registerInput(values, terminal);
      return orExplain(input, terminal, async () =>
        values['pack-only']
          ? packOnly(values, input, terminal, on)
          : await joinWith(values, input, terminal, on, effectOf),
      );
    },
  });
}

/** The command as it is called. */
export const onboard: Command = onboardCommand(disk);

function packOnly(values: Asked, input: RegisterInput, terminal: Terminal, on: Disk): ExitCode {
  const { organisation: id } = values;
  if (id === undefined) throw new UsageError('--pack-only needs an organisation: onboard leeds --pack-only');
  const given = QUESTIONS.filter(({ name }) => values[name] !== undefined);
  if (given.length > 0)
    throw new UsageError(`--pack-only changes nothing, so --${given[0]?.name} does not go with it`);
  const files = readRegisterFolder(resolve(terminal.cwd, input.folder));
  demandOrganisation(files, id);
  const register = soundRegister(files, input.asOf, 'the register is faulty');
  const { files: pack, cost } = packOf(register, id, input.asOf);
  const out = outOf(values, id, input, terminal);
  if (!values['dry-run']) commitFiles(resolve(terminal.cwd, out), pack, on);
  report({ id, pack: pathsOf(out, pack), cost, written: !values['dry-run'] }, values, input, terminal);
  return EXIT.clean;
}

async function joinWith(
  values: Asked,
  input: RegisterInput,
  terminal: Terminal,
  on: Disk,
  effectOf: typeof effectOfJoining,
): Promise<ExitCode> {
  if (values.organisation !== undefined)
    throw new UsageError('name the organisation with --id, or add --pack-only to make its pack again');
  const folder = resolve(terminal.cwd, input.folder);
  const files = readRegisterFolder(folder);
  const joining = new Joining(files, input.asOf, doneBy(input));
  const kept = keptAnswers(terminal.cwd, `${input.folder}/${FILE}`, 'organisation');
  const answers = await answersTo(
    {
      drafting: joining,
      values,
      kept,
      confirm: ({ id }) => `Have ${id} join?`,
      goesWith: 'the membership or custody',
    },
    terminal,
  );
  const change = joining.joined(answers);
  const id = answers.id ?? '';
  const { effect, pack, cost } = effectOf(change, id, input.asOf);
  const out = outOf(values, id, input, terminal);
  // What would let anybody do more than agreements say does not get into the register.
  const written = !values['dry-run'] && effect.proven;
  if (written) writeBoth(folder, change.files, resolve(terminal.cwd, out), pack, on);
  if (written) kept.forget();
  report(
    {
      id,
      ...(answers.membership !== undefined && { membership: answers.membership }),
      files: change.files.map(({ path }) => `${input.folder}/${path}`),
      says: change.says,
      effect,
      pack: pathsOf(out, pack),
      cost,
      written,
    },
    values,
    input,
    terminal,
  );
  return effect.proven ? EXIT.clean : EXIT.findings;
}

/** The pack first: without the register’s file it changes nothing, and it goes again if that cannot be written. */
function writeBoth(
  folder: string,
  files: readonly RegisterFile[],
  out: string,
  pack: readonly RegisterFile[],
  on: Disk,
): void {
  const isNew = !existsSync(out);
  try {
    commitFiles(out, pack, on);
    commitFiles(folder, files, on);
  } catch (error) {
    if (isNew) rmSync(out, { recursive: true, force: true });
    throw error;
  }
}

function outOf({ output }: Asked, id: string, { folder }: RegisterInput, terminal: Terminal): string {
  return output ?? join(placesOfRegister(folder, terminal).joining, id);
}

function pathsOf(out: string, pack: readonly RegisterFile[]): string[] {
  return pack.map(({ path }) => `${out}/${path}`);
}

function report(onboarding: Onboarding, values: Asked, { folder }: RegisterInput, terminal: Terminal): void {
  const { out, err } = terminal;
  if (values.json) out(onboardingJson(onboarding));
  else {
    const { result, talk } = onboardingText(onboarding, folder, terminal);
    out(result);
    err(talk);
  }
}
