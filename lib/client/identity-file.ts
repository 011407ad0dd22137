/** The file in which a recipient keeps the secret halves of its keys. Nothing of it is ever shown. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { type CollectRefusal, DeliveryRefused, type IdentityFault } from '../delivery';
import { writeNewFile } from '../disk';
import type { SealKind } from '../wire';
import { newIdentity, publicKeyOf } from './age';
import { identitiesIn, identityText, MOST_IDENTITY_BYTES } from './identity-lines';

/** Who else may do anything with a file, by its mode. */
const OTHERS = 0o077;

/**
 * Reads the identities.
 * @param path absolute
 * @throws DeliveryRefused `faulty-identity`
 */
export async function readIdentities(path: string): Promise<readonly string[]> {
  const read = await identitiesIn(textOf(path), publicKeyOf);
  if ('fault' in read) throw faulty(path, read.fault, read.line, read.cause);
  return read.identities.map(({ identity }) => identity);
}

/**
 * Makes a file with a new identity, over nothing, that nobody else may read.
 * @param day on which it is made
 * @returns the public key
 * @throws what the file system says, such as EEXIST
 */
export async function writeIdentity(path: string, kind: SealKind, day: string): Promise<string> {
  const made = await newIdentity(kind);
  writeNewFile(path, identityText(made, day), 0o600);
  return made.publicKey;
}

function textOf(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const about = fstatSync(file);
    if (about.isDirectory()) throw faulty(path, 'unreadable');
    const { mode, size } = about;
    // Windows has no such mode: there the rights of the folder decide.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) throw faulty(path, 'readable-by-others');
    if (size > MOST_IDENTITY_BYTES) throw faulty(path, 'no-key');
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof DeliveryRefused) throw cause;
    throw faulty(
      path,
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable',
      undefined,
      cause,
    );
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function faulty(path: string, why: IdentityFault, line?: number, cause?: unknown) {
  return new DeliveryRefused<CollectRefusal>(
    { refused: 'faulty-identity', path, why, ...(line !== undefined && { line }) },
    { cause },
  );
}
