/**
 * What a request to S3, KMS, DynamoDB or Lambda asks for, in the words of policies.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
import { type Copy, copyIn } from './copying';
import { type Received, signedFor } from './local-port';

/** What is asked of a bucket. */
export interface AskedOfBucket {
  readonly kind: 'bucket';
  /** As policies name it: `s3:GetObject`. */
  readonly action: string;
  /** As CloudTrail names it. */
  readonly operation: string;
  /** Undefined where only an access point is named. */
  readonly bucket: string | undefined;
  readonly accessPoint: { readonly name: string; readonly account: string } | undefined;
  /** Undefined for the bucket itself. */
  readonly object: string | undefined;
  readonly query: URLSearchParams;
  /** For a copy: what is read is its source, and this is where it goes. */
  readonly copy?: Copy;
}

/** What is asked of a key. */
export interface AskedOfKey {
  readonly kind: 'key';
  readonly action: string;
  readonly operation: string;
  /** The id or ARN, as the caller gave it. */
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What is asked of the policy of an access point, by S3 Control. */
export interface AskedOfAccessPoint {
  readonly kind: 'access point';
  readonly action: string;
  readonly operation: string;
  readonly account: string;
  readonly name: string;
}

/** What is asked of a table of the caller’s own account. */
export interface AskedOfTable {
  readonly kind: 'table';
  readonly action: string;
  readonly operation: string;
  /** `concordat-staging`, or `concordat-staging/index/unsealed`. */
  readonly table: string;
}

/** A call of a function of the caller’s own account. */
export interface AskedOfFunction {
  readonly kind: 'function';
  readonly action: string;
  readonly operation: string;
  readonly name: string;
  /** Undefined where it is called by its own name. */
  readonly alias: string | undefined;
}

/** A request to any other service: it passes unjudged, and is reported so. */
interface AskedOfOther {
  readonly kind: 'other';
  readonly service: string;
}

export type Asked =
  | AskedOfBucket
  | AskedOfKey
  | AskedOfAccessPoint
  | AskedOfTable
  | AskedOfFunction
  | AskedOfOther;

/** What is judged. */
export type Judged = Exclude<Asked, AskedOfOther>;

/** A request to one of these services that the rehearsal can’t put into the words of policies; it is refused. */
export class NotUnderstoodError extends Error {
  override readonly name = 'NotUnderstoodError';
}

/** Reads a request. @throws NotUnderstoodError */
export function askedBy(received: Received): Asked {
  const { service } = signedFor(received);
  if (service === 'kms') return askedOfKey(received);
  if (service === 's3')
    return received.url.startsWith('/v20180820/') ? askedOfPoint(received) : askedOfBucket(received);
  if (service === 'dynamodb') return askedOfTable(received);
  if (service === 'lambda') return askedOfFunction(received);
  return { kind: 'other', service };
}

function askedOfKey({ headers, body }: Received): AskedOfKey {
  const operation = String(headers['x-amz-target'] ?? '').replace('TrentService.', '');
  const input = JSON.parse(body.toString('utf8') || '{}') as Record<string, unknown>;
  if (!/^[A-Za-z]+$/.test(operation) || typeof input.KeyId !== 'string')
    throw new NotUnderstoodError(`a request to KMS names no key: ${operation}`);
  return { kind: 'key', action: `kms:${operation}`, operation, key: input.KeyId, input };
}

function askedOfTable({ headers, body }: Received): AskedOfTable {
  const operation = String(headers['x-amz-target'] ?? '').replace(/^DynamoDB_\d+\./, '');
  const input = JSON.parse(body.toString('utf8') || '{}') as Record<string, unknown>;
  const several = Object.keys((input.RequestItems ?? {}) as object);
  const [table] = several.length === 1 ? several : [input.TableName];
  if (!/^[A-Za-z]+$/.test(operation) || typeof table !== 'string')
    throw new NotUnderstoodError(`a request to DynamoDB names no table, or several: ${operation}`);
  const index = typeof input.IndexName === 'string' ? `/index/${input.IndexName}` : '';
  return { kind: 'table', action: `dynamodb:${operation}`, operation, table: `${table}${index}` };
}

function askedOfFunction({ method, url }: Received): AskedOfFunction {
  const { pathname, searchParams } = new URL(url, 'http://lambda');
  const [, called = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  // By its ARN or its name; an alias follows either, or is asked for beside it.
  const parts = decodeURIComponent(called).split(':');
  const [name, alias = searchParams.get('Qualifier') ?? undefined] =
    parts[0] === 'arn' ? parts.slice(6) : parts;
  if (method !== 'POST' || !name)
    throw new NotUnderstoodError(`the rehearsal does not know this request to Lambda: ${method} ${url}`);
  return { kind: 'function', action: 'lambda:InvokeFunction', operation: 'Invoke', name, alias };
}

function askedOfPoint({ method, url, headers }: Received): AskedOfAccessPoint {
  const [, name] = /^\/v20180820\/accesspoint\/([^/?]+)\/policy$/.exec(url) ?? [];
  const operation = { GET: 'GetAccessPointPolicy', PUT: 'PutAccessPointPolicy' }[method];
  const account = headers['x-amz-account-id'];
  if (name === undefined || operation === undefined || typeof account !== 'string')
    throw new NotUnderstoodError(`the rehearsal does not know this request to S3 Control: ${method} ${url}`);
  return { kind: 'access point', action: `s3:${operation}`, operation, account, name };
}

/** By method; of objects, and of buckets. Tags have actions of their own. */
const OF_OBJECTS: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};
const OF_TAGS: Readonly<Record<string, string>> = {
  GET: 'GetObjectTagging',
  PUT: 'PutObjectTagging',
  DELETE: 'DeleteObjectTagging',
};
/** Of what else an object has; none of the functions or actors asks for these. */
const SUBRESOURCES = [
  'acl',
  'legal-hold',
  'retention',
  'uploads',
  'uploadId',
  'attributes',
  'torrent',
  'restore',
];

function askedOfBucket({ method, url, headers }: Received): AskedOfBucket {
  const { pathname, searchParams: query } = new URL(url, 'http://s3');
  const [, name, account] = /^([a-z0-9-]+?)-(\d{12})\./.exec(headers.host ?? '') ?? [];
  const path = decodeURIComponent(pathname.slice(1));
  const slash = path.indexOf('/');
  const accessPoint = name !== undefined && account !== undefined ? { name, account } : undefined;
  const bucket = accessPoint ? undefined : slash < 0 ? path : path.slice(0, slash);
  const object = (accessPoint ? path : slash < 0 ? '' : path.slice(slash + 1)) || undefined;
  const copy =
    method === 'PUT' &&
    bucket !== undefined &&
    object !== undefined &&
    copyIn(headers, { bucket, key: object });
  if (copy)
    return {
      kind: 'bucket',
      action: 's3:GetObject',
      operation: 'CopyObject',
      query: new URLSearchParams(),
      ...copy,
    };
  const where = { bucket, accessPoint, object, query };
  const named = (operation: string, action = operation) =>
    ({ kind: 'bucket', action: `s3:${action}`, operation, ...where }) as const;
  if (object === undefined) {
    if (method === 'GET' && query.has('list-type')) return named('ListObjectsV2', 'ListBucket');
    if (method === 'GET' && query.has('versions')) return named('ListObjectVersions', 'ListBucketVersions');
    if (method === 'HEAD') return named('HeadBucket', 'ListBucket');
  } else if (query.has('tagging') && OF_TAGS[method]) {
    const operation = OF_TAGS[method];
    // Of a version by its id, the action is another, and CloudTrail’s name the same.
    return named(
      operation,
      query.has('versionId') ? operation.replace('Tagging', 'VersionTagging') : operation,
    );
  } else if (SUBRESOURCES.every((each) => !query.has(each)) && headers['x-amz-copy-source'] === undefined) {
    const operation = OF_OBJECTS[method];
    const version = query.has('versionId') && operation !== 'PutObject' ? `${operation}Version` : operation;
    if (operation && version) return named(method === 'HEAD' ? 'HeadObject' : operation, version);
  }
  throw new NotUnderstoodError(`the rehearsal does not know this request to S3: ${method} ${url}`);
}
