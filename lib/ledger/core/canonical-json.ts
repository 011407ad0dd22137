/** Whether a text is JSON in the one form that RFC 8785 allows. @see https://www.rfc-editor.org/rfc/rfc8785 */
import canonicalize from 'canonicalize';
import { type Field, plainFields } from './canonical-scan';
import { LedgerFormatError } from './errors';

/**
 * The value of a canonical text.
 * @throws LedgerFormatError if it is not JSON, or would be written otherwise: keys out of order or twice, spaces, numbers or
 * escapes in another form, half a surrogate pair
 */
export function parseCanonical(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LedgerFormatError('is not JSON', { cause: error });
  }
  // What ECMAScript writes is canonical if the keys are in order; only names like 10 and 9, which it sorts, need the long way.
  const quick = JSON.stringify(value) === text && inOrder(value);
  if (!quick && canonicalize(value) !== text) throw new LedgerFormatError('is not canonical JSON (RFC 8785)');
  // An escaped half of a pair survives reading and writing, but is no Unicode text.
  if (text.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text))
    throw new LedgerFormatError('has half a surrogate pair');
  return value;
}

/**
 * The same, of bytes and the text that they are, for who looks at these fields alone: in one pass where that is enough to know,
 * and then the value has no others.
 * @throws LedgerFormatError as above
 */
export function parseCanonicalFields(bytes: Uint8Array, text: string, fields: readonly Field[]): unknown {
  return plainFields(bytes, text, fields) ?? parseCanonical(text);
}

function inOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(inOrder);
  let before: string | undefined;
  for (const key in value) {
    if (before !== undefined && key < before) return false;
    if (!inOrder((value as Record<string, unknown>)[key])) return false;
    before = key;
  }
  return true;
}
