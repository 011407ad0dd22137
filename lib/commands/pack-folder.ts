/** Says of a folder that no evidence pack can go to what to do instead. */
import { demandPackFolder, PackFolderError } from '../evidence';
import { UsageError } from './option';

/**
 * Does something that needs the folder of a pack, once that folder is known to be fit for one.
 * @param option that names the folder
 * @throws UsageError if it is not, or nothing can be written there, with what to do
 */
export async function withPackFolder<T>(
  folder: string,
  option: string,
  act: () => T | Promise<T>,
): Promise<T> {
  try {
    demandPackFolder(folder);
    return await act();
  } catch (error) {
    if (!(error instanceof PackFolderError)) throw error;
    const empty = error.holdsSomethingElse ? 'empty it, or ' : '';
    throw new UsageError(`${error.message}: ${empty}name another folder with --${option} DIR`, {
      cause: error,
    });
  }
}
