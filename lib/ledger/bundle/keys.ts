/** The keys of a bundle, and those that the verifier has brought along. */
import { utf8 } from '../core/bytes';
import { LedgerFormatError } from '../core/errors';
import { parsePem, parseVkey, pemOf, type VerifierKey, verifierKey } from '../core/verifier-key';
import type { BundleFiles } from './files';
import type { Notes } from './verdict';

/** A key that was brought along: it counts whatever name it has. */
export type PinnedKey = Uint8Array;

/** Keys with the path that they are from. */
export interface BundleKeys {
  readonly keys: readonly VerifierKey[];
  readonly pathOf: (key: VerifierKey) => string;
}

/** Reads keys/: a vkey for each key, and beside it the same key as PEM. */
export function readKeys(files: BundleFiles, notes: Notes): BundleKeys {
  const found = new Map<VerifierKey, string>();
  const paths = files.paths().filter((path) => path.startsWith('keys/'));
  for (const path of paths) {
    const stem = path.replace(/\.(?:vkey|pem)$/, '');
    const twin = path.endsWith('.pem') ? `${stem}.vkey` : `${stem}.pem`;
    if (!paths.includes(twin)) notes.found('key', path, `${twin}, which must hold the same key, is missing`);
    if (!path.endsWith('.vkey')) continue;
    const key = notes.attempt('key', path, () => oneVkey(utf8(files.read(path), path)));
    if (!key) continue;
    const name = `keys/${key.type}-${key.keyId}`;
    if (name !== stem) notes.found('key', path, `its name must be ${name}.vkey`);
    if (paths.includes(twin) && Buffer.from(files.read(twin)).toString('utf8') !== pemOf(key))
      notes.found('key', twin, `it is not the key of ${path}, or not written as openssl writes it`);
    found.set(key, path);
  }
  return { keys: [...found.keys()], pathOf: (key) => found.get(key) ?? '' };
}

/**
 * Reads a file of keys that was brought along: PEM blocks or vkey lines, with any line ends and space before them (RFC 7468).
 * @throws LedgerFormatError if it has none
 */
export function parsePinnedKeys(file: string): PinnedKey[] {
  const text = file.replaceAll(/[ \t]*(?:\r\n?|\n)/g, '\n');
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----\n[^-]+-----END PUBLIC KEY-----/g);
  if (blocks) return blocks.map((block) => parsePem(block).bytes);
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '').map((line) => parseVkey(line).publicKey);
  if (keys.length === 0) throw new LedgerFormatError('there is no key in it');
  return keys;
}

/** The keys that a log of this name may have signed with: those of the bundle, and those brought along under its name. */
export function logKeys(
  origin: string,
  keys: readonly VerifierKey[],
  pinned: readonly PinnedKey[],
): VerifierKey[] {
  const brought = pinned.map((bytes) =>
    verifierKey(origin, bytes.length === 32 ? 'ed25519' : 'mlDsa44', bytes),
  );
  const others = keys.filter(
    (key) => !brought.some((each) => each.keyId === key.keyId && each.name === key.name),
  );
  return [...brought, ...others];
}

function oneVkey(text: string): VerifierKey {
  if (!text.endsWith('\n') || text.indexOf('\n') !== text.length - 1)
    throw new LedgerFormatError('it must be one line');
  return parseVkey(text.slice(0, -1));
}
