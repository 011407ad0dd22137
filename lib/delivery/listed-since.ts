/** Which objects of a listing may have been deposited from a moment on. */
import { UNFINISHED_UPLOADS_DAYS } from '../names';
import type { ListedObject } from './store';

const LONGEST_UPLOAD = UNFINISHED_UPLOADS_DAYS * 86_400_000;
/** How the entity tag of an object ends that was sent in parts. */
const IN_PARTS = /-\d+$/;

/**
 * Whether an object may have been deposited from a moment on. Of one that was sent in parts S3 tells when its upload began, and it
 * was there only at its end, up to a week later: rather one too many is looked at than one passed over that nobody had seen.
 * @param since milliseconds since 1970
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#SysMetadata
 */
export function mayBeSince(
  { etag, modified }: Pick<ListedObject, 'etag' | 'modified'>,
  since: number,
): boolean {
  return modified + (IN_PARTS.test(etag) ? LONGEST_UPLOAD : 0) >= since;
}

/** From when on the ledger is asked about all that may have been deposited from a moment on: it tells of each at its end. */
export function toldSince(since: number): number {
  return since - LONGEST_UPLOAD;
}
