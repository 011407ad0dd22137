/** What the gate’s logic needs of the world; AWS stands behind these. */
import type {
  Checked,
  CheckPackedOptions,
  SealedTo,
  SealFault,
  SlicedFile,
  Source,
} from '../../lib/contracts';
import type { Algorithm } from '../../lib/runtime';
import type { StoredChecksum } from '../../lib/wire';
import type { ContractPlan, FileForm } from '../../lib/wire/contracts';

/** One version of one object: what the gate decides on. Never a name. */
export interface Version {
  readonly key: string;
  readonly version: string;
}

/** What S3 says of a version. */
export interface Head {
  readonly bytes: number;
  /** As S3 tells it, in milliseconds since 1970: when it was deposited, or, of what was sent in parts, when its upload began. */
  readonly modified: number;
  /** As it was given at upload; S3 sets `binary/octet-stream` where nothing was given. */
  readonly mediaType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** `aws:kms` and the full ARN of the key, where it is encrypted so. */
  readonly encryption: string | undefined;
  readonly keyArn: string | undefined;
  readonly bucketKey: boolean;
  readonly checksum: (Omit<StoredChecksum, 'verified'> & { readonly algorithm: Algorithm }) | undefined;
}

/** The tags of a version: all of them, since they are written as one set. */
export type Tags = ReadonlyMap<string, string>;

/** A version as a listing gives it. */
export interface Listed extends Version {
  /** As of Head. */
  readonly modified: number;
}

/** The deposits in the owner’s bucket. Every call names the version. */
export interface Deposits {
  /** Nothing where there is no such version any more, or it is a delete marker. */
  tagsOf(version: Version): Promise<Tags | undefined>;
  /** Nothing as above. */
  headOf(version: Version): Promise<Head | undefined>;
  /**
   * The bytes from an offset to the end; of all of them S3’s checksum is held against what was read, where it is of the whole.
   * @param held the checksum that S3 holds
   * @throws ChecksumDiffersError at the end
   */
  read(version: Version, from: number, held: Head['checksum']): AsyncIterable<Uint8Array>;
  /** The bytes from one offset up to, not including, another. */
  slice(version: Version, from: number, to: number): Promise<Uint8Array>;
  /** Writes the whole set. `refused` where the bucket’s policy forbids it, since the tags are others by now. */
  tag(version: Version, tags: Tags): Promise<'tagged' | 'refused' | 'gone'>;
  /** All versions of deposits, after one of them, or from the beginning. Delete markers are none. */
  list(after: Version | undefined): AsyncIterable<Listed>;
}

/** The gate’s reports, in the same bucket where only the gate writes. */
export interface Reports {
  /** Writes a report unless one of that name is there, and says whether it did. */
  create(key: string, text: string, mediaType: string): Promise<'created' | 'exists'>;
  /** Reads one that is there. */
  readReport(key: string): Promise<string>;
}

/** An e-mail. */
export interface Notice {
  /** At most 100 characters of ASCII, by SNS. */
  readonly subject: string;
  readonly text: string;
}

/** Tells people by e-mail: the owner’s that there is a report, or a team that a message waits or was not delivered. */
export interface Notices {
  /** @param topic the ARN of that of an inbox; the owner’s own where it is not given */
  send(subject: string, text: string, topic?: string): Promise<void>;
}

/** The state machine that calls the gate again until an order is done. */
export interface Onward {
  /** Starts it with an order, under a name: one that is under way by that name already is left to it. */
  start(name: string, order: object): Promise<void>;
}

/** What opens files and holds them against contracts: `lib/contracts`, or in tests what stands for it. */
export interface Engine {
  /** How a file of a media type is read as a table; nothing where it is not. */
  formOf(mediaType: string): FileForm | undefined;
  /** How a file is locked, such as `zip` or `age`; nothing where it is not, or nothing shows it. */
  lockedAs(file: SlicedFile): Promise<string | undefined>;
  /** What is wrong with the form of a sealed file; nothing where nothing is. */
  sealFault(file: SlicedFile, agreed: SealedTo): Promise<SealFault | undefined>;
  /** Whether a check against this contract can pause. */
  canPause(plan: ContractPlan): boolean;
  check(plan: ContractPlan, form: FileForm, source: Source, options: CheckPackedOptions): Promise<Checked>;
}
