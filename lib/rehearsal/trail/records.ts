/**
 * Records as CloudTrail would write them, of the requests that the gateway judged. A call across accounts is recorded in
 * both, and a refused one in the caller’s alone.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import { randomUUID } from 'node:crypto';
import type { AskedOfBucket } from '../gateway/asked';
import type { Copy } from '../gateway/copying';
import type { Heard } from '../gateway/gateway';
import { tagsIn } from '../gateway/tags';

type Fields = Readonly<Record<string, unknown>>;

/** A record, and in whose log it stands. */
export interface TrailRecord {
  readonly account: string;
  readonly record: Fields;
}

/** The records of one request; none of what CloudTrail does not record of S3 and KMS. */
export function recordsOf(
  heard: Heard,
  { region, prefix }: { region: string; prefix: string },
): TrailRecord[] {
  const { actor, asked, ruling, id, at } = heard;
  // What is done to tables, and calls of functions, are no events of the trail.
  if (actor.account === undefined || asked.kind === 'table' || asked.kind === 'function') return [];
  const target =
    asked.kind === 'bucket'
      ? ofObject(heard, region)
      : asked.kind === 'key'
        ? ofKey(heard)
        : ofPoint(heard, region);
  // The trail records data events of organisations’ buckets alone.
  if (asked.kind === 'bucket' && !target.bucket?.startsWith(prefix)) return [];
  // What was allowed and then failed at the endpoint was asked again, or its step failed.
  if (ruling.allowed && heard.status >= 400) return [];
  const failed = !ruling.allowed;
  const common = {
    eventVersion: '1.11',
    eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    eventSource: asked.kind === 'key' ? 'kms.amazonaws.com' : 's3.amazonaws.com',
    eventName: asked.operation,
    awsRegion: region,
    sourceIPAddress: '127.0.0.1',
    userAgent: '[rehearsal]',
    requestID: id.slice(0, 16).toUpperCase(),
    tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
    ...(asked.kind === 'bucket' && { additionalEventData: moreOf(heard) }),
    ...(failed && { errorCode: 'AccessDenied', errorMessage: 'Access Denied' }),
    requestParameters: target.parameters,
    responseElements: failed ? null : target.response,
    readOnly: /^(?:Get|List|Head|Describe|Decrypt)/.test(asked.operation),
    resources: target.resources,
    eventType: 'AwsApiCall',
    managementEvent: asked.kind !== 'bucket',
    eventCategory: asked.kind === 'bucket' ? 'Data' : 'Management',
    sharedEventID: id,
  };
  const copies = failed || target.owner === actor.account ? [actor.account] : [actor.account, target.owner];
  return copies.map((account) => ({
    account,
    record: {
      ...common,
      eventID: randomUUID(),
      recipientAccountId: account,
      userIdentity:
        account === actor.account ? sessionOf(actor.name, account) : strangerOf(actor.account ?? ''),
    },
  }));
}

interface Target {
  readonly owner: string;
  readonly bucket?: string;
  readonly parameters: Fields;
  readonly response: Fields | null;
  readonly resources: readonly Fields[];
}

/** What CloudTrail adds to a data event of S3. */
function moreOf({ received, reply }: Heard): Fields {
  return {
    SignatureVersion: 'SigV4',
    CipherSuite: 'TLS_AES_128_GCM_SHA256',
    bytesTransferredIn: received.body.length,
    AuthenticationMethod: 'AuthHeader',
    bytesTransferredOut: reply.body.length,
  };
}

/** Of what S3 answers, what CloudTrail keeps: of a deletion that makes a marker, that it did, and the marker’s version. */
const KEPT = ['x-amz-delete-marker', 'x-amz-version-id', 'x-amz-server-side-encryption'] as const;

/**
 * A copy: CloudTrail names what is copied into, and the source as the caller wrote it. Whether the source’s owner has a record
 * of its own, AWS’s pages do not say, so it has none here.
 * @see https://stratus-red-team.cloud/attack-techniques/AWS/aws.impact.s3-ransomware-client-side-encryption/ has such a record
 */
function ofCopy({ actor, bucket = '' }: Heard, copy: Copy): Target {
  const own = actor.account ?? '';
  return {
    owner: own,
    bucket,
    parameters: {
      bucketName: copy.bucket,
      key: copy.key,
      'x-amz-copy-source': copy.source,
      'x-amz-tagging-directive': copy.takesTags ? 'COPY' : 'REPLACE',
      'x-id': 'CopyObject',
    },
    response: {},
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${copy.bucket}/${copy.key}` },
      { accountId: own, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${copy.bucket}` },
    ],
  };
}

function ofObject(heard: Heard, region: string): Target {
  const { asked, bucket = '', received, reply } = heard;
  if (asked.kind !== 'bucket') throw new TypeError('not of a bucket');
  return asked.copy ? ofCopy(heard, asked.copy) : ofOneObject(asked, { bucket, received, reply }, region);
}

function ofOneObject(
  asked: AskedOfBucket,
  { bucket, received, reply }: Pick<Heard, 'received' | 'reply'> & { readonly bucket: string },
  region: string,
): Target {
  const { accessPoint, object } = asked;
  const pointArn =
    accessPoint && `arn:aws:s3:${region}:${accessPoint.account}:accesspoint/${accessPoint.name}`;
  const owner = accessPoint?.account ?? /-(\d{12})-/.exec(bucket)?.[1] ?? '';
  const tags = Object.entries(
    asked.operation === 'PutObjectTagging' ? tagsIn(received.body.toString('utf8')) : {},
  );
  const version = asked.query.get('versionId');
  return {
    owner,
    bucket,
    parameters: {
      bucketName: pointArn ?? bucket,
      Host: `${bucket}.s3.${region}.amazonaws.com`,
      ...(object !== undefined && { key: object }),
      ...(version !== null && { versionId: version }),
      ...(tags.length > 0 && { Tagging: { TagSet: { Tag: tags.map(([Key, Value]) => ({ Key, Value })) } } }),
    },
    response: Object.fromEntries(
      KEPT.flatMap((name) => (reply.headers[name] === undefined ? [] : [[name, reply.headers[name]]])),
    ),
    resources: [
      ...(object === undefined ? [] : [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${object}` }]),
      { accountId: owner, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
      ...(pointArn === undefined ? [] : [{ accountId: owner, type: 'AWS::S3::AccessPoint', ARN: pointArn }]),
    ],
  };
}

function ofKey({ asked }: Heard): Target {
  if (asked.kind !== 'key') throw new TypeError('not of a key');
  const owner = asked.key.split(':')[4] ?? '';
  const parameters = Object.fromEntries(
    Object.entries(asked.input).map(([name, value]) => [
      `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`,
      value,
    ]),
  );
  const { EncryptionContextEquals } = (asked.input.Constraints ?? {}) as {
    EncryptionContextEquals?: unknown;
  };
  return {
    owner,
    parameters: {
      ...parameters,
      ...(EncryptionContextEquals !== undefined && {
        constraints: { encryptionContextEquals: EncryptionContextEquals },
      }),
    },
    response: {},
    resources: [{ accountId: owner, type: 'AWS::KMS::Key', ARN: asked.key }],
  };
}

function ofPoint({ asked }: Heard, region: string): Target {
  if (asked.kind !== 'access point') throw new TypeError('not of an access point');
  const ARN = `arn:aws:s3:${region}:${asked.account}:accesspoint/${asked.name}`;
  return {
    owner: asked.account,
    parameters: { accountId: asked.account, name: asked.name },
    response: {},
    resources: [{ accountId: asked.account, type: 'AWS::S3::AccessPoint', ARN }],
  };
}

function sessionOf(role: string, account: string): Fields {
  const name = role.slice(role.lastIndexOf('/') + 1);
  const unique = `AROAREHEARSAL${account.slice(-4)}${name.length}`;
  return {
    type: 'AssumedRole',
    principalId: `${unique}:rehearsal`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/rehearsal`,
    accountId: account,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: unique, arn: role, accountId: account, userName: name },
    },
  };
}

/** Of a caller from elsewhere, the owner’s copy shows the account alone. */
function strangerOf(account: string): Fields {
  return {
    type: 'AWSAccount',
    principalId: `AROAREHEARSAL${account.slice(-4)}:rehearsal`,
    accountId: account,
  };
}
