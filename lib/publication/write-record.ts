/** Writes the record into its folder, whole or not at all. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demandFolder, type FolderKind, makeOwnFolder } from '../disk';
import { CATALOGUE, FRONT, isOfRecord } from './paths';

/** Whatever stands there goes with the edition: a repository, a server’s own settings or somebody’s notes would be lost. */
const RECORD: FolderKind = {
  what: 'public record',
  isOne: (held) => held.includes(CATALOGUE) && held.includes(FRONT),
  part: () => (path, isFolder) => (isOfRecord(path, isFolder) ? 'as made' : 'strange'),
};

/** Demands that the record may go to this folder: it is not there yet, is empty, or holds an earlier edition alone. @throws FolderError */
export function demandRecordFolder(folder: string): void {
  demandFolder(folder, RECORD);
}

/** Writes every file, and puts them in the place of an earlier edition in one step. @throws FolderError */
export function writeRecord(folder: string, files: ReadonlyMap<string, string>): void {
  makeOwnFolder(folder, RECORD, (whole) => {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(whole, path)), { recursive: true });
      writeFileSync(join(whole, path), content);
    }
  });
}
