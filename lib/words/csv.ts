/** Tables for a spreadsheet: RFC 4180 in UTF-8, with a byte order mark so that Excel reads it as UTF-8. */

/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** What it would take for a number, without the zeros in front, and show as 1E+11: the id of an account. */
const LONG_NUMBER = /^\d{12,}$/;

/** Rows as CSV. A text that a spreadsheet would run as a formula, or take for a number, gets an apostrophe in front. */
export function csv(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const tame = FORMULA.test(value) || LONG_NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
