/** What collecting needs of the world: the owner’s access point, a folder on this computer, and checksums. */
import type { Algorithm } from '../../runtime';
import type { Store } from '../store';

export { ALGORITHMS, type Algorithm, type Checksums, type Running } from '../../runtime';

/** The checksum that S3 holds of an object: of all its bytes, or of the checksums of its parts. */
export interface ObjectChecksum {
  readonly algorithm: Algorithm;
  /** Base64, without the number of parts. */
  readonly value: string;
  /** How many parts it is of; nothing where it is of the whole object. */
  readonly parts: number | undefined;
}

/** An object that can be read now. */
export interface Readable {
  readonly answer: 'readable';
  readonly version: string;
  readonly etag: string;
  readonly bytes: number;
  readonly checksum: ObjectChecksum | undefined;
  /** All of its bytes, where they came with the answer. */
  readonly held?: Uint8Array;
}

/** What comes of looking at an object without reading it. */
export type Looked =
  | Readable
  /** Not to be read: not released, or not any more. S3 does not tell a collector which. */
  | { readonly answer: 'refused' }
  | { readonly answer: 'gone' };

/** An access point of an owner, as the collect role. */
export interface Shelf extends Pick<Store, 'list' | 'open'> {
  /** Looks at the current version. To look is no read: neither S3 nor the ledger takes it for an acknowledgement. */
  look(key: string): Promise<Looked>;
  /** Looks at a small object, and reads it in the same call, if it is still the one of this entity tag. */
  take(key: string, etag: string): Promise<Looked>;
  /** How many bytes a part has, from 1, of an object that was sent in parts. */
  partBytes(key: string, etag: string, part: number): Promise<number>;
}

/** Part of an object that is not whole yet, on disk. */
export interface PartFile {
  /** Whether it was made just now: then nothing of it is there. */
  readonly fresh: boolean;
  write(at: number, bytes: Uint8Array): Promise<void>;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
  /** Sees that all of it is on the disk, and closes it. */
  settle(): Promise<void>;
  /** Closes it as it is. */
  close(): Promise<void>;
}

/** Which version it is that is fetched. */
export interface FetchedIdentity {
  readonly key: string;
  readonly version: string;
  readonly etag: string;
  readonly bytes: number;
}

/** What is written down while an object is fetched in several ranges. */
export interface Journal extends FetchedIdentity {
  readonly form: 'concordat-collecting/v1';
  readonly rangeBytes: number;
  /** Which ranges are there, as runs of indexes. */
  readonly done: readonly (readonly [number, number])[];
}

/** What the list of what was collected says of a version. Nothing in it is secret; it names files and times. */
export interface Noted {
  /**
   * `placing`: it is about to get its name. `collected`: it has it. `handed-on`: the command that was asked for has done its
   * work. `receipted`: its receipt is written.
   */
  readonly what: 'placing' | 'collected' | 'handed-on' | 'receipted';
  readonly agreement: string;
  readonly key: string;
  readonly version: string;
  readonly etag: string;
  readonly bytes: number;
  /** When it was deposited, and when this was written down, in milliseconds since 1970. */
  readonly deposited: number;
  readonly at: number;
  /** The names below the folder: of its folders, and its own. */
  readonly names: readonly string[];
  readonly checksum: ObjectChecksum;
  /** Whether a command is to be run on it. */
  readonly handOn: boolean;
  /** What lies under its name, where that was sealed in the object: the rest is said of the object. */
  readonly opened?: { readonly bytes: number; readonly checksum: ObjectChecksum } | undefined;
}

/** What came of a command. */
export type HandedOn =
  | { readonly code: number }
  | { readonly signal: string }
  /** Node’s code, such as ENOENT. */
  | { readonly failed: string };

/** The folder into which objects are collected, and what is kept beside them. Each call may throw DeliveryRefused `disk`. */
export interface Desk {
  /** Everything that was written down, in that order. */
  noted(): Promise<readonly Noted[]>;
  /** Writes down one more; it is there once this returns. */
  note(noted: Noted): Promise<void>;
  /** @param id of a version */
  journal(id: string): Promise<Journal | undefined>;
  /** Puts the whole journal in the place of what was there. */
  keepJournal(id: string, journal: Journal): Promise<void>;
  /** Opens what is there of a version, or begins it. */
  openPart(id: string): Promise<PartFile>;
  /** What was begun and has not got its name: its id, and when it was last written to, in milliseconds since 1970. */
  begun(): Promise<readonly { readonly id: string; readonly touched: number }[]>;
  /** Does away with part and journal, where they are. */
  drop(id: string): Promise<void>;
  /**
   * Gives a part its name in the folder. `taken`: something else has it already, and keeps it. `blocked`: a file stands where a
   * folder would have to be.
   */
  place(id: string, names: readonly string[]): Promise<'placed' | 'taken' | 'blocked'>;
  /** Reads what lies under a name; nothing where no file of this size does. */
  placed(
    names: readonly string[],
    bytes: number,
  ): Promise<((from: number, to: number) => AsyncIterable<Uint8Array>) | undefined>;
  /** How many bytes there is room for; nothing where that is not known. */
  room(): Promise<number | undefined>;
  /** Where a part lies, for programs that look into it. */
  pathOf(id: string): string;
  /** What people call the folder. */
  readonly shown: string;
}
