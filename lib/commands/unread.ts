/** Says of a file or folder that cannot be read why, and what to do instead. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemCode, systemWords } from '../words';
import { UsageError } from './option';
import type { Terminal } from './terminal';

/**
 * Reads a whole file that was named on the command line.
 * @param shown the file as it was typed
 * @param instead what the user may do, such as `give the path of the document`
 * @throws UsageError where it cannot be read
 */
export function bytesNamed(shown: string, instead: string, { cwd }: Pick<Terminal, 'cwd'>): Buffer {
  try {
    return readFileSync(resolve(cwd, shown));
  } catch (error) {
    throw unread(shown, instead, error);
  }
}

/** The same as text. @throws UsageError as above */
export function textNamed(shown: string, instead: string, terminal: Pick<Terminal, 'cwd'>): string {
  const bytes = bytesNamed(shown, instead, terminal);
  try {
    return bytes.toString('utf8');
  } catch (error) {
    throw unread(shown, instead, error);
  }
}

/**
 * What to throw of a file or folder that was to be read: the same error, if the system has refused nothing.
 * @param shown the file or folder as it was typed
 */
export function unread(shown: string, instead: string, error: unknown): unknown {
  const code = systemCode(error);
  return code === undefined
    ? error
    : new UsageError(`${shown} cannot be read (${systemWords(code, 'read')}): ${instead}`, { cause: error });
}
