/** What every command of `concordat` is made of. */
import { readValues } from './command-line';
import { type Options, toggle, type Values, type Words } from './option';
import { placesOf } from './places';
import type { ExitCode, Terminal } from './terminal';

/** Options that every command takes. */
export const ALWAYS = {
  help: toggle('show this help'),
  verbose: toggle('show where in the program an internal error arose'),
  'no-input': toggle('never ask a question; what is missing is an error that names all of it'),
} as const satisfies Options;

/** What a command is defined by. The types of the values that `run` gets follow from `words` and `options`. */
export interface Definition<W extends Words, O extends Options> {
  readonly name: string;
  readonly words: W;
  readonly options: O;
  /** What follows the name in help, where the command has several forms; made from words and options elsewhere. */
  readonly forms?: readonly string[];
  /** A worked example for help. */
  readonly example: string;
  readonly run: (values: Values<W, O & typeof ALWAYS>, terminal: Terminal) => ExitCode | Promise<ExitCode>;
}

/** One command, as the command line sees it. */
export interface Command {
  readonly name: string;
  readonly words: Words;
  readonly options: Options;
  readonly forms: readonly string[];
  readonly example: string;
  /**
   * Reads what follows the name, and runs the command.
   * @throws UsageError if that is not what the command takes
   */
  readonly call: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

/** A command in a list, which may not be loaded yet. */
export interface Listed {
  /** One line, for the list of commands. */
  readonly summary: string;
  readonly load: () => Command;
}

/** Makes a command of its definition. Its `run` is handed what was read, and parses nothing. */
export function command<const W extends Words, const O extends Options>(
  definition: Definition<W, O>,
): Command {
  const { name, words, example, run } = definition;
  const takes = { name, words, options: { ...definition.options, ...ALWAYS } };
  return {
    ...takes,
    forms: definition.forms ?? [usualForm(words, definition.options)],
    example,
    call: async (args, terminal) =>
      run(
        readValues(takes, args, () => placesOf(terminal)),
        terminal,
      ),
  };
}

/** What must be there, by name; the rest is in the list of options. */
function usualForm(words: Words, options: Options): string {
  return [
    ...Object.entries(words).map(([name, { required, many }]) => {
      const shown = `${name.toUpperCase()}${many ? '...' : ''}`;
      return required ? shown : `[${shown}]`;
    }),
    ...Object.entries(options).flatMap(([name, { required, takes }]) =>
      required ? `--${name} ${takes}` : [],
    ),
    '[OPTIONS]',
  ].join(' ');
}
