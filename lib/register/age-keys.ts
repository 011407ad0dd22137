/** Public keys of age, as text: of which kind one is, or what is wrong with it. @see https://c2sp.org/age */
import { bech32 } from '@scure/base';
import type { SealKind } from '../wire';

/** What a text is that should be a public key. */
export type AgeKey =
  | { readonly kind: SealKind }
  /** Bech32 has a checksum, and this one does not fit: a letter was lost or changed. */
  | { readonly fault: 'checksum' }
  /** It is a key of age that needs a program besides, such as one for a security token. */
  | { readonly fault: 'plugin' }
  /** It is a key of SSH. */
  | { readonly fault: 'ssh' }
  /** It is written in capitals, or in both, which programs refuse. */
  | { readonly fault: 'capitals' }
  | { readonly fault: 'form' };

const BYTES: Readonly<Record<SealKind, number>> = { x25519: 32, 'post-quantum': 1_216 };
const KINDS: Readonly<Record<string, SealKind>> = { age: 'x25519', age1pq: 'post-quantum' };

/** Reads a public key. It does not look whether anybody holds the secret half. */
export function ageKeyOf(text: string): AgeKey {
  if (/^(?:ssh-|ecdsa-|sk-)/.test(text)) return { fault: 'ssh' };
  if (!/^age1/i.test(text)) return { fault: 'form' };
  if (text !== text.toLowerCase()) return { fault: 'capitals' };
  if (!/^[\x21-\x7e]+$/.test(text)) return { fault: 'form' };
  const prefix = text.slice(0, text.lastIndexOf('1'));
  const kind = Object.hasOwn(KINDS, prefix) ? KINDS[prefix] : undefined;
  if (kind === undefined) return { fault: /^age1[a-z0-9-]{1,20}$/.test(prefix) ? 'plugin' : 'checksum' };
  const decoded = bech32.decodeUnsafe(text, false);
  if (decoded === undefined) return { fault: 'checksum' };
  const bytes = bech32.fromWordsUnsafe(decoded.words);
  return bytes?.length === BYTES[kind] ? { kind } : { fault: 'form' };
}
