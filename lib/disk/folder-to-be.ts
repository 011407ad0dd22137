/** Makes folders with those above them. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder that may be there already, and those above it. Each is tried once: a disk that takes nothing new
 * may say that the folder above is not there though it is, and whoever made that again and again would not come to an end.
 * @param folder absolute
 * @param mode of each folder that is made, where others must not read it
 * @throws what the file system says: ENOTDIR where a file is in the way, ELOOP where a link is that leads nowhere
 */
export function makeWithThoseAbove(folder: string, mode?: number): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeWithThoseAbove(above, mode);
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Somebody else may have made it meanwhile.
    if (isFolder(folder)) return;
    throw Object.assign(error as Error, { code: existsSync(folder) ? 'ENOTDIR' : 'ELOOP' });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
