/** The register as one canonical JSON text, and the digest that names it. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { WrittenFacts } from '../wire';
import { written } from './parties';
import type { RegisterContent } from './register';

const texts = new WeakMap<RegisterContent, string>();
const digests = new WeakMap<RegisterContent, string>();

/** The register in the form of RFC 8785, in which equal registers are equal byte for byte. Written once for each. */
export function canonicalRegister(register: RegisterContent): string {
  const text = texts.get(register) ?? canonicalOf(register);
  texts.set(register, text);
  return text;
}

/** The SHA-256 of the canonical register, in hex, which names it. The text is not kept for it. */
export function registerDigest(register: RegisterContent): string {
  const digest = digests.get(register) ?? digestOf(texts.get(register) ?? canonicalOf(register));
  digests.set(register, digest);
  return digest;
}

function canonicalOf({
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

/** The SHA-256 of a canonical text, in hex. @internal Only tests import it. */
export function digestOf(canonical: string): string {
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
