/**
 * The file in which a recipient keeps the secret halves of its keys, as age-keygen writes it: one in a line, beside lines that
 * begin with #. Nothing of it is ever shown.
 * @see https://github.com/FiloSottile/age/blob/main/doc/age.1.ronn
 */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { type CollectRefusal, DeliveryRefused, type IdentityFault } from '../delivery';
import { writeNewFile } from '../disk';
import type { SealKind } from '../wire';
import { newIdentity, publicKeyOf } from './age';

/** More is no file of keys. */
const MOST_BYTES = 1_000_000;
/** Who else may do anything with a file, by its mode. */
const OTHERS = 0o077;

/**
 * Reads the identities.
 * @param path absolute
 * @throws DeliveryRefused `faulty-identity`
 */
export async function readIdentities(path: string): Promise<readonly string[]> {
  const lines = textOf(path).split(/\r?\n/);
  const identities: string[] = [];
  for (const [index, given] of lines.entries()) {
    const line = given.trim();
    if (line === '' || line.startsWith('#')) continue;
    const why = faultOf(line);
    if (why !== undefined) throw faulty(path, why, index + 1);
    // Bech32 is as good in small letters; the package wants capitals.
    const identity = line.toUpperCase();
    try {
      await publicKeyOf(identity);
    } catch (cause) {
      throw faulty(path, 'malformed', index + 1, cause);
    }
    identities.push(identity);
  }
  if (identities.length === 0) throw faulty(path, 'no-key');
  return identities;
}

/**
 * Makes a file with a new identity, over nothing, that nobody else may read.
 * @param day on which it is made
 * @returns the public key
 * @throws what the file system says, such as EEXIST
 */
export async function writeIdentity(path: string, kind: SealKind, day: string): Promise<string> {
  const { identity, publicKey } = await newIdentity(kind);
  const text = `# created: ${day}\n# public key: ${publicKey}\n${identity}\n`;
  writeNewFile(path, text, 0o600);
  return publicKey;
}

function textOf(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { mode, size } = fstatSync(file);
    // Windows has no such mode: there the rights of the folder decide.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) throw faulty(path, 'readable-by-others');
    if (size > MOST_BYTES) throw faulty(path, 'no-key');
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

/** What a line is instead; nothing where it looks like an identity that can be used here. */
function faultOf(line: string): IdentityFault | undefined {
  if (/^AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+$/i.test(line)) return undefined;
  if (/^AGE-PLUGIN-/i.test(line)) return 'plugin';
  if (line.startsWith('age-encryption.org/') || line.startsWith('-----BEGIN AGE ENCRYPTED')) return 'locked';
  if (line.startsWith('-----BEGIN') || line.startsWith('ssh-')) return 'ssh';
  return /^age1/i.test(line) ? 'public' : 'malformed';
}

function faulty(path: string, why: IdentityFault, line?: number, cause?: unknown) {
  return new DeliveryRefused<CollectRefusal>(
    { refused: 'faulty-identity', path, why, ...(line !== undefined && { line }) },
    { cause },
  );
}
