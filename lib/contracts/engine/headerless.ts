/** Why a CSV file does not begin with its header, as far as its first lines show it. */
import type { ContractPlan, FormReason } from '../../wire/contracts';
import { headersOf, isJson } from '../other-form';

/** So many bytes at the beginning of a file are looked at, or all of a shorter one. */
export const MOST_LOOKED_AT = 4_096;

/** What parts columns where commas do not: Excel with another list separator, exports of databases. */
const OTHER_SEPARATORS = [';', '\t', '|'];

/**
 * Says why none of a contract’s columns is in the first line.
 * @param bytes the beginning of the file, without its byte order mark
 * @param whole whether the file ends with them
 * @returns nothing where the lines do not show it
 */
export function whyNoHeader(bytes: Uint8Array, plan: ContractPlan, whole: boolean): FormReason | undefined {
  const text = Buffer.from(bytes.subarray(0, MOST_LOOKED_AT)).toString('utf8');
  if (text.trim() === '') return whole && bytes.length <= MOST_LOOKED_AT ? 'empty' : undefined;
  if (isJson(text)) return 'is-json';
  const isHeader = headersOf(plan);
  const [first = '', ...below] = text.split(/\r\n?|\n/);
  if (OTHER_SEPARATORS.some((separator) => isHeader(first, separator))) return 'other-separator';
  const isBelow = below.some((line) => [',', ...OTHER_SEPARATORS].some((each) => isHeader(line, each)));
  return isBelow ? 'header-below' : undefined;
}
