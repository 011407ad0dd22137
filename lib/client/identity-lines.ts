/**
 * The lines in which secret halves of keys are kept, as age-keygen writes them: one in a line, beside lines that begin with #. One
 * reading for the command line and for browsers; nothing of a line is ever shown.
 * @see https://github.com/FiloSottile/age/blob/main/doc/age.1.ronn
 */
import type { IdentityFault } from '../delivery';

/** More is no file of keys, in bytes. */
export const MOST_IDENTITY_BYTES = 1_000_000;

/** A secret half, and its public one. */
export interface KnownIdentity {
  readonly identity: string;
  readonly publicKey: string;
}

/**
 * Reads them.
 * @param publicKeyOf the public half of an identity; rejects what is none
 * @returns what is wrong with the first line that cannot be used, or that there is no key
 */
export async function identitiesIn(
  text: string,
  publicKeyOf: (identity: string) => Promise<string>,
): Promise<
  | { readonly identities: readonly KnownIdentity[] }
  | { readonly fault: IdentityFault; readonly line?: number; readonly cause?: unknown }
> {
  const identities: KnownIdentity[] = [];
  for (const [index, given] of text.split(/\r?\n/).entries()) {
    const line = given.trim();
    if (line === '' || line.startsWith('#')) continue;
    const fault = faultOf(line);
    if (fault !== undefined) return { fault, line: index + 1 };
    // Bech32 is as good in small letters; the package wants capitals.
    const identity = line.toUpperCase();
    try {
      identities.push({ identity, publicKey: await publicKeyOf(identity) });
    } catch (cause) {
      return { fault: 'malformed', line: index + 1, cause };
    }
  }
  return identities.length === 0 ? { fault: 'no-key' } : { identities };
}

/** What a file with one identity says. @param day on which it was made */
export function identityText({ identity, publicKey }: KnownIdentity, day: string): string {
  return `# created: ${day}\n# public key: ${publicKey}\n${identity}\n`;
}

/** What a line is instead; nothing where it looks like an identity that can be used here. */
function faultOf(line: string): IdentityFault | undefined {
  if (/^AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+$/i.test(line)) return undefined;
  if (/^AGE-PLUGIN-/i.test(line)) return 'plugin';
  if (line.startsWith('age-encryption.org/') || line.startsWith('-----BEGIN AGE ENCRYPTED')) return 'locked';
  if (line.startsWith('-----BEGIN') || line.startsWith('ssh-')) return 'ssh';
  return /^age1/i.test(line) ? 'public' : 'malformed';
}
