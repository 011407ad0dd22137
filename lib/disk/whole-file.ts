/** Writes a file whole or not at all. */
import { closeSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ofTheMeant } from './meant';

/**
 * Writes a file over what may be there. The folder must be there.
 * @param mode of the file, where others must not read it
 * @throws what the file system says; then nothing has changed
 */
export function writeWhole(file: string, content: string | Uint8Array, mode?: number): void {
  beside(file, content, mode, (fresh) => renameSync(fresh, file));
}

/**
 * Writes files over what may be there: all are beside their places before the first takes its own. Their folders must be there.
 * @throws what the file system says; unless it refuses in the midst of renaming, nothing has changed then
 */
export function writeAllWhole(
  files: readonly (readonly [file: string, content: string | Uint8Array])[],
): void {
  const [first, ...others] = files;
  if (first === undefined) return;
  beside(first[0], first[1], undefined, (fresh) => {
    writeAllWhole(others);
    renameSync(fresh, first[0]);
  });
}

/** What file systems say that have no hard links, such as exFAT and some that are shared with a virtual machine. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * Writes a file where there is none. On a disk without hard links its name is taken first: who is cut off between the two steps
 * leaves an empty file.
 * @throws what the file system says, such as EEXIST; then nothing has changed
 */
export function writeNewFile(file: string, content: string | Uint8Array, mode?: number): void {
  beside(file, content, mode, (fresh) => {
    try {
      linkSync(fresh, file);
    } catch (error) {
      if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      closeSync(openSync(file, 'wx', mode));
      renameSync(fresh, file);
    }
    attempt(() => rmSync(fresh, { force: true }));
  });
}

function beside(
  file: string,
  content: string | Uint8Array,
  mode: number | undefined,
  put: (fresh: string) => void,
): void {
  const fresh = join(dirname(file), `.${basename(file)}.${process.pid}.new`);
  try {
    // The types of Node 20 do not know `flush` yet: without it a machine that loses its power may keep the name and not the content.
    writeFileSync(fresh, content, { flush: true, ...(mode !== undefined && { mode }) } as object);
    put(fresh);
  } catch (error) {
    attempt(() => rmSync(fresh, { force: true }));
    throw ofTheMeant(error, fresh, file);
  }
}

/** Tidies up; what cannot be tidied up hides nothing of what went wrong before. */
export function attempt(act: () => void): void {
  try {
    act();
  } catch {}
}
