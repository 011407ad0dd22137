/** Reads the files of a register folder. The only part of this room that touches the disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isNativeError } from 'node:util/types';

/** A file of a register, held in memory. */
export interface RegisterFile {
  /** Path within the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a register folder holds besides the register: the notice, and the JSON Schemas for editors. */
const BESIDE = new Set(['README.md', 'schema']);

/** More files than any register has; a wrong folder is noticed before all of it is read. */
const MOST_FILES = 50_000;

/** The folder could not be read. Its message says why and what to do, in one line. */
export class RegisterFolderError extends Error {
  override readonly name = 'RegisterFolderError';
}

/**
 * Reads every file of a register, in the order of their paths. Files whose names begin with a dot are left out.
 * @throws RegisterFolderError if there is no such folder, it cannot be read, or it holds too many files
 */
export function readRegisterFolder(folder: string): RegisterFile[] {
  const files: RegisterFile[] = [];
  const walk = (here: string) => {
    for (const entry of readdirSync(here, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(here, entry.name);
      if (entry.name.startsWith('.') || (here === folder && BESIDE.has(entry.name))) continue;
      if (files.length >= MOST_FILES) {
        throw new RegisterFolderError(
          `${folder} holds more than ${MOST_FILES} files: check that it is a register`,
        );
      }
      if (statSync(path).isDirectory()) walk(path);
      else files.push({ path: relative(folder, path).split(sep).join('/'), bytes: readFileSync(path) });
    }
  };
  try {
    walk(folder);
  } catch (error) {
    if (error instanceof RegisterFolderError || !isSystemError(error)) throw error;
    throw new RegisterFolderError(
      error.code === 'ENOENT' && error.path === folder
        ? `there is no folder ${folder}: name the folder that holds zone.yaml with --register DIR (or -c register=DIR)`
        : `${error.path ?? folder} cannot be read (${error.code}): check that it is there and that you may read it`,
    );
  }
  return files;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return isNativeError(error) && 'code' in error;
}
