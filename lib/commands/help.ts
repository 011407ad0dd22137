/** What help says: the list of commands, and the page of one. */
import type { Command } from './command';

/** The list of commands. @param commands their names and what each is for, in their order */
export function overview(
  called: string,
  purpose: string,
  commands: readonly (readonly [name: string, summary: string])[],
): string {
  return `${purpose}

Usage: ${called} COMMAND [OPTIONS]

Commands:
${table(commands)}
${called} help COMMAND says more of one; ${called} --version says which version this is.
Exit codes: 0 clean, 1 findings, 2 wrong usage, 3 faulty input, 4 internal error, 5 unfinished: run it again.
`;
}

/** The actions of a command that does nothing by itself. */
export function actionsPage(
  called: string,
  name: string,
  actions: readonly (readonly [name: string, summary: string])[],
): string {
  return `Usage: ${called} ${name} ACTION [OPTIONS]

Actions:
${table(actions)}
${called} help ${name} ACTION says more of one.
`;
}

/** The page of one command. */
export function commandPage(
  called: string,
  { name, words, options, forms, example }: Command,
  summary: string,
): string {
  const usage = forms.map((form) => `${called} ${name} ${form}`).join('\n       ');
  const inWords = Object.entries(words).map(([word, { help }]) => [word.toUpperCase(), help] as const);
  const inOptions = Object.entries(options).map(
    ([option, { takes, help }]) => [`--${option}${takes === undefined ? '' : ` ${takes}`}`, help] as const,
  );
  const width = widthOf([...inWords, ...inOptions]);
  return `${name}: ${summary}

Usage: ${usage}
${inWords.length === 0 ? '' : `\n${table(inWords, width)}`}
Options:
${table(inOptions, width)}
Example: ${example.replace(/^npx concordat/, called)}
`;
}

type Row = readonly [left: string, right: string];

function widthOf(rows: readonly Row[]): number {
  return Math.max(...rows.map(([left]) => left.length));
}

function table(rows: readonly Row[], width = widthOf(rows)): string {
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}
