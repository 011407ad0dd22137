/** As much of DER as timestamps need. @see https://www.itu.int/rec/T-REC-X.690 */
import { concat } from './bytes';
import { LedgerFormatError } from './errors';

/** Tags. */
export const DER = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

/** One value, taken apart. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Writes a value. */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concat(...content);
  return concat(Uint8Array.of(tag), lengthOf(body.length), body);
}

/** Writes a whole number that is not negative, from its bytes. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const short = bytes.subarray(from);
  return der(DER.integer, ...((short[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []), short);
}

/** Reads the values that stand one after another. @throws LedgerFormatError if they do not end where the bytes do */
export function readDer(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { length, start } = readLength(bytes, at + 1);
    const end = start + length;
    if (end > bytes.length) throw new LedgerFormatError(`a DER value at byte ${at} runs past the end`);
    values.push({ tag: bytes[at] ?? 0, content: bytes.subarray(start, end) });
    at = end;
  }
  return values;
}

/** The values within one, which must have this tag. @throws LedgerFormatError if it has not */
export function within(value: DerValue | undefined, tag: number, what: string): DerValue[] {
  return readDer(contentOf(value, tag, what));
}

/** The bytes of one, which must have this tag. @throws LedgerFormatError if it has not */
export function contentOf(value: DerValue | undefined, tag: number, what: string): Uint8Array {
  if (value?.tag !== tag) throw new LedgerFormatError(`${what} is missing or of another kind`);
  return value.content;
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  const short = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return concat(Uint8Array.of(0x80 | short.length), short);
}

function readLength(bytes: Uint8Array, at: number): { length: number; start: number } {
  const first = bytes[at] ?? 0x80;
  if (first < 0x80) return { length: first, start: at + 1 };
  const count = first & 0x7f;
  if (count < 1 || count > 4 || at + count >= bytes.length)
    throw new LedgerFormatError(`the length at byte ${at} is not DER`);
  let length = 0;
  for (let n = 1; n <= count; n++) length = length * 256 + (bytes[at + n] ?? 0);
  return { length, start: at + 1 + count };
}
