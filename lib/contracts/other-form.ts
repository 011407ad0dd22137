/** What a file is that was sent as another form, as far as its beginning shows it. */
import type { ContractPlan } from '../wire/contracts';

/** So many bytes are looked at for zeros: text in UTF-16, programs and pictures have some among them. */
const SHOWS_NO_TEXT = 512;
/** How one object begins, or a list of them. */
const JSON_BEGINS = /^\s*(?:\[\s*)?\{\s*["}]/;

/** Whether a text begins as JSON does. */
export function isJson(text: string): boolean {
  return JSON_BEGINS.test(text);
}

/** Whether a file that begins so is no text in UTF-8. */
export function isNoText(beginning: Uint8Array): boolean {
  return beginning.subarray(0, SHOWS_NO_TEXT).includes(0);
}

/** Tells lines that have names of a contract’s columns from others, whatever parts them. */
export function headersOf(plan: ContractPlan): (line: string, separator: string) => boolean {
  const names = new Set(plan.columns.map(({ name }) => name));
  // One name may be a word of a title.
  const enough = Math.min(2, names.size);
  return (line, separator) => {
    const cells = line.split(separator).map((cell) => cell.trim().replaceAll('"', ''));
    return new Set(cells.filter((cell) => names.has(cell))).size >= enough;
  };
}
