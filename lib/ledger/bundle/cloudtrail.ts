/**
 * CloudTrail’s own digests, if a bundle has them: that each follows from the one before and names the log files as they are.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
import { gunzipSync } from 'node:zlib';
import { plural } from '../../words';
import { sha256 } from '../core/hash';
import type { BundleFiles } from './files';
import type { Notes } from './verdict';

interface Digest {
  readonly previousDigestS3Object: string | null;
  readonly previousDigestHashValue: string | null;
  readonly logFiles: readonly { readonly s3Object: string; readonly hashValue: string }[];
}

/** Checks hashes. Signatures stand in the metadata of S3 objects, which a copy does not have. */
export function checkCloudTrail(files: BundleFiles, notes: Notes): void {
  const paths = files.paths().filter((path) => path.startsWith('cloudtrail/'));
  if (paths.length === 0) return;
  const find = (s3Object: string) => paths.find((path) => path === `cloudtrail/${s3Object}`);
  const named = new Set<string>();
  let compared = 0;
  let absent = 0;
  const compare = (s3Object: string, hash: string | null) => {
    const path = find(s3Object);
    if (path === undefined) {
      absent += 1;
      return;
    }
    named.add(path);
    compared += 1;
    const bytes = unpacked(files.read(path));
    if (!bytes) notes.found('cloudtrail', path, 'it can’t be unpacked');
    else if (Buffer.from(sha256(bytes)).toString('hex') !== hash)
      notes.found('cloudtrail', path, 'its hash is not the one that its digest states');
  };
  const digests = paths.filter((path) => path.includes('/CloudTrail-Digest/'));
  for (const path of digests) {
    const digest = digestOf(unpacked(files.read(path)));
    if (!digest) {
      notes.found('cloudtrail', path, 'this is no digest');
      continue;
    }
    if (digest.previousDigestS3Object) compare(digest.previousDigestS3Object, digest.previousDigestHashValue);
    for (const { s3Object, hashValue } of digest.logFiles) compare(s3Object, hashValue);
  }
  for (const path of paths)
    if (!digests.includes(path) && !named.has(path))
      notes.found('cloudtrail', path, 'no digest here names it');
  notes.checked.push(
    `${plural(compared, 'hash', 'hashes')} that ${plural(digests.length, 'CloudTrail digest')} ${digests.length === 1 ? 'states' : 'state'}`,
  );
  if (absent > 0)
    notes.unchecked.push(
      `${plural(absent, 'file')} that CloudTrail digests name: ${absent === 1 ? 'it is' : 'they are'} not in cloudtrail/`,
    );
  notes.unchecked.push(
    'the signatures of CloudTrail digests, and that none follows the newest: aws cloudtrail validate-logs does, online',
  );
}

function unpacked(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

function digestOf(bytes: Uint8Array | undefined): Digest | undefined {
  try {
    const digest = JSON.parse(Buffer.from(bytes ?? Buffer.of()).toString()) as Digest;
    return Array.isArray(digest.logFiles) ? digest : undefined;
  } catch {
    return undefined;
  }
}
