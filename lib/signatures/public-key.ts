/** Public keys as people hand them over: a line of SSH, or what KMS says of a key. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { SshReader, sshString } from './bytes';

/** A key that a signature can be checked with. */
export interface PublicKey {
  readonly kind: 'ed25519' | 'p256';
  readonly key: KeyObject;
  /** Its SubjectPublicKeyInfo in DER: the same key is the same bytes, wherever it was read. */
  readonly der: Buffer;
}

const SSH_ED25519 = 'ssh-ed25519';
/** SubjectPublicKeyInfo of Ed25519, up to the 32 bytes of the key. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const ED25519_DER = Buffer.from('302a300506032b6570032100', 'hex');

/** The key of a line such as `ssh-ed25519 AAAA…`, with or without a comment; undefined for any other text or kind of key. */
export function sshPublicKey(line: string): PublicKey | undefined {
  const [, encoded] = /^ssh-ed25519 ([A-Za-z0-9+/]{68})(?: .*)?$/.exec(line) ?? [];
  if (encoded === undefined) return undefined;
  const reader = new SshReader(Buffer.from(encoded, 'base64'));
  if (reader.string().toString() !== SSH_ED25519) return undefined;
  const raw = reader.string();
  if (raw.length !== 32 || !reader.isAtEnd) return undefined;
  return publicKeyOf(Buffer.concat([ED25519_DER, raw]));
}

/** The key that `aws kms get-public-key` gives: a SubjectPublicKeyInfo in DER and base64, of Ed25519 or P-256. */
export function kmsPublicKey(base64: string): PublicKey | undefined {
  const der = Buffer.from(base64, 'base64');
  return der.toString('base64') === base64 ? publicKeyOf(der) : undefined;
}

/** How `ssh-keygen -l` names a key of Ed25519: SHA256 and 43 characters. */
export function sshFingerprint({ der }: Pick<PublicKey, 'der'>): string {
  const digest = createHash('sha256').update(sshBlob(der)).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** The key as SSH has it in binary. */
export function sshBlob(der: Buffer): Buffer {
  return Buffer.concat([sshString(SSH_ED25519), sshString(der.subarray(ED25519_DER.length))]);
}

/** Keys by their DER, in base64: a register names the same ones on each line that they signed, and OpenSSL takes long to read one. */
const known = new Map<string, PublicKey | undefined>();
const AT_MOST = 1000;

/** A key by its DER; undefined where it is none, or of another kind. */
export function publicKeyOf(der: Buffer): PublicKey | undefined {
  const name = der.toString('base64');
  if (known.has(name)) return known.get(name);
  if (known.size >= AT_MOST) known.clear();
  const key = readKey(der);
  known.set(name, key);
  return key;
}

function readKey(der: Buffer): PublicKey | undefined {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    // A copy of its own, which stays as it is whatever becomes of the bytes that it was read from.
    const own = key.export({ format: 'der', type: 'spki' });
    if (!own.equals(der)) return undefined;
    if (key.asymmetricKeyType === 'ed25519') return { kind: 'ed25519', key, der: own };
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? { kind: 'p256', key, der: own }
      : undefined;
  } catch {
    return undefined;
  }
}
