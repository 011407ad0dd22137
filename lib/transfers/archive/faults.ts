/** What is wrong between a ledger and the log archive that it was made from. */

/** One fault, with its place: an entry of the ledger, a log file, or both. */
export type ArchiveFault =
  /** Two entries have one id. */
  | { readonly kind: 'entry-twice'; readonly entry: number; readonly earlier: number; readonly id: string }
  /** The file that an entry was made from is not in the archive. */
  | { readonly kind: 'file-missing'; readonly entry: number; readonly file: string }
  /** The file holds no event with the id that the entry gives, or none that means what the entry says. */
  | { readonly kind: 'not-in-file'; readonly entry: number; readonly file: string; readonly eventId: string }
  /** What is in the file has another hash than the entry says. */
  | {
      readonly kind: 'file-changed';
      readonly entry: number;
      readonly file: string;
      readonly stated: string;
      readonly found: string;
    }
  /** The entry does not follow from its event. */
  | {
      readonly kind: 'facts-differ';
      readonly entry: number;
      readonly file: string;
      readonly eventId: string;
      /** Where they differ, as paths into the entry: `unmapped.recipient`. */
      readonly fields: readonly string[];
    }
  /** An event for which there should be an entry, and is none. */
  | {
      readonly kind: 'entry-lost';
      readonly file: string;
      readonly eventId: string;
      readonly id: string;
      readonly time: string;
    }
  | { readonly kind: 'file-unreadable'; readonly file: string; readonly why: string };

/** What came of comparing. */
export interface ArchiveVerdict {
  readonly faults: readonly ArchiveFault[];
  /** Log files read. */
  readonly files: number;
  /** Entries that were held against their event. */
  readonly compared: number;
  /** Those of them for which the register’s index was not there, so that only what the event alone tells was compared. */
  readonly comparedInPart: number;
  /** Entries of the first form, which do not say which file they are from; their event was found by its id. */
  readonly foundById: number;
  /** Entries of the first form whose event was not found. */
  readonly withoutFile: number;
  /** Entries that come from no log file: of the register, of gaps, of what was not collected. */
  readonly ofTheAudit: number;
  /** Events of the last hour for which there is no entry yet. */
  readonly notYetDue: number;
  /** SHA-256 of each index of the register that the copy does not have. */
  readonly missingIndexes: readonly string[];
}
