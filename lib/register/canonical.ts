/** The register as one canonical JSON text, and the digest that names it. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { WrittenFacts } from '../wire';
import { written } from './parties';
import type { RegisterContent } from './register';

/** The register in the form of RFC 8785, in which equal registers are equal byte for byte. */
export function canonicalRegister({
  zone,
  organisations,
  agreements,
  contracts,
  approvals = [],
}: RegisterContent): string {
  // What reads the text again takes these facts from it, so the register must have them.
  const text = canonicalize({
    zone,
    organisations,
    agreements: agreements.map(written),
    contracts,
    ...(approvals.length > 0 && { approvals }),
  } satisfies WrittenFacts & RegisterContent);
  if (text === undefined) throw new TypeError('the register has no canonical form');
  return text;
}

/** The SHA-256 of a canonical text, in hex. */
export function digestOf(canonical: string): string {
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
