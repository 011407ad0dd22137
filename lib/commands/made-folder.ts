/** Says of a folder in which nothing can be made what to do instead. */
import { tmpdir } from 'node:os';
import { asTyped, FolderError, isWithin } from '../disk';
import { UsageError } from './option';
import { demandOutsideRegisters } from './outside-registers';
import type { Terminal } from './terminal';
import { unwritten, whyNotWritten } from './unwritten';

/**
 * Does something that makes a folder.
 * @param shown the folder as it was typed
 * @param how the user names another, such as `with --output DIR`
 * @throws UsageError if nothing can or may be made there, with what to do
 */
export async function orNameAnother<T>(
  shown: string,
  how: string,
  terminal: Pick<Terminal, 'cwd'>,
  act: () => T | Promise<T>,
): Promise<T> {
  demandOutsideRegisters(shown, terminal, how);
  try {
    return await act();
  } catch (error) {
    if (isOf(shown, error, terminal)) throw unwritten(shown, `folder ${how}`, error);
    if (isOfOpenFile(error))
      throw new UsageError(
        `${shown}, or a temporary file in ${tmpdir()}, cannot be written (${whyNotWritten(error)}): make room there, or name another folder ${how}`,
        { cause: error },
      );
    if (!(error instanceof FolderError)) throw error;
    const remedy = error.remedy === undefined ? '' : `${error.remedy}, or `;
    throw new UsageError(`${shown} ${error.why}${because(error)}: ${remedy}name another folder ${how}`, {
      cause: error,
    });
  }
}

/** Whether the file system said it of that folder, or of what is made in it. */
function isOf(shown: string, error: unknown, { cwd }: Pick<Terminal, 'cwd'>): boolean {
  const { path, syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && path !== undefined && isWithin(asTyped(path, cwd), asTyped(shown, cwd));
}

/** Whether there was no room for more of a file: of one that is open the system does not say which. */
function isOfOpenFile(error: unknown): boolean {
  const { path, syscall, code } = error as NodeJS.ErrnoException;
  return syscall === 'write' && path === undefined && (code === 'ENOSPC' || code === 'EDQUOT');
}

/** What the file system said, where it did. */
function because({ cause }: FolderError): string {
  const { code, syscall } = (cause ?? {}) as NodeJS.ErrnoException;
  // That what is there is no folder has been said.
  const isSaid = code === 'ENOTDIR' && syscall === 'scandir';
  return code === undefined || isSaid ? '' : ` (${whyNotWritten(cause)})`;
}
