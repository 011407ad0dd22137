/** Tables for a spreadsheet: RFC 4180 in UTF-8, with a byte order mark so that Excel reads it as UTF-8. */

/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** What it would take for a number, without the zeros in front, and show as 1E+11: the id of an account. */
const LONG_NUMBER = /^\d{12,}$/;
/**
 * The most characters that a cell of Excel holds; what is more is cut off, or goes into other rows without their columns.
 * @see https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
 */
const MOST_IN_CELL = 32_767;
const BETWEEN = '; ';

/** What stands in one cell: several things are told apart by semicolons. */
export type Cell = string | number | readonly string[];

/**
 * Rows as CSV. A text that a spreadsheet would run as a formula, or take for a number, gets an apostrophe in front. A list
 * or a text that no cell would hold is parted: it goes on in the next rows, which say the row’s other cells again.
 */
export function csv(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[heads, ...rows.flatMap(parted)].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/**
 * Rows as CSV for programs: every value as it is, one row a row, without a byte order mark.
 * @see https://www.gov.uk/government/publications/recommended-open-standards-for-government/tabular-data-standard
 */
export function openCsv(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[heads, ...rows].map((row) => row.map(quotedIfNeeded).join(',')).join('\r\n')}\r\n`;
}

/** A row as so many as its longest list needs. A list that has come to its end is empty from there on. */
function parted(row: readonly Cell[]): (string | number)[][] {
  const columns = row.map((each) =>
    typeof each === 'object'
      ? partsOf(each)
      : String(each).length < MOST_IN_CELL
        ? each
        : partsOf([String(each)]),
  );
  const most = Math.max(1, ...columns.map((each) => (typeof each === 'object' ? each.length : 1)));
  return Array.from({ length: most }, (_, index) =>
    columns.map((each) => (typeof each === 'object' ? (each[index] ?? '') : each)),
  );
}

/** The texts of as few cells as hold the list. One thing that is too long for a cell by itself is cut into several. */
function partsOf(things: readonly string[]): string[] {
  // One character is left for the apostrophe.
  const most = MOST_IN_CELL - 1;
  const parts: string[] = [];
  let held = '';
  for (const thing of things.flatMap((each) => pieces(each, most))) {
    const longer = held === '' ? thing : `${held}${BETWEEN}${thing}`;
    if (longer.length <= most) held = longer;
    else {
      parts.push(held);
      held = thing;
    }
  }
  return [...parts, held];
}

function pieces(text: string, most: number): string[] {
  return text.length <= most ? [text] : [text.slice(0, most), ...pieces(text.slice(most), most)];
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const tame = FORMULA.test(value) || LONG_NUMBER.test(value) ? `'${value}` : value;
  return quotedIfNeeded(tame);
}

function quotedIfNeeded(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
