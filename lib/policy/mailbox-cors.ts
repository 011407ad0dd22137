/**
 * What a browser may ask of a bucket from the mailbox’s page, and of the answer hand to it (CORS). It lets nobody in: each request
 * is signed by a role, whose policies decide. It keeps pages of any other origin from using what a browser holds.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 */

/** In seconds: how long a browser need not ask again. Of calls that it is to keep nothing of, Chromium asks before each all the same. */
const MAX_AGE = 3600;

/** Headers of requests that read, as they are signed: names and values that say nothing of where an object goes, or who may have it. */
const READ_HEADERS = [
  'authorization',
  'if-match',
  'range',
  'x-amz-checksum-mode',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
] as const;

/** Those of requests that write: what an object is, and the checksums that S3 is held to. */
const WRITE_HEADERS = [
  'content-type',
  'if-none-match',
  'x-amz-checksum-algorithm',
  'x-amz-checksum-crc64nvme',
  'x-amz-checksum-type',
  'x-amz-meta-sha256',
] as const;

/** Every checksum that S3 may hold: who deposits chooses, and by what they chose the page holds what it fetched. */
const CHECKSUMS = [
  'crc32',
  'crc32c',
  'crc64nvme',
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'xxhash128',
  'xxhash3',
  'xxhash64',
];

/** What a page reads of an answer, beside what every page may (Content-Length, Content-Type, Last-Modified). */
const EXPOSED = [
  'content-range',
  'etag',
  ...CHECKSUMS.map((each) => `x-amz-checksum-${each}`),
  'x-amz-checksum-type',
  'x-amz-version-id',
];

/** The one rule of a bucket’s CORS. */
export interface CorsRule {
  readonly id: string;
  readonly allowedOrigins: string[];
  readonly allowedMethods: string[];
  readonly allowedHeaders: string[];
  readonly exposedHeaders: string[];
  readonly maxAge: number;
}

/**
 * The CORS of a bucket that the page reads from, or writes to as well.
 * @param origin of the page: `https://` and a host
 */
export function mailboxCors(origin: string, use: 'writes' | 'reads'): { corsRules: CorsRule[] } {
  const writes = use === 'writes';
  return {
    corsRules: [
      {
        id: writes ? 'TheMailboxReadsAndWrites' : 'TheMailboxReads',
        allowedOrigins: [origin],
        allowedMethods: ['GET', 'HEAD', ...(writes ? ['PUT', 'POST', 'DELETE'] : [])],
        allowedHeaders: [...READ_HEADERS, ...(writes ? WRITE_HEADERS : [])],
        exposedHeaders: [...EXPOSED],
        maxAge: MAX_AGE,
      },
    ],
  };
}
