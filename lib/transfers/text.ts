/**
 * Text that may stand in an entry. An entry of the ledger has a bounded size and exactly one canonical form, whatever the
 * log held: so a text that is too long is cut and ends with `…sha256:` and the first 16 hex digits of its digest, and what
 * is no Unicode (a lone half of a surrogate pair, for which RFC 8785 has no form) becomes U+FFFD.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { MOST_ENTRY_BYTES } from '../wire';

/**
 * The longest text, in UTF-16 code units: an object’s name in S3 has at most 1,024 bytes, so it is never cut.
 * @internal Only tests import it.
 */
export const LONGEST_TEXT = 1_200;
/** Texts are never cut to less: a digest is as long, and what is named by one, or by an account, stays named. */
const LEAST_KEPT = 64;

/** A value of JSON; what is undefined is left out. */
export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };

/** The text, cut and mended. @internal Only tests import it. */
export function safeText(text: string, longest = LONGEST_TEXT): string {
  if (text.length <= longest) return wellFormed(text);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${wellFormed(text.slice(0, longest))}…sha256:${digest}`;
}

/**
 * The canonical bytes of an entry. If it is too large, its texts are cut ever shorter until it is not. Lists are kept whole:
 * whom an entry names, everybody holds its receipts against.
 * @throws RangeError where lists alone are too large for an entry, which no agreement that a register takes makes them
 */
export function canonicalEntry(value: Json): Uint8Array {
  for (let longest = LONGEST_TEXT; longest >= LEAST_KEPT; longest = Math.floor(longest / 2)) {
    const text = canonicalize(safe(value, longest)) ?? '';
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.length <= MOST_ENTRY_BYTES) return bytes;
  }
  throw new RangeError(`an entry has over ${MOST_ENTRY_BYTES} bytes, however much its texts are cut`);
}

function safe(value: Json, longest: number): Json {
  if (typeof value === 'string') return safeText(value, longest);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => safe(each, longest));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, safe(each, longest)]));
}

function wellFormed(text: string): string {
  return text.replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
