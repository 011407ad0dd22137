/** Reads the files of a register folder. The only part of lib/register, beside `changes/commit.ts`, that touches the disk. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LIVE_OUTCOMES_FILE } from '../wire';
import { systemCode, systemWords } from '../words';
import { isRegister } from './layout';

/** A file of a register, held in memory. */
export interface RegisterFile {
  /** Path within the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a register folder holds besides the register: the notice, the JSON Schemas for editors, and what live tests came to. */
const BESIDE = new Set(['README.md', 'schema', LIVE_OUTCOMES_FILE]);

/** Names the files of a change that is made but not yet in its place; see `changes/commit.ts`. */
export const COMMITTED = '.change';

/** Where the new contents of a file wait. */
export function stagedPath(path: string): string {
  return path.replace(/[^/]+$/, '.$&.new');
}

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
    return withCommitted(folder, files);
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof RegisterFolderError || code === undefined) throw error;
    const path = String((error as NodeJS.ErrnoException).path ?? folder);
    throw new RegisterFolderError(
      code === 'ENOENT' && path === folder
        ? `there is no folder ${folder}: name the folder that holds zone.yaml with --register DIR (or -c register=DIR)`
        : code === 'ENOTDIR' && path === folder
          ? `${folder} is a file and not a folder: name the folder that holds zone.yaml with --register DIR (or -c register=DIR)`
          : `${path} cannot be read (${systemWords(code, 'read')}): change that, or name the folder of another register`,
      { cause: error },
    );
  }
}

/** Whether a folder that may not be there is a register. One whose zone.yaml cannot be read counts as one: it may be. */
export function isRegisterFolder(folder: string): boolean {
  const zone = join(folder, 'zone.yaml');
  if (!existsSync(zone)) return false;
  try {
    return isRegister(readFileSync(zone, 'utf8'), readdirSync(folder));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return true;
  }
}

/** The files, with the contents of a change whose writer was cut off. */
function withCommitted(folder: string, files: readonly RegisterFile[]): RegisterFile[] {
  const list = join(folder, COMMITTED);
  const paths = existsSync(list) ? readFileSync(list, 'utf8').split('\n') : [];
  const waiting = paths.filter((path) => path !== '' && existsSync(join(folder, stagedPath(path))));
  const all = new Map(files.map((file) => [file.path, file]));
  for (const path of waiting) all.set(path, { path, bytes: readFileSync(join(folder, stagedPath(path))) });
  return waiting.length === 0 ? [...files] : [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
