/**
 * The same as `node.ts` in plain JavaScript, for browsers and everything else: `#platform` is this file wherever it is not
 * Node. Hashing takes two to four times as long as in Node.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/** SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes);
}

/** Standard base 64, padded. */
export function toBase64(bytes: Uint8Array): string {
  let latin1 = '';
  for (const byte of bytes) latin1 += String.fromCharCode(byte);
  return btoa(latin1);
}

/** Reads base 64 as well as it can: the caller must see whether the bytes are written as the text was. */
export function readBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** Whether an Ed25519 signature of 64 bytes by a key of 32 is right. @see https://www.rfc-editor.org/rfc/rfc8032 */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  // As RFC 8032 has it, and not by the laxer rules (ZIP 215) that the library takes otherwise.
  return ed25519.verify(signature, message, publicKey, { zip215: false });
}
