/**
 * Whether a file is locked, by how it begins. GuardDuty does not scan archives that have a password, and says so; of other
 * locked files it finds the outside clean. What nobody on the way can look into is not released.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-support-scope-s3-features.html
 */

/** One way of being locked, and how a file shows it. */
interface Lock {
  readonly as: string;
  readonly shows: (bytes: Uint8Array) => boolean;
}

const LOCKS: readonly Lock[] = [
  // https://c2sp.org/age
  { as: 'age', shows: begins('age-encryption.org/') },
  { as: 'age', shows: begins('-----BEGIN AGE ENCRYPTED FILE-----') },
  // https://www.rfc-editor.org/rfc/rfc9580#section-6.2
  { as: 'openpgp', shows: begins('-----BEGIN PGP MESSAGE-----') },
  { as: 'openpgp', shows: isOpenPgp },
  // https://www.rfc-editor.org/rfc/rfc7468#section-9
  { as: 'cms', shows: begins('-----BEGIN CMS-----') },
  { as: 'cms', shows: begins('-----BEGIN PKCS7-----') },
  { as: 'cms', shows: isEncryptedCms },
  // What `openssl enc` writes.
  { as: 'openssl', shows: begins('Salted__') },
  // https://github.com/apache/parquet-format/blob/master/Encryption.md
  { as: 'parquet', shows: begins('PARE') },
  { as: 'zip', shows: isLockedZip },
  { as: 'office', shows: holdsUtf16('EncryptedPackage') },
];

/** How a file is locked, or nothing where its beginning does not show that it is. */
export function lockedAs(beginning: Uint8Array): string | undefined {
  return LOCKS.find(({ shows }) => shows(beginning))?.as;
}

function begins(text: string): Lock['shows'] {
  const expected = Buffer.from(text, 'latin1');
  return (bytes) => Buffer.from(bytes.subarray(0, expected.length)).equals(expected);
}

/**
 * A message in binary begins with the key of its session, encrypted to a key (packet 1, versions 3 and 6, then 8 bytes of the
 * key’s id, or by its length the key’s fingerprint, and the algorithm) or from a password (packet 3, versions 4 to 6, then the cipher).
 * @see https://www.rfc-editor.org/rfc/rfc9580#section-5.1
 */
function isOpenPgp(bytes: Uint8Array): boolean {
  const [first = 0, length = 0] = bytes;
  const isNew = (first & 0xc0) === 0xc0;
  if ((first & 0x80) === 0 || bytes.length < 14) return false;
  const packet = isNew ? first & 0x3f : (first & 0x3f) >> 2;
  const lengthBytes = isNew ? (length < 192 ? 1 : length < 224 ? 2 : 5) : ([1, 2, 4][first & 3] ?? 0);
  if (lengthBytes === 0) return false;
  const body = bytes.subarray(1 + lengthBytes);
  const [version = 0, cipher = 0] = body;
  if (packet === 1 && version === 6) return KEY_ALGORITHMS.includes(body[2 + cipher] ?? 0);
  if (packet === 1) return version === 3 && KEY_ALGORITHMS.includes(body[9] ?? 0);
  if (packet === 3 && version === 6) return isCipher(body[2]);
  if (packet === 3) return (version === 4 || version === 5) && isCipher(cipher);
  return false;
}

const KEY_ALGORITHMS = [1, 2, 16, 18, 25, 26];
const isCipher = (byte = 0) => byte >= 1 && byte <= 13;

/** In DER, what is in it is named first. @see https://www.rfc-editor.org/rfc/rfc5652#section-3 */
function isEncryptedCms(bytes: Uint8Array): boolean {
  const [sequence, length = 0] = bytes;
  const at = length < 0x80 ? 2 : 2 + (length & 0x7f);
  const named = Buffer.from(bytes.subarray(at, at + 13)).toString('hex');
  return sequence === 0x30 && ENCRYPTED_CONTENTS.some((name) => named.startsWith(name));
}

/** Enveloped, encrypted, and authenticated and enveloped data, each as the name of a kind in DER. */
const ENCRYPTED_CONTENTS = ['06092a864886f70d010703', '06092a864886f70d010706', '060b2a864886f70d0109100117'];

/** Bit 0 of the flags of the first member. @see https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt */
function isLockedZip(bytes: Uint8Array): boolean {
  return begins('PK\u0003\u0004')(bytes) && ((bytes[6] ?? 0) & 1) === 1;
}

/**
 * Microsoft Office keeps a document with a password as a stream of this name within a compound file.
 * @see https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-offcrypto/b60c8b35-2db2-4409-8710-59d88a793f83
 */
function holdsUtf16(name: string): Lock['shows'] {
  const isCompound = begins('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1');
  const expected = Buffer.from(name, 'utf16le');
  return (bytes) => isCompound(bytes) && Buffer.from(bytes).includes(expected);
}
