/**
 * Writes the files of a change, all or none. New contents are first laid beside the old; then one file that names them all
 * appears, and from that moment the change is made: everything that reads the folder gets the new contents
 * (`readRegisterFolder`), also where the writer was cut off before it had put them into their places.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode, systemWords } from '../../words';
import { COMMITTED, type RegisterFile, stagedPath } from '../folder';

/** What is asked of a disk. Paths are absolute. */
export interface Disk {
  readonly write: (path: string, bytes: Uint8Array) => void;
  /** Replaces what is there, in one step. */
  readonly rename: (from: string, to: string) => void;
  /** Also where there is nothing. */
  readonly remove: (path: string) => void;
  /** Undefined where there is nothing. */
  readonly read: (path: string) => Uint8Array | undefined;
}

/** The disk of this machine. */
export const disk: Disk = {
  write: (path, bytes) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  },
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  read: (path) => {
    try {
      return readFileSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
};

/** Nothing was written: the folder is as it was. The message says why, in one line. */
export class NothingWritten extends Error {
  override readonly name = 'NothingWritten';
}

/**
 * Writes files into a register’s folder, all or none.
 * @throws NothingWritten if the disk refuses
 */
export function commitFiles(folder: string, files: readonly RegisterFile[], on: Disk = disk): void {
  finishCommit(folder, on);
  const staged = files.map(({ path }) => join(folder, stagedPath(path)));
  const list = join(folder, COMMITTED);
  try {
    for (const [index, { bytes }] of files.entries()) on.write(staged[index] ?? '', bytes);
    on.write(`${list}.new`, Buffer.from(files.map(({ path }) => `${path}\n`).join('')));
    on.rename(`${list}.new`, list);
  } catch (error) {
    for (const path of [`${list}.new`, ...staged]) attempt(() => on.remove(path));
    throw new NothingWritten(`nothing was written: ${whyOf(error, folder)}`, { cause: error });
  }
  // The change is made; what follows only tidies up, and the next writer does it if this is cut off.
  attempt(() => finishCommit(folder, on));
}

/** What the disk said, in words where it is one of its own reasons. */
function whyOf(error: unknown, folder: string): string {
  const code = systemCode(error);
  return code === undefined
    ? (error as Error).message
    : `${folder} cannot be written (${systemWords(code, 'write')})`;
}

/** Puts the files of a change that was cut off into their places. @internal Only tests import it. */
export function finishCommit(folder: string, on: Disk = disk): void {
  const list = on.read(join(folder, COMMITTED));
  if (list === undefined) return;
  for (const path of Buffer.from(list).toString('utf8').split('\n').filter(Boolean)) {
    const staged = join(folder, stagedPath(path));
    if (on.read(staged) !== undefined) on.rename(staged, join(folder, path));
  }
  on.remove(join(folder, COMMITTED));
}

function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // What could not be tidied up hides nothing: readers leave files with a dot aside, or take them as the list says.
  }
}
