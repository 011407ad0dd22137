/** Reads the ledger’s public key that was had from elsewhere, as `--key FILE` names it. */
import { readFileSync } from 'node:fs';
import { LedgerFormatError } from '../../ledger';
import { BundleError, pinnedKeysOf } from '../../ledger/bundle';
import { UsageError } from '../option';
import { unread } from '../unread';

/** The keys in a file. @param shown what the file is called on the command line @throws UsageError */
export function pinnedKeysIn(path: string, shown: string) {
  try {
    return pinnedKeysOf(readFileSync(path), shown);
  } catch (error) {
    if (error instanceof BundleError || error instanceof LedgerFormatError)
      throw new UsageError(`--key: ${error.message}`, { cause: error });
    throw unread(`--key: ${shown}`, 'name the file of the ledger’s public key', error);
  }
}
