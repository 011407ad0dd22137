/** How a file is packed, by its first bytes and by its name. */

/** What is unpacked here, what is known and is not, what is no table, what is packed within, and what is encrypted. */
export type Packing = 'none' | 'gzip' | 'zip' | 'other' | 'document' | 'parquet' | 'locked';

/** How many of a file’s first bytes tell how it is packed: tar says it behind its first 257. */
export const TELLING_BYTES = 512;

/** The first bytes of each, or those from a place on: bzip2 says in its fourth how large its blocks are. */
const SIGNS: readonly (readonly [Packing, string, number?])[] = [
  ['gzip', '\x1f\x8b'],
  ['zip', 'PK\x03\x04'],
  // An archive without files, and one in several volumes.
  ['zip', 'PK\x05\x06'],
  ['zip', 'PK\x07\x08'],
  ['other', '7z\xbc\xaf\x27\x1c'],
  ['other', 'Rar!\x1a\x07'],
  ['other', '\xfd7zXZ\x00'],
  ['other', '1AY&SY', 4],
  ['other', '\x28\xb5\x2f\xfd'],
  ['other', '\x04\x22\x4d\x18'],
  ['other', 'ustar\x00', 257],
  ['other', 'ustar  \x00', 257],
  // A compound file, as of Excel before 2007, and PDF.
  ['document', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['document', '%PDF-'],
  // Behind its sign Parquet has a group whose first member is a number of 32 bits: a page or, where there is none, its footer.
  ['parquet', 'PAR1\x15'],
  ['locked', 'age-encryption.org/'],
  ['locked', '-----BEGIN AGE ENCRYPTED FILE-----'],
  ['locked', '-----BEGIN PGP MESSAGE-----'],
];

/** How a file is packed that begins so. */
export function packingOf(head: Uint8Array): Packing {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, TELLING_BYTES)).toString(
    'latin1',
  );
  return SIGNS.find(([, sign, at = 0]) => text.startsWith(sign, at))?.[0] ?? 'none';
}

/** How a file is packed that is called so, as far as names tell. */
export function packingByName(name: string): Packing {
  if (/\.gz$/i.test(name)) return 'gzip';
  if (/\.zip$/i.test(name)) return 'zip';
  return /\.(?:7z|rar|xz|bz2|zst|lz4|tar|tgz)$/i.test(name) ? 'other' : 'none';
}
