/** What every command of `concordat` is made of. */
import type { ParseArgsConfig } from 'node:util';
import type { ExitCode, Terminal } from './terminal';

/** An option of a command, with what help says of it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** How help shows the value: `DIR`. */
  readonly value?: string;
  readonly help: string;
}

/** A word of the command line that is no option, such as the id of an agreement. */
export interface Word {
  /** Under this name its value is handed over, beside the options; none has the same. */
  readonly name: string;
  readonly help: string;
  readonly optional?: true;
}

/** The values of options, as `util.parseArgs` gives them, and of words. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** One command: its file parses nothing, it is handed what was parsed. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What follows the name in help. */
  readonly usage: string;
  /** In their order; the optional ones last. */
  readonly words?: readonly Word[];
  readonly options: Readonly<Record<string, Option>>;
  /** A worked example for help. */
  readonly example: string;
  run(values: Values, terminal: Terminal): ExitCode | Promise<ExitCode>;
}

/** The caller asked for something that the command does not do. The message says what, and what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The text value of an option, or undefined. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Options in the form of `util.parseArgs`. */
export function parseOptions(options: Command['options']): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));
}

/** The options that name a register and a day. */
export const REGISTER_OPTIONS = {
  register: { type: 'string', value: 'DIR', help: 'the register folder; register if not given' },
  'as-of': {
    type: 'string',
    value: 'DATE',
    help: 'judge as of this day, such as 2027-04-01; today if not given',
  },
} as const satisfies Record<string, Option>;
