/**
 * A copy from bucket to bucket, played: S3 reads and writes in one request, and no endpoint of this kind does it from one
 * account to another. What is copied into is the caller’s own account’s to judge.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
import { forward, type Received, type Reply } from './local-port';

/** Where a copy goes, and what it takes along. */
export interface Copy {
  readonly bucket: string;
  readonly key: string;
  /** The source as the caller wrote it: as CloudTrail records it. */
  readonly source: string;
  /** The name in the bucket’s place that is no bucket’s, but the alias of an access point. */
  readonly alias: string | undefined;
  /** The tags go along, unless the caller asks for others. */
  readonly takesTags: boolean;
}

/** The source of a copy as what is asked for; undefined where it is none, or has a source that the rehearsal does not play. */
export function copyIn(
  headers: Received['headers'],
  to: Pick<Copy, 'bucket' | 'key'>,
): { bucket: string | undefined; accessPoint: undefined; object: string; copy: Copy } | undefined {
  const source = headers['x-amz-copy-source'];
  if (typeof source !== 'string') return undefined;
  const [, name, object] = /^\/?([^/]+)\/(.+)$/s.exec(decodeURIComponent(source)) ?? [];
  if (name === undefined || object === undefined) return undefined;
  const alias = name.endsWith('-s3alias') ? name : undefined;
  const takesTags = headers['x-amz-tagging-directive'] !== 'REPLACE';
  return {
    bucket: alias === undefined ? name : undefined,
    accessPoint: undefined,
    object,
    copy: { ...to, source, alias, takesTags },
  };
}

/** Reads as the owner of the source, writes as the caller. */
export async function copied(
  endpoint: string,
  { bucket, key }: Copy,
  from: { readonly bucket: string; readonly object: string; readonly account: string },
  caller: string,
): Promise<Reply> {
  const plain = { headers: {}, body: Buffer.of() };
  const read = await forward(
    endpoint,
    { ...plain, method: 'GET', url: pathOf(from.bucket, from.object) },
    from.account,
  );
  if (read.status !== 200) return read;
  const written = await forward(
    endpoint,
    { ...plain, method: 'PUT', url: pathOf(bucket, key), body: read.body },
    caller,
  );
  if (written.status !== 200) return written;
  const body = Buffer.from(
    `<CopyObjectResult><ETag>${String(written.headers.etag ?? '')}</ETag></CopyObjectResult>`,
  );
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function pathOf(bucket: string, key: string): string {
  return `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}
