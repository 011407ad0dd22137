/** What came of verifying a bundle. */

/** What a finding is about; the same word for the same kind of fault, for programs that read it. */
export type FindingKind =
  | 'key'
  | 'signature'
  | 'checkpoint'
  | 'fork'
  | 'root'
  | 'tile'
  | 'entry'
  | 'receipt'
  | 'register'
  | 'cloudtrail'
  /** Between the ledger and the log archive. */
  | 'archive'
  | 'timestamp'
  /** Line ends were changed on the way, and the file is read with them put back. */
  | 'line-ends'
  | 'file';

/** Something that is not as it must be. */
export interface BundleFinding {
  readonly kind: FindingKind;
  readonly path: string;
  readonly message: string;
}

/** What was found, what was checked, and what was not. */
export interface Verdict {
  /** The newest checkpoint: undefined if there is none that can be read. */
  readonly head: { readonly origin: string; readonly size: number; readonly root: string } | undefined;
  readonly findings: readonly BundleFinding[];
  readonly checked: readonly string[];
  readonly unchecked: readonly string[];
  /** What file managers and operating systems have left in the folder: no part of the copy, and no finding. */
  readonly leftBehind: readonly string[];
}

/** Collects a verdict. */
export class Notes {
  readonly findings: BundleFinding[] = [];
  readonly checked: string[] = [];
  readonly unchecked: string[] = [];

  /** Notes a finding. */
  found(kind: FindingKind, path: string, message: string): void {
    this.findings.push({ kind, path, message });
  }

  /** Does something; an error of a format becomes a finding and undefined. */
  attempt<T>(kind: FindingKind, path: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'LedgerFormatError') throw error;
      this.found(kind, path, error.message);
      return undefined;
    }
  }
}
