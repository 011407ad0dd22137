/** A copy of the log archive as `aws s3 sync` makes it: CloudTrail’s folders, at any depth. */
import { createReadStream, existsSync, opendirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BundleError, isLeftBehind } from '../../ledger/bundle';
import type { LogArchive } from '../../transfers';

/** The archive in a folder. @throws BundleError if there is none, naming it as its reader does */
export function archiveFolder(cwd: string, shown: string): LogArchive {
  const folder = resolve(cwd, shown);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new BundleError(
      `there is no folder ${shown}: give a copy of the log archive, such as aws s3 sync makes`,
    );
  return {
    paths: () => filesBelow(folder, ''),
    open: (path) => createReadStream(join(folder, path)),
  };
}

/** Folder by folder, sorted, so that files come about in the order in which they were written; without what file managers left. */
function* filesBelow(folder: string, path: string): Generator<string> {
  const names: { readonly name: string; readonly isFolder: boolean }[] = [];
  const directory = opendirSync(join(folder, path));
  try {
    for (let each = directory.readSync(); each !== null; each = directory.readSync())
      if (!isLeftBehind(each.name)) names.push({ name: each.name, isFolder: each.isDirectory() });
  } finally {
    directory.closeSync();
  }
  names.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, isFolder } of names) {
    const below = path === '' ? name : `${path}/${name}`;
    if (isFolder) yield* filesBelow(folder, below);
    else yield below;
  }
}
