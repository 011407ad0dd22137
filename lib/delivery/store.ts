/**
 * The port to S3: one bucket, or one access point, as one role. What sending and collecting need of it, and nothing else; S3
 * stands behind it by `lib/client`, memory in tests.
 */

/** An object as a listing gives it: its current version. */
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  /** S3’s entity tag, without quotation marks. Of an object that was sent in parts it ends in a hyphen and their number. */
  readonly etag: string;
  /** Milliseconds since 1970, in whole seconds. Of an object that was sent in parts: when its upload began. */
  readonly modified: number;
}

/** What an object is stored with, beside its bytes. No encryption and no tags: the bucket has the one, the gate the others. */
export interface About {
  readonly mediaType: string;
  /** User metadata, by names in lower case without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes that can be sent again: each opening gives the same ones from their beginning. */
export interface Body {
  readonly bytes: number;
  /** CRC-64/NVME of these bytes, big-endian in base64, as S3 has it. */
  readonly crc64nvme: string;
  /** SHA-256 of these bytes in hex, where it is known: S3 then holds it against what it received. */
  readonly sha256?: string;
  /** Each piece is good until the next one is asked for. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** A part that S3 has. */
export interface SentPart {
  /** From 1. */
  readonly number: number;
  readonly bytes: number;
  readonly etag: string;
  /** Nothing where the upload was begun without it. */
  readonly crc64nvme: string | undefined;
}

/** What S3 says once it has the whole of an object. */
export interface Stored {
  /** The version: what a transfer is known by. */
  readonly version: string;
}

/** What came back of an object, or of a range of it. */
export interface Opened {
  readonly version: string | undefined;
  /** Of the whole object, not of the range. */
  readonly bytes: number;
  readonly etag: string;
  readonly mediaType: string | undefined;
  readonly modified: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** The checksum of the whole object, base64, where S3 holds one and was asked for all of its bytes. */
  readonly crc64nvme: string | undefined;
  /** Each piece is good until the next one is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** One bucket, or access point, as one role. Every call may throw StoreFailure. */
export interface Store {
  /** Sends an object in one go. */
  put(key: string, about: About, body: Body): Promise<Stored>;
  /** Begins an upload in parts whose checksum is one of the whole object, CRC-64/NVME. @returns its id */
  begin(key: string, about: About): Promise<string>;
  /** Sends one part of it. S3 refuses bytes that do not come to `body.crc64nvme`. */
  sendPart(key: string, upload: string, number: number, body: Body): Promise<SentPart>;
  /** The parts that S3 has, in their order; nothing where there is no such upload: it was completed, abandoned or expired. */
  parts(key: string, upload: string): Promise<readonly SentPart[] | undefined>;
  /** Makes the object of all parts; nothing where there is no such upload. S3 holds the whole to the checksum and size. */
  complete(
    key: string,
    upload: string,
    parts: readonly SentPart[],
    whole: { readonly crc64nvme: string; readonly bytes: number },
  ): Promise<Stored | undefined>;
  /** Gives up an upload and its parts. One that is not there is given up already. */
  abort(key: string, upload: string): Promise<void>;
  /** The current versions of objects below a prefix, in the order of their keys. @param after only keys that come after this one */
  list(prefix: string, after?: string): AsyncIterable<ListedObject>;
  /** The tags of the current version, with its id; nothing where there is no object. */
  tags(
    key: string,
  ): Promise<{ readonly version: string; readonly tags: ReadonlyMap<string, string> } | undefined>;
  /**
   * Opens an object: a version of it, or the current one; all of it, or the bytes from one offset up to, not including,
   * another. Nothing where there is none. `ifEtag` demands that it is still the same.
   */
  open(
    key: string,
    range?: {
      readonly version?: string;
      readonly from?: number;
      readonly to?: number;
      readonly ifEtag?: string;
    },
  ): Promise<Opened | undefined>;
  /** Puts a delete marker on top: the versions stay. @returns the marker’s version */
  remove(key: string): Promise<{ readonly marker: string | undefined }>;
}

/** Why a call to S3 or STS did not succeed. */
export type FailureKind =
  /** No credentials were found. */
  | 'no-credentials'
  /** The credentials have expired, or were revoked. */
  | 'credentials-expired'
  /** Policies do not let the role do this. */
  | 'denied'
  /** The key with which an object is encrypted cannot be used: it is disabled, waits to be deleted, or is gone. */
  | 'no-key'
  /** There is no such bucket or access point. */
  | 'no-bucket'
  /** The clock of this computer is too far from AWS’s. */
  | 'clock'
  /** Nothing answers: no network, no such host, or the connection broke again and again. */
  | 'unreachable'
  /** Something between here and S3 answered in its place, as a proxy does that blocks what it looks into. */
  | 'in-between'
  /** S3 is there and does not serve now: too many requests, or a fault of its own. */
  | 'busy'
  /** What arrived is not what was sent. */
  | 'damaged'
  /** The object is another by now than the one asked for. */
  | 'changed'
  /** Anything else, by S3’s code. */
  | 'unexpected';

/** A call did not succeed, after it was asked again as often as makes sense. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  /** Which service was asked. */
  readonly of: 's3' | 'sts';

  constructor(
    readonly kind: FailureKind,
    /** S3’s or Node’s code, such as `AccessDenied` or `ENOTFOUND`. */
    readonly code: string,
    { of = 's3', ...options }: ErrorOptions & { readonly of?: 's3' | 'sts' } = {},
  ) {
    super(`${kind}: ${code}`, options);
    this.of = of;
  }
}
