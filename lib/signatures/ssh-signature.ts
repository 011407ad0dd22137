/**
 * Signatures as `ssh-keygen -Y sign` makes them and `ssh-keygen -Y verify` checks them.
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
 */
import { createHash, verify } from 'node:crypto';
import { SshReader, sshString } from './bytes';
import { type PublicKey, sshBlob } from './public-key';
import type { SecretKey } from './secret-key';

const MAGIC = Buffer.from('SSHSIG');
const VERSION = Buffer.from([0, 0, 0, 1]);
const HASH = 'sha512';
const KIND = 'ssh-ed25519';
const HEAD = '-----BEGIN SSH SIGNATURE-----';
const FOOT = '-----END SSH SIGNATURE-----';
/** As ssh-keygen breaks its lines. */
const LINE = 70;

/** A signature on bytes, as the text of a `.sig` file. @param namespace what the signature is for; a verifier names the same */
export function sshSignature(secret: SecretKey, namespace: string, message: Uint8Array): string {
  const blob = Buffer.concat([
    MAGIC,
    VERSION,
    sshString(sshBlob(secret.publicKey.der)),
    ...[namespace, '', HASH].map(sshString),
    sshString(Buffer.concat([sshString(KIND), sshString(secret.sign(signedPart(namespace, message)))])),
  ]);
  const lines = blob.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `${[HEAD, ...lines, FOOT].join('\n')}\n`;
}

/** Whether a text is such a signature, on these bytes and by this key. */
export function isSshSignature(
  text: string,
  { kind, key, der }: PublicKey,
  namespace: string,
  message: Uint8Array,
): boolean {
  const [, encoded] =
    /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n$/.exec(text) ?? [];
  if (encoded === undefined || kind !== 'ed25519') return false;
  const head = Buffer.concat([
    MAGIC,
    VERSION,
    sshString(sshBlob(der)),
    ...[namespace, '', HASH].map(sshString),
  ]);
  try {
    const reader = new SshReader(Buffer.from(encoded.replaceAll('\n', ''), 'base64'));
    if (!reader.take(head.length).equals(head)) return false;
    const signature = new SshReader(reader.string());
    if (!reader.isAtEnd || signature.string().toString() !== KIND) return false;
    const bytes = signature.string();
    return signature.isAtEnd && verify(null, signedPart(namespace, message), key, bytes);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function signedPart(namespace: string, message: Uint8Array): Buffer {
  const digest = createHash(HASH).update(message).digest();
  return Buffer.concat([MAGIC, ...[namespace, '', HASH, digest].map(sshString)]);
}
