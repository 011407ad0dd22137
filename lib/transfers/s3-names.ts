/** Names in S3: of buckets and objects, and of access points, which have an alias that stands wherever a bucket’s name may. */

/** An access point. */
export interface AccessPoint {
  readonly account: string;
  readonly name: string;
}

const ACCESS_POINT_ARN =
  /^arn:aws[a-z-]*:s3:[a-z0-9-]*:(\d{12}):accesspoint[/:]([^/:]+)(?:\/object\/(.*))?$/s;

/**
 * What AWS keeps of the name, then letters and digits of its own.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 */
const ALIAS = /^(.+)-[a-z0-9]+-s3alias$/;
/** AWS keeps at least so much of a name; 20 characters in all the aliases that we have seen. */
const KEPT_IN_ALIAS = 12;

const BUCKET_ARN = /^arn:aws[a-z-]*:s3:::([^/]+)(?:\/(.*))?$/s;

/** The bucket that an ARN names, its own or that of an object in it. */
export function bucketIn(arn: string): string | undefined {
  return BUCKET_ARN.exec(arn)?.[1];
}

/** The key of an object that an ARN names in its bucket. */
export function keyIn(arn: string): string | undefined {
  return BUCKET_ARN.exec(arn)?.[2];
}

/** The access point that an ARN names, if it is one. */
export function accessPointIn(text: string | undefined): AccessPoint | undefined {
  const [, account, name] = (text !== undefined && ACCESS_POINT_ARN.exec(text)) || [];
  return account !== undefined && name !== undefined ? { account, name } : undefined;
}

/** The key of an object that is named through an access point. */
export function objectThrough(arn: string): string | undefined {
  return ACCESS_POINT_ARN.exec(arn)?.[3];
}

/** Whether a name in a bucket’s place is the alias of an access point: no bucket’s name may end so. */
export function isAlias(name: string | undefined): boolean {
  return name?.endsWith('-s3alias') === true;
}

/** Whether an alias may be that of an access point: it begins with the name, or with as much of it as AWS keeps. */
export function mayBeAliasOf(alias: string | undefined, name: string): boolean {
  const kept = ALIAS.exec(alias ?? '')?.[1] ?? '';
  return kept.length >= KEPT_IN_ALIAS && name.startsWith(kept);
}
