/** Bytes, and the texts that stand for them, with no two ways to write one thing. */
import { readBase64, toBase64 } from '#platform';
import { LedgerFormatError } from './errors';

/** Standard base 64, padded. @see https://www.rfc-editor.org/rfc/rfc4648#section-4 */
export function base64(bytes: Uint8Array): string {
  return toBase64(bytes);
}

/** Reads it back. @throws LedgerFormatError if another text would read the same, or the length is not as given */
export function fromBase64(text: string, what: string, length?: number): Uint8Array {
  const bytes = readBase64(text);
  if (base64(bytes) !== text) throw new LedgerFormatError(`${what} is not base64: '${text.slice(0, 60)}'`);
  if (length !== undefined && bytes.length !== length)
    throw new LedgerFormatError(`${what} is ${bytes.length} long, in bytes, and must be ${length}`);
  return bytes;
}

/** Lower-case hexadecimal, two digits a byte. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Reads it back. @throws LedgerFormatError if it is not written so */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text))
    throw new LedgerFormatError(`'${text.slice(0, 60)}' is not hexadecimal`);
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Runs of bytes, one after another. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whether two runs of bytes are the same. Nothing here is secret, so this takes no care of time. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** The bytes of a text, as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Text of these bytes. @throws LedgerFormatError if they are not UTF-8 */
export function utf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new LedgerFormatError(`${what} is not UTF-8`, { cause: error });
  }
}

/** A whole number in decimal without leading zeros. @throws LedgerFormatError if it is not, or is past 2^53 */
export function decimal(text: string, what: string): number {
  const value = Number(text);
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text) || !Number.isSafeInteger(value))
    throw new LedgerFormatError(`${what} is not a whole number: '${text.slice(0, 60)}'`);
  return value;
}
