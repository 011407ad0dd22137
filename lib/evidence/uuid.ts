/** UUIDs that follow from what they name, so that the same facts always have the same ids. */
import { createHash } from 'node:crypto';

/** Concordat’s own namespace: drawn once, and never changed. */
const NAMESPACE = Buffer.from('5b0c9d1e7f3a4c28a6e14d92c7b8f013', 'hex');

/**
 * A UUID of version 5 (RFC 9562, section 5.5).
 * @param parts what is named, from the general to the particular
 */
export function uuidOf(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** The moment at which a pack says that it was made: the start of its day, whatever the clock says. */
export function momentOf(asOf: string): string {
  return `${asOf}T00:00:00Z`;
}
