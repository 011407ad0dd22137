/** Says of a file or folder that cannot be written why, and what to do instead. */
import { systemCode, systemWords } from '../words';
import { UsageError } from './option';

/** Why, in words that fit between brackets; what another error says of itself. */
export function whyNotWritten(error: unknown): string {
  const code = systemCode(error);
  return code === undefined ? (error as Error).message : systemWords(code, 'write');
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
