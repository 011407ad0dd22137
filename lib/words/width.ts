/** How wide text is on a terminal, and lines and columns of a width. */
import { styleText } from 'node:util';

/** How a terminal shows a piece of text. */
type Style = 'bold' | 'italic' | 'red' | 'green' | 'blue';

/** Paints text, or leaves it plain. */
export type Paint = (style: Style, text: string) => string;

/** Paints for a terminal with colours; leaves all as it is for one without. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
}

/** Scripts and signs that take two cells: East Asian wide and full-width characters, and emoji shown as pictures. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** The width in cells of a terminal. Accents that combine take none; nor do colours. */
export function widthOf(text: string): number {
  let width = 0;
  // biome needs no exception for the escape of colours here, since it is matched by its code point.
  for (const character of text.replace(new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, 'g'), ''))
    width += /[\p{Mn}\p{Me}\p{Cf}]/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Text filled with spaces to a width. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/**
 * Text in lines of a width, broken at spaces; a longer word stands alone.
 * @param first what the first line begins with @param rest what the others begin with
 */
export function wrapped(text: string, width: number, first = '', rest = ''): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** How columns are set. */
export interface ColumnSettings {
  /** No cell beyond this makes its column wider. */
  readonly widest?: number;
}

/** Rows in columns, two spaces between them, as wide as their widest cells; no spaces at the end of a line. */
export function columns(
  rows: readonly (readonly string[])[],
  { widest = Number.POSITIVE_INFINITY }: ColumnSettings = {},
): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, Math.min(widthOf(cell), widest));
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
