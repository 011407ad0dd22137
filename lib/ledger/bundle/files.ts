/** The files of a bundle: a folder on disk, or anything else that has paths and bytes. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { systemCode, systemWords } from '../../words';

/** Files by their path, with forward slashes. */
export interface BundleFiles {
  paths(): readonly string[];
  /** The bytes of a path that `paths` gave. */
  read(path: string): Uint8Array;
}

/** What was given can’t be read as a bundle at all. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** A bundle’s folder. @throws BundleError if there is none, naming it as its reader does */
export function bundleFolder(folder: string, shown: string = folder): BundleFiles {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new BundleError(
      `there is no folder ${shown}: name the folder of a copy of the ledger, or of receipts`,
    );
  const paths = orUnread(shown, () => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return {
    paths: () => paths,
    read: (path) => orUnread(`${path} in ${shown}`, () => readFileSync(join(folder, path))),
  };
}

function orUnread<T>(shown: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new BundleError(
      `${shown} cannot be read (${systemWords(code, 'read')}): change that, or copy it again`,
      { cause: error },
    );
  }
}
