/** Public keys by which notes are verified: as a vkey line, and as PEM. @see https://c2sp.org/signed-note#verifier-keys */
import { base64, bytesOf, concat, fromBase64, fromHex, hex, sameBytes } from './bytes';
import { LedgerFormatError } from './errors';
import { sha256 } from './hash';
import { checkKeyName } from './signed-note';

/** What a key signs, by the byte that says so. */
export const KEY_TYPE = {
  /** The log’s own Ed25519 signature of the text. */
  ed25519: 0x01,
  /** An Ed25519 cosignature with its time. */
  cosignature: 0x04,
  /** An ML-DSA-44 cosignature with its time. */
  mlDsa44: 0x06,
} as const;

export type KeyType = keyof typeof KEY_TYPE;

/** A key that verifies signatures of one kind under one name. */
export interface VerifierKey {
  readonly name: string;
  readonly type: KeyType;
  /** 32 bytes of Ed25519, or 1,312 of ML-DSA-44. */
  readonly publicKey: Uint8Array;
  /** 8 hex digits. */
  readonly keyId: string;
}

const ED25519_SPKI = fromHex('302a300506032b6570032100');
const ML_DSA_44_SPKI = fromHex('30820532300b06096086480165030403110382052100');
const KEY_BYTES: Readonly<Record<KeyType, number>> = { ed25519: 32, cosignature: 32, mlDsa44: 1312 };

/** A key under a name. @throws LedgerFormatError if name or length do not fit */
export function verifierKey(name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  checkKeyName(name);
  if (publicKey.length !== KEY_BYTES[type])
    throw new LedgerFormatError(
      `the key of ${name} is ${publicKey.length} long, in bytes, and must be ${KEY_BYTES[type]}`,
    );
  const id = sha256(concat(bytesOf(`${name}\n`), Uint8Array.of(KEY_TYPE[type]), publicKey)).subarray(0, 4);
  return { name, type, publicKey, keyId: hex(id) };
}

/** The one line that names a key. */
export function formatVkey({ name, type, publicKey, keyId }: VerifierKey): string {
  return `${name}+${keyId}+${base64(concat(Uint8Array.of(KEY_TYPE[type]), publicKey))}`;
}

/** Reads such a line. @throws LedgerFormatError if it is not one, or its key id is not that of the key */
export function parseVkey(line: string): VerifierKey {
  const [name = '', keyId = '', ...rest] = line.split('+');
  if (!/^[0-9a-f]{8}$/.test(keyId)) throw new LedgerFormatError(`'${line.slice(0, 60)}' is no vkey`);
  const bytes = fromBase64(rest.join('+'), `the key of ${name}`);
  const type = (Object.keys(KEY_TYPE) as KeyType[]).find((each) => KEY_TYPE[each] === bytes[0]);
  if (type === undefined)
    throw new LedgerFormatError(`the key of ${name} is of a kind that is not known here`);
  const key = verifierKey(name, type, bytes.subarray(1));
  if (key.keyId !== keyId)
    throw new LedgerFormatError(`the key of ${name} has the id ${key.keyId}, not '${keyId}'`);
  return key;
}

/** The bytes of a public key in the form of X.509 (SPKI), which is what KMS gives. @throws LedgerFormatError if of another kind */
export function rawPublicKey(spki: Uint8Array): {
  readonly algorithm: 'ed25519' | 'ml-dsa-44';
  readonly bytes: Uint8Array;
} {
  for (const [prefix, algorithm, length] of [
    [ED25519_SPKI, 'ed25519', KEY_BYTES.ed25519],
    [ML_DSA_44_SPKI, 'ml-dsa-44', KEY_BYTES.mlDsa44],
  ] as const) {
    if (spki.length === prefix.length + length && sameBytes(spki.subarray(0, prefix.length), prefix))
      return { algorithm, bytes: spki.subarray(prefix.length) };
  }
  throw new LedgerFormatError('the public key is neither Ed25519 nor ML-DSA-44');
}

/** A public key in the form of X.509 (SPKI). */
export function spkiOf({ type, publicKey }: Pick<VerifierKey, 'type' | 'publicKey'>): Uint8Array {
  return concat(type === 'mlDsa44' ? ML_DSA_44_SPKI : ED25519_SPKI, publicKey);
}

/** A public key as a PEM file, which openssl reads. */
export function pemOf(key: Pick<VerifierKey, 'type' | 'publicKey'>): string {
  const lines = base64(spkiOf(key)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}

/** Reads what `pemOf` writes, and no other way to write it. @throws LedgerFormatError */
export function parsePem(text: string): {
  readonly algorithm: 'ed25519' | 'ml-dsa-44';
  readonly bytes: Uint8Array;
} {
  const [, body] =
    /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)\n-----END PUBLIC KEY-----\n?$/.exec(text) ?? [];
  if (body === undefined) throw new LedgerFormatError('this is not a PEM file of one public key');
  return rawPublicKey(fromBase64(body.replaceAll('\n', ''), 'the public key'));
}
