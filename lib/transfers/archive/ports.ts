/** What comparing a ledger with a log archive works with. */

/** The entries of a ledger, by their place. */
export interface LedgerEntries {
  readonly size: number;
  at(place: number): Uint8Array;
}

/** A copy of the log archive. */
export interface LogArchive {
  /** Every file, by its path in the copy. */
  paths(): Iterable<string>;
  open(path: string): AsyncIterable<Uint8Array>;
}

/** The text of the index with that SHA-256, as it was kept beside the ledger; undefined where the copy does not have it. */
export type IndexText = (sha256: string) => string | undefined;
