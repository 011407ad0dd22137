/** What an S3 event was about: bucket, object, access point. CloudTrail says it in several places, none of them always. */
import { textOf } from './fields';
import type { ObjectName } from './meaning';
import type { TrailEvent } from './record';

/** The target of an event. */
export interface S3Target {
  /** The bucket’s name. Where a request came through an access point, its parameters name that instead. */
  readonly bucket: string | undefined;
  readonly object: ObjectName | undefined;
  /** The objects that the event names, more than one for a deletion of several. */
  readonly objects: readonly ObjectName[];
  readonly accessPoint: AccessPoint | undefined;
  /** The alias of an access point, where the request named that in a bucket’s place. */
  readonly alias: string | undefined;
}

/** An access point. */
export interface AccessPoint {
  readonly account: string;
  readonly name: string;
}

const BUCKET_ARN = /^arn:aws[a-z-]*:s3:::([^/]+)(?:\/(.*))?$/s;
const ACCESS_POINT_ARN =
  /^arn:aws[a-z-]*:s3:[a-z0-9-]*:(\d{12}):accesspoint[/:]([^/:]+)(?:\/object\/(.*))?$/s;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-alias.html */
const ALIAS = '-s3alias';
const KEPT_IN_ALIAS = 12;

/** Reads the target. */
export function s3TargetOf({ resources, parameters, response }: TrailEvent): S3Target {
  let bucket: string | undefined;
  let accessPoint = accessPointIn(textOf(parameters.bucketName));
  const keys: string[] = [];
  for (const { arn } of resources) {
    const [, name, key] = BUCKET_ARN.exec(arn) ?? [];
    bucket ??= name;
    if (name !== undefined && name === bucket && key) keys.push(key);
    accessPoint ??= accessPointIn(arn);
    const through = ACCESS_POINT_ARN.exec(arn)?.[3];
    if (through) keys.push(through);
  }
  const named = textOf(parameters.bucketName);
  const alias = named?.endsWith(ALIAS) ? named : undefined;
  // AWS names the access point in `resources`; where it does not, the bucket there is the one that is behind the alias.
  if (
    named !== undefined &&
    !named.startsWith('arn:') &&
    accessPoint === undefined &&
    (alias === undefined || bucket === undefined)
  )
    bucket = named;
  const key = textOf(parameters.key) ?? keys[0];
  const version = textOf(response['x-amz-version-id']) ?? textOf(parameters.versionId);
  const names = new Set(textOf(parameters.key) === undefined ? keys : [textOf(parameters.key) ?? '']);
  return {
    bucket,
    object: bucket !== undefined && key !== undefined ? { bucket, key, version } : undefined,
    objects: bucket === undefined ? [] : [...names].map((each) => ({ bucket, key: each, version })),
    accessPoint,
    alias,
  };
}

/** Whether an alias may be that of an access point: it begins with the name, of which AWS keeps at least this much. */
export function mayBeAliasOf(alias: string | undefined, name: string): boolean {
  return alias?.startsWith(name.slice(0, KEPT_IN_ALIAS)) === true;
}

/** Where a copy came from: an object by its bucket, or by an access point. */
export interface CopySource {
  readonly bucket: string | undefined;
  readonly key: string;
  readonly accessPoint: AccessPoint | undefined;
}

/** Reads `x-amz-copy-source`, which is encoded like a path, or undefined where there is none. */
export function copySourceOf({ parameters }: TrailEvent): CopySource | undefined {
  const path = decoded(textOf(parameters['x-amz-copy-source']) ?? '').replace(/\?versionId=[^?]*$/s, '');
  const accessPoint = accessPointIn(path);
  const through = ACCESS_POINT_ARN.exec(path)?.[3];
  if (accessPoint && through) return { bucket: undefined, key: through, accessPoint };
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? [];
  return bucket !== undefined && key !== undefined ? { bucket, key, accessPoint: undefined } : undefined;
}

function accessPointIn(text: string | undefined): AccessPoint | undefined {
  const [, account, name] = (text !== undefined && ACCESS_POINT_ARN.exec(text)) || [];
  return account !== undefined && name !== undefined ? { account, name } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
