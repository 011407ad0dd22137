/** Secret keys in files: OpenSSH’s own form, or PKCS #8 as openssl writes it. Of Ed25519 alone. */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { SshReader } from './bytes';
import { type PublicKey, publicKeyOf } from './public-key';

/** A key that can sign. */
export interface SecretKey {
  readonly publicKey: PublicKey;
  readonly sign: (message: Uint8Array) => Buffer;
}

/** The file holds no key that can be used. The message says what it is, and what to do, and nothing of what the file holds. */
export class SecretKeyRefused extends Error {
  override readonly name = 'SecretKeyRefused';
}

/** PKCS #8 of Ed25519, up to the 32 bytes of the key. @see https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const OPENSSH =
  /^-----BEGIN OPENSSH PRIVATE KEY-----\s+([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----\s*$/;
const MAGIC = 'openssh-key-v1\0';

/** The key in a file. @throws SecretKeyRefused if there is none, it is of another kind, or a passphrase protects it */
export function secretKeyIn(text: string): SecretKey {
  const [, openssh] = OPENSSH.exec(text) ?? [];
  const key = openssh === undefined ? pkcs8KeyIn(text) : opensshKeyIn(Buffer.from(openssh, 'base64'));
  if (key.asymmetricKeyType !== 'ed25519')
    throw new SecretKeyRefused(
      `it is a key of ${key.asymmetricKeyType}: make one with ssh-keygen -t ed25519`,
    );
  const publicKey = publicKeyOf(createPublicKey(key).export({ format: 'der', type: 'spki' }));
  if (publicKey === undefined) throw new TypeError('a secret key has a public half');
  return { publicKey, sign: (message) => sign(null, message, key) };
}

function pkcs8KeyIn(text: string): KeyObject {
  if (/^(?:ssh-|ecdsa-|sk-)/.test(text))
    throw new SecretKeyRefused('it is the public half of a key: name the file without .pub');
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text)) throw protectedKey();
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new SecretKeyRefused(
      'it is no secret key: name a file of OpenSSH, or one in PKCS #8 as openssl writes it',
      { cause: error },
    );
  }
}

/** @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key */
function opensshKeyIn(bytes: Buffer): KeyObject {
  try {
    const reader = new SshReader(bytes);
    if (reader.take(MAGIC.length).toString('latin1') !== MAGIC) throw new RangeError('another form');
    const cipher = reader.string().toString();
    reader.string();
    reader.string();
    if (cipher !== 'none') throw protectedKey();
    if (reader.number() !== 1) throw new RangeError('more than one key');
    reader.string();
    const secret = new SshReader(reader.string());
    const check = secret.number();
    if (secret.number() !== check) throw new RangeError('it does not check');
    const kind = secret.string().toString();
    if (kind !== 'ssh-ed25519')
      throw new SecretKeyRefused(
        `it is a key of the kind ${kind.replace(/[^\w@.-]/g, '?')}: make one with ssh-keygen -t ed25519`,
      );
    secret.string();
    const seed = secret.string().subarray(0, 32);
    return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' });
  } catch (error) {
    if (error instanceof SecretKeyRefused) throw error;
    throw new SecretKeyRefused(
      'it says it is a key of OpenSSH, and is broken: take the file from its backup',
      {
        cause: error,
      },
    );
  }
}

function protectedKey(): SecretKeyRefused {
  return new SecretKeyRefused(
    'a passphrase protects it, which is not taken here: sign with a key of AWS KMS (--kms), or with one whose file only the approver can read',
  );
}
