/** Reads the header of a CSV file, and finds the contract’s columns in it. */
import type { ContractPlan, FormFault } from '../../wire/contracts';
import type { Findings } from '../findings';
import { MOST_COLUMNS, MOST_HEADER_BYTES } from './limits';

/** How lines end. */
export type LineEnd = 'lf' | 'crlf';

/** A header as it was found. */
export interface Header {
  readonly names: readonly { readonly text: string; readonly at: number }[];
  /** The first byte behind it. */
  readonly end: number;
  /** Nothing where the file ends with it. */
  readonly lineEnd: LineEnd | undefined;
  /** How many lines of text it takes. */
  readonly lines: number;
}

/** The header is not to be read: why, and at which byte. */
export interface HeaderFault {
  readonly fault: FormFault;
  readonly at: number;
}

const [COMMA, QUOTE, LF, CR] = [44, 34, 10, 13];

/**
 * Reads the first record of a file.
 * @param bytes the beginning of the file, without its byte order mark
 * @param final whether that is the whole file
 * @returns nothing where more bytes are needed
 */
export function readHeader(bytes: Uint8Array, final: boolean): Header | HeaderFault | undefined {
  const end = bytes.length;
  if (end === 0) return final ? { fault: 'no-header', at: 0 } : undefined;
  const names: { text: string; at: number }[] = [];
  let at = 0;
  let lines = 1;
  for (;;) {
    const field = readField(bytes, at, final);
    if (!field) return tooLong(end, at);
    if ('fault' in field) return field;
    names.push({ text: field.text, at: field.start });
    lines += field.lineFeeds;
    at = field.end;
    if (at > MOST_HEADER_BYTES || names.length > MOST_COLUMNS) return { fault: 'too-large', at: 0 };
    if (bytes[at] !== COMMA) break;
    at++;
  }
  const behind = behindRow(bytes, at, final);
  if (!behind || 'fault' in behind) return behind;
  if (names.length === 1 && names[0]?.text === '') return { fault: 'no-header', at: 0 };
  return { names, lines, ...behind };
}

function behindRow(
  bytes: Uint8Array,
  at: number,
  final: boolean,
): Pick<Header, 'end' | 'lineEnd'> | HeaderFault | undefined {
  if (bytes[at] === LF) return { end: at + 1, lineEnd: 'lf' };
  if (bytes[at] === CR) {
    if (bytes[at + 1] === LF) return { end: at + 2, lineEnd: 'crlf' };
    return at + 1 < bytes.length || final ? { fault: 'line-ends', at } : undefined;
  }
  return { end: at, lineEnd: undefined };
}

interface Field {
  readonly text: string;
  /** Its first byte, within the quotes. */
  readonly start: number;
  /** The byte behind it: a comma, the end of the line or of the file. */
  readonly end: number;
  readonly lineFeeds: number;
}

function readField(bytes: Uint8Array, from: number, final: boolean): Field | HeaderFault | undefined {
  const quoted = bytes[from] === QUOTE;
  let at = quoted ? from + 1 : from;
  let lineFeeds = 0;
  for (; ; at++) {
    const byte = bytes[at];
    if (byte === undefined) {
      if (!final) return undefined;
      if (quoted) return { fault: 'unclosed-quote', at: from };
      break;
    }
    if (quoted) {
      if (byte === LF) lineFeeds++;
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) at++;
      else if (at + 1 >= bytes.length && !final) return undefined;
      else break;
    } else if (byte === QUOTE) return { fault: 'quoting', at };
    else if (byte === COMMA || byte === LF || byte === CR) break;
  }
  const start = quoted ? from + 1 : from;
  const raw = bytes.subarray(start, at);
  if (raw.includes(0)) return { fault: 'encoding', at: start };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return { fault: 'encoding', at: start };
  }
  if (!quoted) return { text, start, end: at, lineFeeds };
  const end = at + 1;
  const after = bytes[end];
  if (after !== undefined && after !== COMMA && after !== LF && after !== CR)
    return { fault: 'quoting', at: end };
  return { text: text.replaceAll('""', '"'), start, end, lineFeeds };
}

function tooLong(bytes: number, at: number): HeaderFault | undefined {
  return bytes > MOST_HEADER_BYTES ? { fault: 'too-large', at } : undefined;
}

/** Which field each column of the contract is in, from 0; -1 for one that is not there or there twice. */
export interface Columns {
  readonly slots: Int32Array;
  readonly fields: number;
}

/**
 * Finds the contract’s columns, and says in the findings what is wrong with the header. All else can still be asked.
 * @param offset where the header begins in the file
 * @returns nothing where not one of the columns is there: then there is no header, or the file is of another kind
 */
export function findColumns(
  plan: ContractPlan,
  names: Header['names'],
  findings: Findings,
  offset: number,
): Columns | undefined {
  const numbers = new Map(plan.columns.map(({ name }, n) => [name, n]));
  const slots = new Int32Array(plan.columns.length).fill(-1);
  if (!names.some(({ text }) => numbers.has(text))) return undefined;
  const twice = new Set<number>();
  let last = -1;
  let inOrder = true;
  names.forEach(({ text, at }, slot) => {
    const column = numbers.get(text);
    const spot = { row: 0, column: column ?? -1, field: slot + 1, line: 1, byte: offset + at };
    if (column === undefined) findings.broke(findings.form('unknown-column'), spot);
    else if ((slots[column] ?? -1) >= 0) {
      findings.broke(findings.form('duplicate-column'), spot);
      twice.add(column);
    } else {
      slots[column] = slot;
      if (column < last && inOrder && plan.csv.columnOrder === 'fixed') {
        inOrder = false;
        findings.broke(findings.form('column-order'), spot);
      }
      last = column;
    }
  });
  slots.forEach((slot, column) => {
    if (slot < 0) findings.broke(findings.form('missing-column'), { row: 0, column, line: 1, byte: -1 });
  });
  for (const column of twice) slots[column] = -1;
  return { slots, fields: names.length };
}
