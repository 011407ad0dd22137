/** What a deposit is asked for with, and what comes of it: the types of the client as a module say the same. */

/** What is to be deposited. */
export interface DepositRequest {
  /** The id of the agreement. */
  readonly agreement: string;
  /** Paths of files and folders; or `-` alone, which is standard input. */
  readonly files: readonly string[];
  /** The name of the one file below the agreement, in place of its own. */
  readonly name?: string | undefined;
  /** The media type, where names do not say it. */
  readonly type?: string | undefined;
  /** The id of the inbox that messages go to, where the other party has several. */
  readonly inbox?: string | undefined;
  readonly cwd: string;
  /** Where unfinished deposits are remembered. */
  readonly state: string;
  /** Told of each file as soon as it is deposited, and before that is forgotten: so none is deposited untold. */
  readonly told?: (file: DepositedFile) => void;
}

/** One file that was deposited: a transfer of its own, known by its key and version. */
export interface DepositedFile {
  /** Below the agreement. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly bytes: number;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  /** Of its bytes, big-endian in base64: as S3 has it. */
  readonly crc64nvme: string;
  /** Whether an earlier run, which was interrupted, had deposited it. */
  readonly before: boolean;
  /** The inbox that it went to, where it is a message under an agreement that has inboxes. */
  readonly inbox?: { readonly id: string; readonly team: string };
  /** What was sealed in it, where its agreement is sealed: all else is said of the sealed bytes. */
  readonly opened?: { readonly bytes: number; readonly sha256: string };
}

/** What a deposit came to. */
export interface DepositResult {
  readonly agreement: string;
  readonly files: readonly DepositedFile[];
}
