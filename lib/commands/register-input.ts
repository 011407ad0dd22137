/** Loads the register that a command was pointed to, or says everything that is wrong with it. */
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { dateOf, type IsoDate, isDate, today } from '../register/calendar';
import { RegisterFolderError, readRegisterFolder } from '../register/folder';
import { type Loaded, loadRegister } from '../register/load';
import type { Register } from '../register/register';
import { countInWords, textReport } from '../register/report/text';
import { REGISTER_OPTIONS, textOf, UsageError, type Values } from './command';
import type { Terminal } from './terminal';

/** Which register, as of when. */
export interface RegisterInput {
  /** The folder as the reader knows it. */
  readonly folder: string;
  readonly asOf: IsoDate;
}

/** Reads the options. @throws UsageError if `--as-of` is no date */
export function registerInput(values: Values, terminal: Terminal): RegisterInput {
  return inputOf(textOf(values, 'register'), textOf(values, 'as-of'), terminal.cwd);
}

/** As `registerInput`, for callers that have the two settings from elsewhere. */
export function inputOf(register: string | undefined, asOf: string | undefined, cwd: string): RegisterInput {
  if (asOf !== undefined && !isDate(asOf)) {
    throw new UsageError(`'${asOf}' is not a day: ${REGISTER_OPTIONS['as-of'].help}`);
  }
  return {
    folder: displayPath(register ?? 'register', cwd),
    asOf: asOf === undefined ? today() : dateOf(asOf),
  };
}

/** Loads a register. @throws RegisterFolderError if the folder cannot be read */
export function load({ folder, asOf }: RegisterInput, cwd: string): Loaded {
  return loadRegister(readRegisterFolder(resolve(cwd, folder)), asOf);
}

/** Loads a register, or writes what is wrong with it and gives undefined. */
export function loadOrExplain(input: RegisterInput, terminal: Terminal): Register | undefined {
  try {
    const loaded = load(input, terminal.cwd);
    if (loaded.ok) return loaded.register;
    terminal.err(textReport({ ...loaded, folder: input.folder }, terminal.colour));
    terminal.err(`\n${countInWords(loaded.diagnostics)}. Nothing was written.\n`);
  } catch (error) {
    if (!(error instanceof RegisterFolderError)) throw error;
    terminal.err(`error: ${error.message}\n`);
  }
  return undefined;
}

/** A path relative to the current folder where it lies within, with forward slashes. */
function displayPath(path: string, cwd: string): string {
  const absolute = isAbsolute(path) ? path : join(cwd, path);
  const inside = relative(cwd, absolute);
  const shown = inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  return (
    shown
      .split(sep)
      .join('/')
      .replace(/(?<=.)\/+$/, '') || '.'
  );
}
