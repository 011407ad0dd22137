/** What Node does faster than JavaScript can: hashing, base 64, Ed25519. `#platform` is this file in Node. */
import { createPublicKey, hash, verify } from 'node:crypto';

/** SHA-256. By way of a text: a buffer that Node makes for each hash takes as long as the hash of an entry. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
}

/** Standard base 64, padded. */
export function toBase64(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('base64');
}

/** Reads base 64 as well as it can: the caller must see whether the bytes are written as the text was. */
export function readBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}

/** Whether an Ed25519 signature of 64 bytes by a key of 32 is right. @see https://www.rfc-editor.org/rfc/rfc8032 */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString('base64url');
  return verify(
    null,
    message,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    signature,
  );
}
