/** What tells an assembly from every other: its register, its day, its program, and every byte of its files. */
import { createHash } from 'node:crypto';
import { type AssemblyIdentity, REGISTER_FILE } from '../wire';
import type { Assembly } from './assembly';
import { provenanceOf } from './register';

/**
 * The identity of an assembly. The digest of its files is the SHA-256 of one line a file, in the order of their paths: the
 * file’s SHA-256 in hex, two spaces, and its path. All digests are made from what the files hold; nothing is taken from names.
 * @throws AssemblyError if a file cannot be read, or it carries no register
 */
export function identityOf(assembly: Assembly): AssemblyIdentity {
  const { asOf, program } = provenanceOf(assembly);
  const files = [...assembly.filesBelow('')].sort();
  const digest = createHash('sha256');
  for (const file of files) digest.update(`${assembly.digest(file).sha256}  ${file}\n`);
  return {
    asOf,
    registerDigest: assembly.digest(REGISTER_FILE).sha256,
    ...(program && { program }),
    files: files.length,
    filesDigest: digest.digest('hex'),
  };
}
