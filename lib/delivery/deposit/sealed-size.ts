/**
 * How large a file becomes by being sealed. It is known before, since age puts a header before it, and a tag behind each piece of
 * 64 KiB; what is sealed by other programs may be a little larger.
 * @see https://c2sp.org/age
 */
import type { SealKind } from '../../wire';

const PIECE = 65_536;
const TAG = 16;
const NONCE = 16;
/** The line of the version, and that of the authentication code. */
const FRAME = 'age-encryption.org/v1\n'.length + `--- ${'m'.repeat(43)}\n`.length;
/** What is written for each key: a line with the name of its kind and a share in base64, then the file key in another. */
const FOR_EACH_KEY: Readonly<Record<SealKind, number>> = {
  x25519: `-> X25519 ${'s'.repeat(43)}\n${'k'.repeat(43)}\n`.length,
  'post-quantum': `-> mlkem768x25519 ${'s'.repeat(1_494)}\n${'k'.repeat(43)}\n`.length,
};

/** The bytes of a file of `plain` bytes once it is sealed to so many keys of a kind. */
export function sealedBytes(
  { kind, keys }: { readonly kind: SealKind; readonly keys: readonly unknown[] },
  plain: number,
): number {
  const pieces = Math.max(1, Math.ceil(plain / PIECE));
  return FRAME + FOR_EACH_KEY[kind] * keys.length + NONCE + plain + pieces * TAG;
}
