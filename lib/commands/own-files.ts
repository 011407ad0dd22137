/** Writes files that people may fill in or annotate, and says what to do where somebody has. */
import { basename, dirname, join, resolve } from 'node:path';
import { ChangedFileError, demandAsWritten, type OwnFile, ownPage, writeOwnFiles } from '../disk';
import { UsageError } from './option';
import { demandOutsideRegisters } from './outside-registers';
import type { Terminal } from './terminal';
import { unwritten } from './unwritten';

/**
 * Writes files into a folder, all of them or none.
 * @param folder as it was typed
 * @param also what can be done besides with a file that somebody changed, to follow “move it elsewhere”
 * @throws UsageError where one of them was changed by somebody, or nothing can be written
 */
export function writeInto(
  folder: string,
  files: readonly OwnFile[],
  { cwd }: Pick<Terminal, 'cwd'>,
  also: (file: string) => string = () => '',
): void {
  demandOutsideRegisters(join(folder, files[0]?.name ?? ''), { cwd }, 'with --output DIR');
  try {
    writeOwnFiles(resolve(cwd, folder), files);
  } catch (error) {
    throw refused(error, folder, 'folder with --output DIR', also);
  }
}

/** Says before work that takes long that a page could not go to a file after it. @throws UsageError as above */
export function demandPageAt(file: string, option: string, { cwd }: Pick<Terminal, 'cwd'>): void {
  demandOutsideRegisters(file, { cwd }, `with ${option}`);
  try {
    demandAsWritten(dirname(resolve(cwd, file)), [ownPage(basename(file), '')]);
  } catch (error) {
    throw refused(error, dirname(file), `file with ${option}`, () => '');
  }
}

/** Writes one page to a file. @param option by which another file is named @throws UsageError as above */
export function writePageTo(
  file: string,
  page: string,
  option: string,
  { cwd }: Pick<Terminal, 'cwd'>,
): void {
  demandOutsideRegisters(file, { cwd }, `with ${option}`);
  try {
    writeOwnFiles(dirname(resolve(cwd, file)), [ownPage(basename(file), page)]);
  } catch (error) {
    throw refused(error, dirname(file), `file with ${option}`, () => '');
  }
}

function refused(
  error: unknown,
  folder: string,
  another: string,
  also: (file: string) => string,
): UsageError {
  if (error instanceof ChangedFileError) {
    const file = join(folder, error.file);
    return new UsageError(
      `${file} is not as it was written, and what somebody put there would be lost: move it elsewhere, ${also(file)}or name another ${another}`,
      { cause: error },
    );
  }
  return unwritten(folder, another, error);
}
