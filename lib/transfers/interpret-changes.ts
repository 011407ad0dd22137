/**
 * Interprets changes that no list of ours names: AWS has new calls every month, and what we do not know we tell. A change
 * counts by what it is made to (a bucket, object, access point or key of the exchange, or the S3 settings of a member’s whole
 * account), never by its name.
 */
import type { Exchange } from './exchange';
import { isFields } from './fields';
import type { Meaning } from './meaning';
import type { TrailEvent } from './record';
import { accessPointIn, bucketIn } from './s3-names';
import { s3TargetOf } from './s3-target';

/** Calls that change nothing that lasts, by how AWS names them: they ask, or use a key. */
const ASKS =
  /^(?:Batch)?(?:Get|List|Head|Describe|Search|Select|Validate|Generate|Encrypt|Decrypt|ReEncrypt|Sign|Verify|DeriveSharedSecret|Encapsulate|Decapsulate)/;
/** Steps of an upload or of a session, whose end has an event of its own. */
const STEPS = new Set(['CreateMultipartUpload', 'UploadPart', 'AbortMultipartUpload', 'CreateSession']);
const SOURCES = new Set(['s3.amazonaws.com', 'kms.amazonaws.com']);

/** Whether a call may be a change, by its name alone. */
export function mayChange(source: string, name: string): boolean {
  return SOURCES.has(source) && !ASKS.test(name) && !STEPS.has(name);
}

/** What such a change means; nothing where it is made to something else. */
export function interpretChange(event: TrailEvent, exchange: Exchange): Meaning[] {
  if (event.readOnly === true) return [];
  const changed = event.source === 'kms.amazonaws.com' ? ofKey(event, exchange) : ofS3(event, exchange);
  if (changed === undefined) return [];
  const { owner, resource } = changed;
  return [
    {
      kind: event.errorCode === undefined ? 'changed' : 'denied',
      reasons: [],
      owner,
      resource,
      organisations: owner === undefined ? [] : [owner],
    },
  ];
}

type Changed = Pick<Meaning, 'owner' | 'resource'>;

/** Keys of members and of the operator. */
function ofKey({ resources, recipientAccount }: TrailEvent, exchange: Exchange): Changed | undefined {
  const key = resources.find(({ type, arn }) => type === 'AWS::KMS::Key' || arn.startsWith('arn:aws:kms:'));
  const account = key?.account ?? key?.arn.split(':')[4] ?? recipientAccount;
  const owner = exchange.member(account)?.id;
  if (owner === undefined && !exchange.isZone(account)) return undefined;
  return { owner, resource: key?.arn ?? account };
}

function ofS3(event: TrailEvent, exchange: Exchange): Changed | undefined {
  const target = s3TargetOf(event);
  const texts = [...textsIn(event.parameters), ...event.resources.map(({ arn }) => arn)];
  for (const bucket of [target.bucket, ...texts.flatMap((each) => bucketsIn(each, exchange))])
    if (bucket !== undefined && exchange.isBucket(bucket))
      return {
        owner: exchange.ownerOf(bucket)?.id,
        resource: target.bucket === bucket ? nameOf(target) : bucket,
      };
  for (const text of texts) {
    const owner = exchange.member(accessPointIn(text)?.account);
    if (owner !== undefined) return { owner: owner.id, resource: text };
  }
  // Of no bucket at all: it is of the account, whose buckets it may open.
  const ofAccount = target.bucket === undefined && !texts.some((each) => bucketIn(each) !== undefined);
  const owner = ofAccount ? exchange.member(event.recipientAccount) : undefined;
  return owner && { owner: owner.id, resource: event.resources[0]?.arn ?? owner.account };
}

function nameOf({ bucket, key }: ReturnType<typeof s3TargetOf>): string | undefined {
  return key === undefined ? bucket : `${bucket}/${key}`;
}

/** The names of the exchange’s buckets in a text: an ARN, `s3://` and a path, or the name alone. */
function bucketsIn(text: string, exchange: Exchange): string[] {
  return text.split(/[^a-z0-9.-]/).filter((each) => exchange.isBucket(each));
}

/** A record has 256 KB at most; what lies deeper than any call of AWS is not looked at. */
const DEEPEST = 12;

function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return (value as unknown[]).flatMap((each) => textsIn(each, depth + 1));
  return isFields(value) ? Object.values(value).flatMap((each) => textsIn(each, depth + 1)) : [];
}
