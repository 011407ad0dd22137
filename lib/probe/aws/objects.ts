/** Objects of a probe: put, tagged, read, and deleted with every version. */
import { gunzipSync } from 'node:zlib';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { MALWARE_CLEAN, MALWARE_TAG, MALWARE_TEST } from '../../names';
import type { ProbeObject } from '../../policy';
import { keyOf } from '../calls';
import type { Performed } from '../port';

/** More than this of a log file, unpacked, is none of a probe’s hour. */
const MOST_BYTES = 64_000_000;

export async function putObject(s3: S3Client, Bucket: string, object: ProbeObject): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key: keyOf(object), Body: bodyOf(object) }));
}

function bodyOf(object: ProbeObject): string {
  return object === 'infected' ? MALWARE_TEST : `a ${object} object of a probe\n`;
}

/** Whether it can be put with a pair of its own in the encryption context; all but a refusal is an error. */
export async function putWithContext(s3: S3Client, Bucket: string, object: ProbeObject): Promise<Performed> {
  const SSEKMSEncryptionContext = Buffer.from(JSON.stringify({ probe: 'further' })).toString('base64');
  return orRefused(
    s3.send(
      new PutObjectCommand({ Bucket, Key: keyOf(object), Body: bodyOf(object), SSEKMSEncryptionContext }),
    ),
  );
}

export async function tagObject(s3: S3Client, Bucket: string, object: ProbeObject): Promise<void> {
  const TagSet = [{ Key: MALWARE_TAG, Value: MALWARE_CLEAN }];
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: keyOf(object), Tagging: { TagSet } }));
}

/** Whether it can be read; all but a refusal is an error. */
export async function getObject(s3: S3Client, Bucket: string, object: ProbeObject): Promise<Performed> {
  const got = async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: keyOf(object) }));
    await Body?.transformToString();
  };
  return orRefused(got());
}

async function orRefused(asked: Promise<unknown>): Promise<Performed> {
  try {
    await asked;
    return { outcome: 'allowed' };
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDenied') return { outcome: 'refused' };
    throw error;
  }
}

/** GuardDuty’s verdict. One that failed is tried again by GuardDuty, so it counts as not there yet. */
export async function verdictOn(s3: S3Client, Bucket: string, object: ProbeObject): Promise<Performed> {
  const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: keyOf(object) }));
  const verdict = TagSet.find(({ Key }) => Key === MALWARE_TAG)?.Value;
  switch (verdict) {
    case MALWARE_CLEAN:
      return { outcome: 'clean' };
    case 'THREATS_FOUND':
      return { outcome: 'infected' };
    case undefined:
    case 'FAILED':
      return { outcome: 'absent' };
    default:
      return { outcome: 'not scanned', saw: verdict };
  }
}

/** The log files below a prefix, unpacked, but for those that are known already. */
export async function newLogs(
  s3: S3Client,
  {
    bucket,
    prefix,
    known,
  }: { readonly bucket: string; readonly prefix: string; readonly known: Set<string> },
): Promise<unknown[]> {
  const logs: unknown[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken }),
    );
    for (const { Key } of page.Contents ?? []) {
      if (Key === undefined || !Key.endsWith('.json.gz') || known.has(Key)) continue;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      logs.push(JSON.parse(gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString()) as unknown);
      known.add(Key);
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return logs;
}

/** Deletes every version. A bucket that is not there is empty. @throws Error naming what stays */
export async function emptyBucket(s3: S3Client, Bucket: string, locked: boolean): Promise<void> {
  for (;;) {
    const versions = await versionsIn(s3, Bucket);
    if (versions.length === 0) return;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: versions, Quiet: true },
        ...(locked && { BypassGovernanceRetention: true }),
      }),
    );
    const [first] = Errors;
    if (first !== undefined) throw new Error(`${Bucket} keeps ${first.Key}: ${first.Code}`);
  }
}

async function versionsIn(s3: S3Client, Bucket: string): Promise<{ Key: string; VersionId?: string }[]> {
  try {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
      Key === undefined ? [] : [{ Key, ...(VersionId !== undefined && { VersionId }) }],
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchBucket') return [];
    throw error;
  }
}
