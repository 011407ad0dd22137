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

/** Every diagnostic with its code frame, a blank line between them. Ends with a line feed. */
export function textReport(input: ReportInput, colour: boolean): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  return `${input.diagnostics.map((each) => one(each, input, paint)).join('\n\n')}\n`;
}

/** How many faults in how many files, as a sentence. */
export function countInWords(diagnostics: readonly Diagnostic[]): string {
  const files = new Set(diagnostics.map((each) => each.place.file)).size;
  return `${plural(diagnostics.length, 'error')} in ${plural(files, 'file')}`;
}

function one(diagnostic: Diagnostic, { lines, folder }: ReportInput, paint: Paint): string {
  const { place, code } = diagnostic;
  const gutter = String(place.line).length;
  const bar = `${' '.repeat(gutter)} ${paint('blue', '|')}`;
  const note = (label: string, text: string) =>
    `${' '.repeat(gutter)} ${paint('blue', '=')} ${paint('bold', `${label}:`)} ${wrap(visible(text), gutter + 5 + label.length)}`;
  const out = [
    `${paint('red', `error[${code}]`)}${paint('bold', `: ${visible(diagnostic.message)}`)}`,
    `${' '.repeat(gutter)}${paint('blue', '-->')} ${visible(`${folder}/${place.file}`)}:${place.line}:${place.column}`,
  ];
  const line = lines.get(place.file)?.[place.line - 1];
  if (line !== undefined) {
    const { text, column } = cut(line, place.column);
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

/** Breaks a long list at its spaces; further lines begin below the first. */
function wrap(text: string, indent: number): string {
  return wrapped(text, WIDEST_LINE - indent).join(`\n${' '.repeat(indent)}`);
}

/** Shortens a long line to a window round the column, and makes what cannot be printed visible. */
function cut(line: string, column: number): { text: string; column: number } {
  const start = column > WIDEST_LINE - 20 ? column - 40 : 0;
  const window = line.slice(start, start + WIDEST_LINE);
  const shown = Array.from(window, (each) => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(each) ? '·' : each)).join(
    '',
  );
  const before = start > 0 ? '…' : '';
  const after = start + WIDEST_LINE < line.length ? '…' : '';
  return {
    text: `${before}${shown}${after}`,
    column: Math.min(column - start + before.length, shown.length + 1),
  };
}
