/**
 * CloudTrail’s digest files: each hour, for each account and Region, the names and hashes of the log files that were
 * delivered, chained by the hash and the signature of the digest before. They show that a log file is missing.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
import { fieldsOf, textOf } from './fields';
import { RecordError } from './record';

/** A digest file. */
export interface Digest {
  /** Account, Region and trail, as the file’s name has them: what one chain is of. */
  readonly chain: string;
  readonly start: string;
  readonly end: string;
  readonly region: string;
  /** Files that were delivered late are listed in a file beside the chain. */
  readonly backfill: boolean;
  /** Absent in the first of a chain. */
  readonly previous: PreviousDigest | undefined;
  readonly files: readonly DigestedFile[];
}

/** The digest before, as the next one describes it. */
export interface PreviousDigest {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its content, not of its gzip, in hex. */
  readonly sha256: string;
  readonly signature: string;
}

/** A log file, as a digest lists it. */
export interface DigestedFile {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its content, not of its gzip, in hex. */
  readonly sha256: string;
}

/** Why the log is not whole. */
export type GapWhy =
  | 'log-file-missing'
  | 'log-file-unreadable'
  | 'log-file-changed'
  | 'digest-missing'
  | 'digest-unreadable'
  | 'digest-changed'
  | 'chain-restarted'
  | 'chain-silent';

/** A gap in the log. */
export interface Gap {
  readonly why: GapWhy;
  readonly chain: string;
  /** The file that is missing or not what it was; for a silent chain its last digest’s end. */
  readonly what: string;
  readonly time: string;
  readonly region: string;
}

const DIGEST_KEY =
  /\/CloudTrail-Digest\/(?:[^/]+\/)+(\d{12}_CloudTrail-Digest_.+)_\d{8}T\d{6}Z(_backfill)?\.json\.gz$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const HASH = /^[0-9a-f]{64}$/;

/** What a file of the log archive is, by its name. Insights are not of this project. */
export function kindOfFile(key: string): 'log' | 'digest' | 'other' {
  if (DIGEST_KEY.test(key)) return 'digest';
  return /\/CloudTrail\/(?:[^/]+\/)+[^/]+\.json\.gz$/.test(key) ? 'log' : 'other';
}

/** Reads a digest. @throws RecordError where it is not one */
export function digestOf(value: unknown, key: string): Digest {
  const fields = fieldsOf(value);
  const [, chain, backfill] = DIGEST_KEY.exec(key) ?? [];
  const need = (name: string, form: RegExp): string => {
    const text = textOf(fields[name]);
    if (text === undefined || !form.test(text)) throw new RecordError(`the digest has no ${name}`);
    return text;
  };
  if (chain === undefined || !Array.isArray(fields.logFiles)) throw new RecordError('it is no digest file');
  const start = need('digestStartTime', TIME);
  const end = need('digestEndTime', TIME);
  return {
    chain,
    start,
    end,
    region: key.split('/CloudTrail-Digest/')[1]?.split('/')[0] ?? '',
    backfill: backfill !== undefined,
    previous: fields.previousDigestS3Object
      ? {
          bucket: need('previousDigestS3Bucket', /./),
          key: need('previousDigestS3Object', /./),
          sha256: need('previousDigestHashValue', HASH),
          signature: need('previousDigestSignature', /^[0-9a-f]+$/i),
        }
      : undefined,
    files: (fields.logFiles as unknown[]).map((each) => {
      const file = fieldsOf(each);
      const [name, object, hash] = [textOf(file.s3Bucket), textOf(file.s3Object), textOf(file.hashValue)];
      if (name === undefined || object === undefined || hash === undefined || !HASH.test(hash))
        throw new RecordError('the digest lists a log file without its name or its hash');
      return { bucket: name, key: object, sha256: hash };
    }),
  };
}

/** The id of a gap’s entry: the same each time that it is found, so it is recorded once. */
export function gapId({ why, chain, what }: Gap, hash: (text: string) => string): string {
  return `${why}#${hash(`${chain}\n${what}`)}`;
}
