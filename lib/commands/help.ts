/** What help says: the list of commands, and the page of one, laid out for the width of the terminal. */
import { wrapped } from '../words';
import type { Command } from './command';

const EXIT_CODES =
  'Exit codes: 0 clean, 1 findings, 2 wrong usage, 3 faulty input, 4 internal error, 5 unfinished: run it again.';
/** What help is written in, where no terminal says how wide it is; and the least that an explanation gets. */
export const HELP_CELLS = 110;
const LEAST = 30;

/** The list of commands. @param commands their names and what each is for, in their order */
export function overview(
  called: string,
  purpose: string,
  commands: readonly (readonly [name: string, summary: string])[],
  cells: number,
): string {
  return `${purpose}

Usage: ${called} COMMAND [OPTIONS]

Commands:
${table(commands, cells)}
${lines(`${called} help COMMAND says more of one; ${called} --version says which version this is.`, cells)}
${lines(EXIT_CODES, cells)}
`;
}

/** The actions of a command that does nothing by itself. */
export function actionsPage(
  called: string,
  name: string,
  actions: readonly (readonly [name: string, summary: string])[],
  cells: number,
): string {
  return `Usage: ${called} ${name} ACTION [OPTIONS]

Actions:
${table(actions, cells)}
${called} help ${name} ACTION says more of one.
`;
}

/** The page of one command. */
export function commandPage(
  called: string,
  { name, words, options, forms, example }: Command,
  summary: string,
  cells: number,
): string {
  const usage = forms.map((form) => `${called} ${name} ${form}`).join('\n       ');
  const inWords = Object.entries(words).map(([word, { help }]) => [word.toUpperCase(), help] as const);
  const inOptions = Object.entries(options).map(
    ([option, { takes, help }]) => [`--${option}${takes === undefined ? '' : ` ${takes}`}`, help] as const,
  );
  const width = widthOf([...inWords, ...inOptions], cells);
  return `${lines(`${name}: ${summary}`, cells)}

Usage: ${usage}
${inWords.length === 0 ? '' : `\n${table(inWords, cells, width)}`}
Options:
${table(inOptions, cells, width)}
Example: ${example.replace(/^npx concordat/, called)}
`;
}

type Row = readonly [left: string, right: string];

/** Of the left column: as wide as its widest entry that leaves room for what is beside it. */
function widthOf(rows: readonly Row[], cells: number): number {
  const most = Math.max(20, cells - LEAST - 4);
  return Math.max(
    ...rows.map(([left]) => (left.length <= Math.min(most, cells < 80 ? 18 : 34) ? left.length : 0)),
  );
}

/** Rows of two columns. An entry that is wider than the left one has a line of its own. */
function table(rows: readonly Row[], cells: number, width = widthOf(rows, cells)): string {
  const indent = ' '.repeat(width + 4);
  return rows
    .flatMap(([left, right]) => {
      const first = left.length > width ? indent : `  ${left.padEnd(width)}  `;
      const beside = wrapped(right, Math.max(cells, indent.length + LEAST), first, indent);
      return left.length > width ? [`  ${left}`, ...beside] : beside;
    })
    .map((line) => `${line}\n`)
    .join('');
}

function lines(text: string, cells: number): string {
  return wrapped(text, cells).join('\n');
}
