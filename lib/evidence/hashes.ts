/** The files of an assembly that decide what is deployed, with their hashes. */
import { createHash } from 'node:crypto';
import { type Assembly, deployedFiles } from '../assembly';
import type { FileHash } from './model';

/** Every such file. @throws AssemblyError if one that is named is not there */
export function hashedFiles(assembly: Assembly): FileHash[] {
  return deployedFiles(assembly).map((file) => ({ file, ...assembly.digest(file) }));
}

/** One hash for all: of the lines that `sha256sum` would print, in the order of names. */
export function digestOfFiles(files: readonly FileHash[]): string {
  return sha256(files.map((each) => `${each.sha256}  ${each.file}\n`).join(''));
}

/** SHA-256, in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
