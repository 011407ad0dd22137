/** What the gate looks at before it opens a version: what S3 says of it, held against its agreement. Pure. */
import { bareMediaType } from '../../lib/contracts';
import type { GateCheck, GatedAgreement, GateReason } from '../../lib/wire';
import type { Head } from './ports';

/** What a version is held against, and by when. */
export interface LookInput {
  readonly head: Head;
  /** Nothing where it lies under no agreement of the owner. */
  readonly agreement: GatedAgreement | undefined;
  readonly keyArn: string;
  /** Whether its name leaves room for that of its report, and how long both may be. */
  readonly name: { readonly bytes: number; readonly most: number };
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What was looked at, and why it is rejected; every reason at once, so that a depositor mends all of them together. */
export interface Looked {
  readonly checked: readonly GateCheck[];
  readonly reasons: readonly GateReason[];
}

/** Looks at what S3 says of a version. */
export function look(input: LookInput): Looked {
  const { head, agreement, keyArn, name, now } = input;
  const reasons: (GateReason | undefined)[] = [];
  const checked: GateCheck[] = ['agreement', 'name'];
  if (name.bytes > name.most) reasons.push({ why: 'name-too-long', ...name });
  if (agreement === undefined) reasons.unshift({ why: 'no-agreement' });
  else {
    if (Date.parse(agreement.until) <= now)
      reasons.unshift({ why: 'agreement-ended', ended: agreement.until });
    checked.push('size', 'media-type');
    reasons.push(size(head, agreement), mediaType(head, agreement));
  }
  checked.push('encryption', 'checksum');
  reasons.push(contentEncoding(head), encryption(head, keyArn), bucketKey(head), checksum(head));
  return { checked, reasons: reasons.filter((each) => each !== undefined) };
}

function size({ bytes }: Head, { largestObject }: GatedAgreement): GateReason | undefined {
  return bytes > largestObject ? { why: 'too-large', bytes, most: largestObject } : undefined;
}

function mediaType({ mediaType: given }: Head, { mediaTypes }: GatedAgreement): GateReason | undefined {
  const found = bareMediaType(given);
  if (found !== undefined && mediaTypes.includes(found)) return undefined;
  return { why: 'media-type', ...(given !== undefined && { found: given }), allowed: [...mediaTypes] };
}

/**
 * S3 gives it back with the object, and programs that follow HTTP then unpack what others leave packed: what was checked here
 * is not what everybody gets. Uploads in signed chunks leave `aws-chunked` behind in some programs, which says nothing of the object.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
function contentEncoding({ contentEncoding: given }: Head): GateReason | undefined {
  const codings = (given ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '' && each !== 'aws-chunked' && each !== 'identity');
  return codings.length === 0 ? undefined : { why: 'content-encoding', found: codings.join(', ') };
}

function encryption({ encryption: by, keyArn: found }: Head, keyArn: string): GateReason | undefined {
  if (by === 'aws:kms' && found === keyArn) return undefined;
  return { why: 'other-key', found: by === 'aws:kms' ? (found ?? 'aws:kms') : (by ?? 'none') };
}

/**
 * Whoever deposits can turn the Bucket Key off, and no policy can forbid it. The context of such an object is its own ARN, to
 * which no recipient’s grant fits.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
function bucketKey({ encryption: by, bucketKey: on }: Head): GateReason | undefined {
  return by === 'aws:kms' && !on ? { why: 'no-bucket-key' } : undefined;
}

/**
 * S3 works one out itself where the upload brought none, so a version without is none that was deposited as it should.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
function checksum({ checksum: stored }: Head): GateReason | undefined {
  return stored === undefined ? { why: 'no-checksum' } : undefined;
}
