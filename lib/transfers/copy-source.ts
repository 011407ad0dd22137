/** Where a copy came from. */
import { textOf } from './fields';
import type { TrailEvent } from './record';
import { type AccessPoint, accessPointIn, bucketIn, isAlias, objectThrough } from './s3-names';

/** The source of a copy: an object by its bucket, by an access point, or by the alias of one. */
export interface CopySource {
  readonly bucket: string | undefined;
  readonly key: string;
  readonly version: string | undefined;
  readonly accessPoint: AccessPoint | undefined;
  readonly alias: string | undefined;
}

/** Ends what names the source; not decoded, since a key may hold it too. */
const VERSION = /\?versionId=([^?&]*)$/s;

/**
 * Reads `x-amz-copy-source` as S3 does: encoded like a form, so that a bare plus is a space. Undefined where there is none.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function copySourceIn(event: TrailEvent): CopySource | undefined {
  const { parameters, response } = event;
  const header = textOf(parameters['x-amz-copy-source']) ?? '';
  const path = decoded(header.replace(VERSION, '')).replace(VERSION, '');
  const version =
    VERSION.exec(header)?.[1] ??
    VERSION.exec(decoded(header))?.[1] ??
    textOf(response['x-amz-copy-source-version-id']);
  const accessPoint = accessPointIn(path);
  const through = objectThrough(path);
  const from = (source: Pick<CopySource, 'key'> & Partial<CopySource>): CopySource => ({
    bucket: undefined,
    accessPoint: undefined,
    alias: undefined,
    version,
    ...source,
  });
  if (accessPoint && through) return from({ key: through, accessPoint });
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  return isAlias(bucket) ? from({ key, alias: bucket, ...besideTarget(event) }) : from({ key, bucket });
}

/** What `resources` says of the source, where what is copied into is a bucket by its name: whatever is not that. */
function besideTarget({ parameters, resources }: TrailEvent): Pick<CopySource, 'bucket' | 'accessPoint'> {
  const target = textOf(parameters.bucketName);
  if (target === undefined || target.startsWith('arn:') || isAlias(target))
    return { bucket: undefined, accessPoint: undefined };
  const buckets = resources.flatMap(({ arn }) => bucketIn(arn) ?? []);
  return {
    bucket: buckets.find((each) => each !== target),
    accessPoint: resources.map(({ arn }) => accessPointIn(arn)).find((each) => each !== undefined),
  };
}

function decoded(text: string): string {
  const plain = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
