/** Loads the register that a command was pointed to, or says everything that is wrong with it. */
import { relative, resolve, sep } from 'node:path';
import { asTyped, isWithin } from '../disk';
import { knownAssumptions, LiveOutcomesError } from '../policy';
import {
  countInWords,
  type Loaded,
  loadRegister,
  type Register,
  RegisterFolderError,
  readRegisterFolder,
  textReport,
} from '../register';
import { type IsoDate, today } from '../register/calendar';
import { type LiveOutcomes, WireError } from '../wire';
import { dayFrom } from './option';
import type { Terminal } from './terminal';
import { outcomesFile, readOutcomes } from './trials/live-outcomes-file';

/** Which register, as of when. */
export interface RegisterInput {
  /** The folder as the reader knows it. */
  readonly folder: string;
  readonly asOf: IsoDate;
}

/** What the options say. */
export function registerInput(
  values: { readonly register: string; readonly 'as-of': IsoDate | undefined },
  { cwd }: Terminal,
): RegisterInput {
  return { folder: displayPath(values.register, cwd), asOf: values['as-of'] ?? today() };
}

/** As `registerInput`, for the CDK app, whose settings are text. @throws UsageError if `asOf` is no day */
export function inputOf(register = 'register', asOf: string | undefined, cwd: string): RegisterInput {
  return {
    folder: displayPath(register, cwd),
    asOf: asOf === undefined ? today() : dayFrom(asOf, 'asOf'),
  };
}

/** The day by which what a register says to have been done was done: a day that is asked about may lie ahead, or long ago. */
export function doneBy({ asOf }: Pick<RegisterInput, 'asOf'>): IsoDate {
  const now = today();
  return asOf > now ? asOf : now;
}

/** Loads a register. @throws RegisterFolderError if the folder cannot be read */
export function load({ folder, asOf }: RegisterInput, cwd: string): Loaded {
  return loadRegister(readRegisterFolder(resolve(cwd, folder)), asOf, doneBy({ asOf }));
}

/** Loads a register, or writes what is wrong with it and gives undefined. */
export function loadOrExplain(input: RegisterInput, terminal: Terminal): Register | undefined {
  try {
    const loaded = load(input, terminal.cwd);
    if (loaded.ok) return loaded.register;
    terminal.err(textReport({ ...loaded, folder: input.folder }, terminal.colour, terminal.width));
    terminal.err(`\n${countInWords(loaded.diagnostics)}. Nothing was written.\n`);
  } catch (error) {
    if (!(error instanceof RegisterFolderError)) throw error;
    terminal.err(`error: ${error.message}\n`);
  }
  return undefined;
}

/**
 * What live tests of assumptions about AWS have come to, from the file beside the register; or writes what is wrong with that
 * file and gives undefined.
 * @param so what follows from that, for people
 */
export function outcomesOrExplain(
  { folder, asOf }: RegisterInput,
  { zone }: Pick<Register, 'zone'>,
  terminal: Terminal,
  so = 'Nothing was written.',
): LiveOutcomes | undefined {
  try {
    const outcomes = readOutcomes(folder, terminal);
    knownAssumptions(outcomes, { region: zone.region, asOf });
    return outcomes;
  } catch (error) {
    if (!(error instanceof WireError || error instanceof LiveOutcomesError)) throw error;
    const problems = error.problems.map((each) => `error: ${outcomesFile(folder)}: ${each}.\n`);
    terminal.err(`${problems.join('')}${so}\n`);
    return undefined;
  }
}

/** A path relative to the current folder where it lies within, with forward slashes. */
function displayPath(path: string, cwd: string): string {
  const typed = asTyped(path, cwd);
  const shown = (isWithin(typed, asTyped(cwd, cwd)) && relative(cwd, typed)) || path;
  return (
    shown
      .split(sep)
      .join('/')
      .replace(/(?<=.)\/+$/, '') || '.'
  );
}
