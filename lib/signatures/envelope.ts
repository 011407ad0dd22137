/**
 * DSSE: a text, what kind of text it is, and a signature on both.
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
import { verify } from 'node:crypto';
import type { PublicKey } from './public-key';

/** What is signed: the type and the text, each with its length in bytes before it, so that neither can be taken for the other. */
export function preAuthentication(payloadType: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** Whether a signature is on this text of this type by this key. ECDSA signatures are DER, as KMS gives them. */
export function verifiedBy(
  { kind, key }: PublicKey,
  payloadType: string,
  payload: Uint8Array,
  signature: Uint8Array,
): boolean {
  const message = preAuthentication(payloadType, payload);
  return kind === 'ed25519'
    ? verify(null, message, key, signature)
    : verify('sha256', message, { key, dsaEncoding: 'der' }, signature);
}
