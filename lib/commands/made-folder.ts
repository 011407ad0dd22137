/** Says of a folder in which nothing can be made what to do instead. */
import { FolderError } from '../disk';
import { FILE_SYSTEM_WORDS } from '../words';
import { UsageError } from './option';
import { demandOutsideRegisters } from './outside-registers';
import type { Terminal } from './terminal';

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
    if (!(error instanceof FolderError)) throw error;
    const remedy = error.remedy === undefined ? '' : `${error.remedy}, or `;
    throw new UsageError(`${shown} ${error.why}${because(error)}: ${remedy}name another folder ${how}`, {
      cause: error,
    });
  }
}

/** What the file system said, where it did. */
function because({ cause }: FolderError): string {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return code === undefined || code === 'ENOTDIR' ? '' : ` (${FILE_SYSTEM_WORDS[code] ?? code})`;
}
