/** The checksums that S3 may hold of an object. */

/**
 * The strongest first. Who deposits chooses. SHA-512, MD5 and the three of XXHash came in April 2026.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Checksum.html
 * @see https://aws.amazon.com/about-aws/whats-new/2026/04/s3-five-additional-checksum-algorithms/
 */
export const ALGORITHMS = [
  'SHA512',
  'SHA256',
  'CRC64NVME',
  'XXHASH128',
  'XXHASH3',
  'XXHASH64',
  'CRC32C',
  'CRC32',
  'SHA1',
  'MD5',
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** A checksum that is being worked out. */
export interface Running {
  update(bytes: Uint8Array): void;
  /** Ends it. */
  digest(): Uint8Array;
}

/** Makes checksums. */
export type Checksums = (algorithm: Algorithm) => Promise<Running>;
