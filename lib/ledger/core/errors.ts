/** The error of everything that reads the ledger’s formats. */

/** Bytes or text are not what their format demands. The message says what was found and where. */
export class LedgerFormatError extends Error {
  override readonly name = 'LedgerFormatError';
}
