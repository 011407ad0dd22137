/**
 * How an object is divided into parts.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html as of 29 November 2026: objects up to 48.8 TiB, 10,000
 * parts, each of 5 MiB to 5 GiB but the last, which may be smaller
 */

const MIB = 1_048_576;

/** What S3 takes. @internal Only tests import it. */
export const S3_PARTS = {
  most: 10_000,
  smallest: 5 * MIB,
  largest: 5_120 * MIB,
  /** The largest object is what the most and largest parts come to: 53,687,091,200,000 bytes, which AWS calls 50 TB. */
  largestObject: 10_000 * 5_120 * MIB,
  /** What may be sent in one go. */
  largestPut: 5_120 * MIB,
} as const;

/** Up to here an object is sent in one go: there is little to lose by an interruption. */
const WHOLE = 16 * MIB;
/** Of a size at which a connection is well used, and a broken one costs little. */
const USUAL_PART = 16 * MIB;

/** The plan of an object: all parts have one size, but the last. */
export interface PartPlan {
  readonly bytes: number;
  readonly partBytes: number;
  readonly count: number;
}

/**
 * The plan of an object of so many bytes; nothing for one that is sent in one go. Parts are of whole MiB.
 * @throws RangeError for more than S3 holds in one object
 */
export function planOfParts(bytes: number): PartPlan | undefined {
  if (!Number.isSafeInteger(bytes) || bytes < 0 || bytes > S3_PARTS.largestObject)
    throw new RangeError(`no object of S3 has ${bytes} bytes`);
  if (bytes <= WHOLE) return undefined;
  const partBytes = Math.max(USUAL_PART, Math.ceil(bytes / S3_PARTS.most / MIB) * MIB);
  return { bytes, partBytes, count: Math.ceil(bytes / partBytes) };
}

/** Where a part begins and ends; the end is the first byte of the next. @param number from 1 */
export function rangeOfPart(
  { bytes, partBytes }: PartPlan,
  number: number,
): { readonly from: number; readonly to: number } {
  const from = (number - 1) * partBytes;
  return { from, to: Math.min(bytes, from + partBytes) };
}
