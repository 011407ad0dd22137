/** Writes the record into its folder, whole or not at all. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder, settleFolder } from '../disk';
import { CATALOGUE, FRONT, isOfRecord } from './paths';

/** The record cannot be written to a folder. */
export class RecordFolderError extends Error {
  override readonly name = 'RecordFolderError';
}

/** Demands that the record may go to this folder: it is not there yet, is empty, or holds an earlier edition. @throws RecordFolderError */
export function demandRecordFolder(folder: string): void {
  settleFolder(folder);
  if (!existsSync(folder)) return;
  let held: string[];
  try {
    held = readdirSync(folder);
  } catch (cause) {
    throw new RecordFolderError(`${folder} is not a folder`, { cause });
  }
  if (held.length === 0) return;
  if (!held.includes(CATALOGUE) || !held.includes(FRONT))
    throw new RecordFolderError(`${folder} holds something that is no public record`);
  // Whatever stands there goes with the edition: a repository, a server’s own settings or somebody’s notes would be lost.
  const strange = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (each) =>
      !isOfRecord(
        relative(folder, join(each.parentPath, each.name)).split(sep).join('/'),
        each.isDirectory(),
      ),
  );
  if (strange !== undefined)
    throw new RecordFolderError(
      `${join(relative(folder, strange.parentPath), strange.name)} in ${folder} is of no public record, and would be lost`,
    );
}

/** Writes every file, and puts them in the place of an earlier edition in one step. @throws RecordFolderError */
export function writeRecord(folder: string, files: ReadonlyMap<string, string>): void {
  demandRecordFolder(folder);
  try {
    makeFolder(folder, (whole) => {
      for (const [path, content] of files) {
        mkdirSync(dirname(join(whole, path)), { recursive: true });
        writeFileSync(join(whole, path), content);
      }
    });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new RecordFolderError(`nothing can be written to ${folder} (${code ?? syscall})`, { cause: error });
  }
}
