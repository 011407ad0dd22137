/**
 * `concordat onboard`: an organisation joins, by one file. Asks for the facts, checks each at once, shows what would change
 * and what it costs, and writes the file and the joining pack.
 */
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RegisterFile, readRegisterFolder } from '../register';
import {
  type Answers,
  ChangeRefused,
  commitFiles,
  type Disk,
  disk,
  faultLine,
  Joining,
  QUESTIONS,
  type QuestionName,
  soundRegister,
} from '../register/changes';
import { CHANGE_OPTIONS, orExplain } from './change-register';
import { type Command, command } from './command';
import { type Onboarding, onboardingJson, onboardingText } from './onboard-report';
import { effectOfJoining, packOf } from './onboard-templates';
import { type Option, optionalWord, renamed, text, toggle, UsageError, type Values } from './option';
import { demandOrganisation } from './organisation-word';
import { doneBy, type RegisterInput, registerInput } from './register-input';
import { EXIT, type ExitCode, type Terminal } from './terminal';

/** An option for each question. */
const ANSWERS = Object.fromEntries(
  QUESTIONS.map(({ name, takes, asks }) => [name, text(takes, asks)]),
) as Record<QuestionName, Option<string | undefined>>;

const WORDS = { organisation: optionalWord('with --pack-only: the organisation whose pack is made again') };
const OPTIONS = {
  ...ANSWERS,
  output: renamed(text('DIR', 'where the pack goes; joining/ID if not given'), 'out'),
  'pack-only': toggle('write the pack of an organisation that is in the register, and change nothing'),
  ...CHANGE_OPTIONS,
};
type Asked = Values<typeof WORDS, typeof OPTIONS> & { readonly 'no-input': boolean };

/** The command, for a disk and a proof. Needs neither network nor AWS. Exits 0, 1 where something is missing or wrong, 3 where the register is faulty. */
export function onboardCommand(on: Disk, effectOf = effectOfJoining): Command {
  return command({
    name: 'onboard',
    words: WORDS,
    options: OPTIONS,
    forms: ['[OPTIONS], which asks for what is not given', 'ORGANISATION --pack-only [OPTIONS]'],
    example: 'npx concordat onboard leeds --pack-only',
    run: (values, terminal) => {
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
  const out = outOf(values, id);
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
  const answers = await answersFor(joining, values, terminal);
  const change = joining.joined(answers);
  const id = answers.id ?? '';
  const { effect, pack, cost } = effectOf(change, id, input.asOf);
  const out = outOf(values, id);
  // What would let anybody do more than agreements say does not get into the register.
  const written = !values['dry-run'] && effect.proven;
  if (written) writeBoth(folder, change.files, resolve(terminal.cwd, out), pack, on);
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

/** What options give, and, at a terminal, what the answers to questions give. */
async function answersFor(joining: Joining, values: Asked, terminal: Terminal): Promise<Answers> {
  const answers: Record<string, string> = {};
  for (const { name } of QUESTIONS) {
    const given = values[name];
    if (given !== undefined) answers[name] = given;
  }
  const stray = QUESTIONS.filter(
    (each) => answers[each.name] !== undefined && !joining.asked(answers).includes(each),
  );
  if (stray.length > 0)
    throw new UsageError(
      `--${stray.map(({ name }) => name).join(' and --')} ${stray.length === 1 ? 'does' : 'do'} not go with the membership or custody that was given`,
    );
  const { ask } = terminal;
  if (ask === undefined || values['no-input']) return answers;
  terminal.err('Each answer is checked at once. Ctrl-D stops; nothing is written until the end.\n');
  for (let [next] = joining.missing(answers); next !== undefined; [next] = joining.missing(answers)) {
    const { name, asks } = next;
    const answer = await ask(`\n${asks}\n${name}: `);
    if (answer === undefined)
      throw new ChangeRefused('stopped before everything was answered', [`${name} and what comes after it`]);
    const wrong = joining
      .faults({ ...answers, [name]: answer })
      .filter(({ question }) => question.name === name);
    if (wrong.length === 0) answers[name] = answer;
    for (const each of wrong) terminal.err(`  ${faultLine(each)}\n`);
  }
  return answers;
}

function outOf({ output }: Asked, id: string): string {
  return output ?? join('joining', id);
}

function pathsOf(out: string, pack: readonly RegisterFile[]): string[] {
  return pack.map(({ path }) => `${out}/${path}`);
}

function report(
  onboarding: Onboarding,
  values: Asked,
  { folder }: RegisterInput,
  { out, err }: Terminal,
): void {
  if (values.json) out(onboardingJson(onboarding));
  else {
    const { result, talk } = onboardingText(onboarding, folder);
    out(result);
    err(talk);
  }
}
