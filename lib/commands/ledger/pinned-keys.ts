/** Reads the ledger’s public key that was had from elsewhere, as `--key FILE` names it. */
import { readFileSync } from 'node:fs';
import { LedgerFormatError } from '../../ledger';
import { BundleError, pinnedKeysOf } from '../../ledger/bundle';
import { FILE_SYSTEM_WORDS } from '../../words';
import { UsageError } from '../option';

/** The keys in a file. @param shown what the file is called on the command line @throws UsageError */
export function pinnedKeysIn(path: string, shown: string) {
  try {
    return pinnedKeysOf(readFileSync(path), shown);
  } catch (error) {
    if (error instanceof BundleError || error instanceof LedgerFormatError)
      throw new UsageError(`--key: ${error.message}`, { cause: error });
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(
      `--key: ${shown} cannot be read (${FILE_SYSTEM_WORDS[code] ?? code}): name the file of the ledger’s public key`,
      { cause: error },
    );
  }
}
