/** Writes diagnostics for people: the place, the lines around it, and what to do. */
import { styleText } from 'node:util';
import { plural, visible, wrapped } from '../../words';
import type { Diagnostic } from '../diagnostic';

/** What every report is made from. */
export interface ReportInput {
  readonly diagnostics: readonly Diagnostic[];
  /** The lines of each file with faults, by its path within the register. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  /** The register folder as the reader knows it, such as `register`. */
  readonly folder: string;
}

type Paint = (style: 'red' | 'blue' | 'bold' | 'green', text: string) => string;

/** Lines longer than this are cut round the fault, so that a frame stays one screen wide. */
const WIDEST_LINE = 120;
/** Nothing is laid out narrower, however narrow the terminal is. */
const NARROWEST_LINE = 40;

/**
 * Every diagnostic with its code frame, a blank line between them. Ends with a line feed.
 * @param width the cells of the terminal that shows it; nothing is laid out wider than 120
 */
export function textReport(input: ReportInput, colour: boolean, width = WIDEST_LINE): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const cells = Math.max(NARROWEST_LINE, Math.min(width, WIDEST_LINE));
  return `${input.diagnostics.map((each) => one(each, input, paint, cells)).join('\n\n')}\n`;
}

/** How many faults in how many files, as a sentence. */
export function countInWords(diagnostics: readonly Diagnostic[]): string {
  const files = new Set(diagnostics.map((each) => each.place.file)).size;
  return `${plural(diagnostics.length, 'error')} in ${plural(files, 'file')}`;
}

function one(diagnostic: Diagnostic, { lines, folder }: ReportInput, paint: Paint, cells: number): string {
  const { place, code } = diagnostic;
  const gutter = String(place.line).length;
  const bar = `${' '.repeat(gutter)} ${paint('blue', '|')}`;
  const note = (label: string, text: string) =>
    `${' '.repeat(gutter)} ${paint('blue', '=')} ${paint('bold', `${label}:`)} ${wrap(visible(text), cells, gutter + 5 + label.length)}`;
  const out = [
    headline(code, visible(diagnostic.message), paint, cells),
    `${' '.repeat(gutter)}${paint('blue', '-->')} ${visible(`${folder}/${place.file}`)}:${place.line}:${place.column}`,
  ];
  const line = lines.get(place.file)?.[place.line - 1];
  if (line !== undefined) {
    const { text, column } = cut(line, place.column, cells === WIDEST_LINE ? cells : cells - gutter - 5);
    const end = place.endLine === place.line ? place.endColumn : line.length + 1;
    const width = Math.max(1, Math.min(end - place.column, text.length - column + 1));
    const pointer = `${' '.repeat(column - 1)}${paint('red', '^'.repeat(width))}`;
    const hint =
      diagnostic.suggestion === undefined
        ? ''
        : paint('red', ` did you mean \`${visible(diagnostic.suggestion)}\`?`);
    const shown = text === '' ? '' : ` ${text}`;
    out.push(bar, `${paint('blue', `${place.line} |`)}${shown}`, `${bar} ${pointer}${hint}`);
  }
  if (diagnostic.found !== undefined && line === undefined) out.push(note('found', diagnostic.found));
  if (diagnostic.allowed !== undefined) out.push(note('allowed', diagnostic.allowed));
  out.push(note('fix', diagnostic.fix));
  return out.join('\n');
}

/** The first line, broken at its spaces only where the terminal is narrower than usual. */
function headline(code: string, message: string, paint: Paint, cells: number): string {
  const begins = `error[${code}]`;
  const lines = cells === WIDEST_LINE ? [`${begins}: ${message}`] : wrapped(`${begins}: ${message}`, cells);
  const [first = '', ...rest] = lines;
  return [
    paint('red', begins) + paint('bold', first.slice(begins.length)),
    ...rest.map((line) => paint('bold', line)),
  ].join('\n');
}

/** Breaks a long list at its spaces; further lines begin below the first. */
function wrap(text: string, cells: number, indent: number): string {
  return wrapped(text, cells - indent).join(`\n${' '.repeat(indent)}`);
}

/** Shortens a long line to a window round the column, and makes what cannot be printed visible. */
function cut(line: string, column: number, cells: number): { text: string; column: number } {
  const start = column > cells - 20 ? Math.max(0, column - Math.floor(cells / 3)) : 0;
  const window = line.slice(start, start + cells);
  const shown = Array.from(window, (each) => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(each) ? '·' : each)).join(
    '',
  );
  const before = start > 0 ? '…' : '';
  const after = start + cells < line.length ? '…' : '';
  return {
    text: `${before}${shown}${after}`,
    column: Math.min(column - start + before.length, shown.length + 1),
  };
}
