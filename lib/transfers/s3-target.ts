/** What an S3 event was about: bucket, object, access point. CloudTrail says it in several places, none of them always. */
import { copySourceIn } from './copy-source';
import { textOf } from './fields';
import type { ObjectName } from './meaning';
import type { TrailEvent } from './record';
import { type AccessPoint, accessPointIn, bucketIn, isAlias, keyIn, objectThrough } from './s3-names';

/** The target of an event. */
export interface S3Target {
  /** The bucket’s name. Where a request came through an access point, its parameters name that instead. */
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** The version that it was about, where it says; see `versionOf`. */
  readonly version: string | undefined;
  readonly object: ObjectName | undefined;
  /** The objects that the event names, more than one for a deletion of several. */
  readonly objects: readonly ObjectName[];
  readonly accessPoint: AccessPoint | undefined;
  /** The alias of an access point, where the request named that in a bucket’s place. */
  readonly alias: string | undefined;
}

/** Reads the target. */
export function s3TargetOf(event: TrailEvent): S3Target {
  const { resources, parameters } = event;
  const named = textOf(parameters.bucketName);
  const alias = isAlias(named) ? named : undefined;
  const isBucket = named !== undefined && alias === undefined && !named.startsWith('arn:');
  // Of a copy into a bucket that is named, the rest of what is listed is its source.
  const isWhole = !(isBucket && copySourceIn(event) !== undefined);
  let bucket = isBucket && !isWhole ? named : undefined;
  let accessPoint = accessPointIn(named);
  const keys: string[] = [];
  for (const { arn } of resources) {
    const [name, key] = [bucketIn(arn), keyIn(arn)];
    bucket ??= name;
    if (name !== undefined && name === bucket && key) keys.push(key);
    if (!isWhole) continue;
    accessPoint ??= accessPointIn(arn);
    const through = objectThrough(arn);
    if (through) keys.push(through);
  }
  // AWS names the access point in `resources`; where it does not, the bucket there is the one that is behind the alias.
  if (isBucket && accessPoint === undefined) bucket = named;
  const only = textOf(parameters.key);
  const key = only ?? keys[0];
  const version = versionOf(event);
  const names = new Set(only === undefined ? keys : [only]);
  return {
    bucket,
    key,
    version,
    object: bucket !== undefined && key !== undefined ? { bucket, key, version } : undefined,
    objects: bucket === undefined ? [] : [...names].map((each) => ({ bucket, key: each, version })),
    accessPoint,
    alias,
  };
}

/**
 * The version that an event was about. What the answer to a deletion names is the version of the marker, where none was
 * asked for by its version: the object’s own version is then as it was.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
function versionOf(event: TrailEvent): string | undefined {
  const { parameters, response } = event;
  const asked = textOf(parameters.versionId);
  if (markerOf(event) !== undefined) return undefined;
  return textOf(response['x-amz-version-id']) ?? asked;
}

/** A delete marker that came or went: S3 answers alike for both, and only what was asked for tells which. */
export interface Marker {
  /** Absent where the record does not say. */
  readonly version: string | undefined;
  /** Taken away, so that what lies under it is there again. */
  readonly removed: boolean;
}

/**
 * The delete marker that a deletion made or took away; undefined where it was not of a marker.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html
 */
export function markerOf({
  parameters,
  response,
}: Pick<TrailEvent, 'parameters' | 'response'>): Marker | undefined {
  if (String(response['x-amz-delete-marker']) !== 'true') return undefined;
  const asked = textOf(parameters.versionId);
  return { version: textOf(response['x-amz-version-id']) ?? asked, removed: asked !== undefined };
}
