/** Base 64 with no two ways to write one thing. */
import { LedgerFormatError } from './errors';

/** Standard base 64, padded. @see https://www.rfc-editor.org/rfc/rfc4648#section-4 */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Reads it back. @throws LedgerFormatError if another text would read the same, or the length is not as given */
export function fromBase64(text: string, what: string, length?: number): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (base64(bytes) !== text) throw new LedgerFormatError(`${what} is not base64: '${text.slice(0, 60)}'`);
  if (length !== undefined && bytes.length !== length)
    throw new LedgerFormatError(`${what} has ${bytes.length} bytes, not ${length}`);
  return bytes;
}

/** Text of these bytes. @throws LedgerFormatError if they are not UTF-8 */
export function utf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new LedgerFormatError(`${what} is not UTF-8`);
  }
}

/** A whole number in decimal without leading zeros. @throws LedgerFormatError if it is not, or is past 2^53 */
export function decimal(text: string, what: string): number {
  const value = Number(text);
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text) || !Number.isSafeInteger(value))
    throw new LedgerFormatError(`${what} is not a whole number: '${text.slice(0, 60)}'`);
  return value;
}
