/** What the audit’s logic needs of the world; AWS stands behind these. */
import type { DepositMark, IndexVersion, LaterMark, Mark, StagedEntry } from '../../lib/wire';

/** A stored file: its bytes as they come, and the signature that CloudTrail keeps beside a digest. */
export interface StoredFile {
  readonly body: AsyncIterable<Uint8Array>;
  readonly signature: string | undefined;
}

/** The log archive, and the versions of the index. */
export interface Files {
  /** Opens a file. @throws FileMissingError */
  open(bucket: string, key: string): Promise<StoredFile>;
  /** Writes a file unless one of that name is there. */
  writeOnce(bucket: string, key: string, content: Uint8Array): Promise<void>;
}

/** The ledger’s staging table. */
export interface Staging {
  /** Stages an entry. Returns whether it is new: an id is staged once. */
  stage(entry: StagedEntry): Promise<boolean>;
}

/** A transfer that is to be looked at. */
export interface Due {
  readonly object: string;
  /** The key of the deposit’s mark. */
  readonly mark: string;
  /** For when it was due, in milliseconds since 1970. */
  readonly due: number;
}

/** What is known of transfers. */
export interface Transfers {
  /** Keeps a mark unless it is there. A deposit is to be looked at first at `due`; others end with `expires`. */
  keep(object: string, mark: DepositMark, due: number): Promise<void>;
  keep(object: string, mark: LaterMark, expires: number): Promise<void>;
  /** All marks of an object. */
  marksOf(object: string): Promise<Mark[]>;
  /** Those that were due by a moment, earliest first; not all at once, and one may be missing that was just made. */
  dueBy(now: number): AsyncIterable<Due>;
  /** Sets when to look again, or that it is over; only if no other run has done so since. */
  lookAgain(due: Due, next: number | undefined, expires: number): Promise<void>;
  /** Has a transfer that is over looked at once more, at `due`; nothing where it is to be looked at anyway. */
  reopen(object: string, deposit: DepositMark, due: number): Promise<void>;
}

/** All versions, and how many of them have their entry staged. `revision` tells two writers apart. */
export interface IndexHistory {
  readonly versions: readonly IndexVersion[];
  readonly told: number;
  readonly revision: number;
}

/** Where the history is kept. */
export interface History {
  read(): Promise<IndexHistory>;
  /** Writes it if its revision is still the one before. Returns whether it did. */
  write(history: IndexHistory): Promise<boolean>;
}

/** A chain of digests, as far as it has come. */
export interface NotedChain {
  readonly chain: string;
  readonly region: string;
  readonly end: string;
  readonly stood?: number | undefined;
}

/** The time of a chain, by when CloudTrail delivered, of which the log is not whole. */
export interface OpenGap {
  readonly chain: string;
  readonly region: string;
  readonly from: string;
  readonly until: string;
}

/** What the audit keeps of the log itself. */
export interface Notes {
  /** The SHA-256 of a log file’s content, if it was taken in. */
  readLogFile(bucket: string, key: string): Promise<string | undefined>;
  /** Notes that a log file was taken in; kept until `expires`, in milliseconds since 1970. */
  noteLogFile(bucket: string, key: string, sha256: string, expires: number): Promise<void>;
  /**
   * Notes the newest end of each chain of digests; an older one changes nothing.
   * @param stood when it was seen to go on after hours in which it stood still, in milliseconds since 1970
   */
  noteChain(chain: string, region: string, end: string, stood?: number): Promise<void>;
  /** The newest end that was noted of a chain; undefined for one that is new. */
  chainEnd(chain: string): Promise<string | undefined>;
  /** Notes that what a digest says is not so, by the digest’s key. */
  noteGap(digest: string, gap: OpenGap): Promise<void>;
  /** The gap that was noted by a digest and is still open. */
  gapOf(digest: string): Promise<OpenGap | undefined>;
  /** Notes that it is so: a gap that was noted is one no longer, and is kept until `expires`. Nothing where there was none. */
  closeGap(digest: string, expires: number): Promise<void>;
  /** The gaps that are open. */
  gaps(): Promise<readonly OpenGap[]>;
  chains(): Promise<readonly NotedChain[]>;
}
