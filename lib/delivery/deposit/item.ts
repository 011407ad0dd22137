/** What is to be deposited: one file under an agreement, and what was found by reading it once. */
import type { UnfinishedDeposit } from '../../wire';

/** A file on this computer. It is read as often as it takes. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  /** Tells the file from one that was changed since: its size, times and number on the disk. */
  readonly stamp: string;
  /** The bytes from one offset up to, not including, another. Each piece is good until the next one is asked for. */
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** One file under its name at S3. */
export interface DepositItem {
  readonly agreement: string;
  readonly bucket: string;
  /** `agreements/<agreement>/<name>`. */
  readonly key: string;
  readonly mediaType: string;
  readonly file: LocalFile;
}

/** What was found by reading a file once: what S3 is held to, and that it keeps to its contract. */
export type Survey = UnfinishedDeposit['survey'];

/** What a run remembers of each item, by its key, from one run to the next. Each write replaces the whole. */
export interface Memory {
  read(key: string): unknown;
  write(key: string, value: UnfinishedDeposit): void;
  remove(key: string): void;
}

/** The name of the metadata in which the SHA-256 of the whole object stands, in hex. S3 itself has none of objects in parts. */
export const SHA256_METADATA = 'sha256';
