/** Says of a file or folder that cannot be written why, and what to do instead. */
import { FILE_SYSTEM_WORDS } from '../words';
import { UsageError } from './option';

/** Why, in words that fit between brackets; its code where there are no words for it. */
export function whyNotWritten(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'its folder is not there, or takes nothing new';
  return FILE_SYSTEM_WORDS[code] ?? (code || message);
}

/**
 * @param shown the file or folder as it was typed
 * @param another what the user may name instead, such as `folder with --output DIR`
 */
export function unwritten(shown: string, another: string, error: unknown): UsageError {
  return new UsageError(`${shown} cannot be written (${whyNotWritten(error)}): name another ${another}`, {
    cause: error,
  });
}
