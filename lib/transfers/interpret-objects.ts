/** Interprets events on objects: deposits, verdicts, reads, recalls, listings, and changes of a kind that we do not know. */
import { MALWARE_TAG } from '../names';
import { copySourceIn } from './copy-source';
import { type Exchange, inForce } from './exchange';
import { interpretGateTag, interpretReport } from './interpret-gate';
import { interpretListing, interpretRead } from './interpret-reads';
import type { Kind, Meaning, ObjectName, Reason } from './meaning';
import { isDepositor, isOwnWork, meaningAt, placeOf } from './place';
import type { TrailEvent } from './record';
import { markerOf, s3TargetOf } from './s3-target';
import { tagIn } from './written-tags';

/** GuardDuty writes it once to see that it may. */
const PROBE = 'malware-protection-resource-validation-object';

/** What is done to objects, by the names of S3. */
const OBJECT_EVENTS: Readonly<Record<string, 'read' | 'write' | 'tag' | 'delete' | 'list'>> = {
  GetObject: 'read',
  SelectObjectContent: 'read',
  PutObject: 'write',
  PostObject: 'write',
  CompleteMultipartUpload: 'write',
  CopyObject: 'write',
  // A part that is copied is a read of its source; what it goes into counts once it is complete.
  UploadPartCopy: 'read',
  PutObjectTagging: 'tag',
  DeleteObjectTagging: 'tag',
  DeleteObject: 'delete',
  DeleteObjects: 'delete',
  ListObjects: 'list',
  ListObjectsV2: 'list',
  ListObjectVersions: 'list',
};

const KIND: Readonly<Record<'write' | 'tag' | 'delete', Kind>> = {
  write: 'deposited',
  tag: 'scanned',
  delete: 'recalled',
};

/** Whether an event is on objects. */
export function isObjectEvent(name: string): boolean {
  return OBJECT_EVENTS[name] !== undefined;
}

/** What an event on objects means; nothing for what is no event of the ledger. */
export function interpretObjects(event: TrailEvent, exchange: Exchange): Meaning[] {
  const what = OBJECT_EVENTS[event.name];
  const target = s3TargetOf(event);
  const source = copySourceIn(event);
  const meanings: (Meaning | undefined)[] = [];
  if (source) meanings.push(interpretRead(event, exchange, source));
  if (what === 'list') meanings.push(interpretListing(event, exchange, target));
  else if (what === 'read' && !source && target.key !== undefined)
    meanings.push(interpretRead(event, exchange, { ...target, key: target.key }));
  const { bucket = exchange.bucketBehind(target, event.principal.account), key, version } = target;
  if (bucket !== undefined && exchange.isBucket(bucket)) {
    const object = key === undefined ? undefined : { bucket, key, version };
    const ofGate = what === 'write' && object ? interpretReport(event, exchange, object) : undefined;
    const gated = what === 'tag' && object ? interpretGateTag(event, exchange, object) : undefined;
    if (ofGate || gated) meanings.push(...(ofGate ?? [gated]));
    else if ((what === 'write' || what === 'tag') && object)
      meanings.push(change(event, exchange, object, what));
    if (what === 'delete') meanings.push(...deletions(event, exchange, bucket));
  }
  return meanings.filter((each) => each !== undefined);
}

function change(
  event: TrailEvent,
  exchange: Exchange,
  object: ObjectName,
  what: 'write' | 'tag' | 'delete',
): Meaning | undefined {
  const place = placeOf(exchange, object);
  const work = isOwnWork(event, exchange, place.party);
  if (object.key === PROBE && work) return undefined;
  const depositor = what !== 'tag' && isDepositor(event, exchange, place.party);
  if ((depositor || work) && isFolder(object.key, event, what, place.agreement !== undefined))
    return undefined;
  const reasons = [...place.reasons];
  const scanner = what === 'tag' && work && event.name === 'PutObjectTagging';
  if (place.party && !scanner && !depositor) reasons.push('unexpected-principal');
  if (
    what === 'write' &&
    place.agreement &&
    !place.agreement.shares.some((each) => inForce(each, event.time))
  )
    reasons.push('outside-days');
  const marker = what === 'delete' ? markerOf(event) : undefined;
  return meaningAt(event, place, {
    kind: marker?.removed ? 'restored' : KIND[what],
    reasons,
    object,
    scan: what === 'tag' ? verdictIn(event) : undefined,
    marker: marker?.version,
  });
}

/** What shows as a folder holds at most so many bytes: some tools write a line into it. */
const FOLDER_BYTES = 1_024;

/**
 * Whether it is about a thing by which consoles and tools show a folder. To write one is no transfer, unless the record says
 * that more was written than such a thing holds, or it was written in parts or copied. What becomes of one that lies within an
 * agreement is told as of any object, since it may hold more.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-folders.html
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-s3-empty-files.html
 */
function isFolder(
  key: string,
  { name, bytesIn = 0 }: TrailEvent,
  what: 'write' | 'tag' | 'delete',
  inAgreement: boolean,
): boolean {
  if (!key.endsWith('/') && !key.endsWith('_$folder$')) return false;
  return what === 'write' ? name === 'PutObject' && bytesIn <= FOLDER_BYTES : !inAgreement;
}

function deletions(event: TrailEvent, exchange: Exchange, bucket: string): (Meaning | undefined)[] {
  const { objects, key, version } = s3TargetOf(event);
  const named = objects.length > 0 || key === undefined ? objects : [{ bucket, key, version }];
  if (named.length === 0) return [unnamed(event, exchange, bucket)];
  return named.map((each) => change(event, exchange, each, 'delete'));
}

/**
 * A deletion of several objects, of which this record does not say which. CloudTrail writes one of its own for each, and
 * those are the recalls.
 * @see https://aws.amazon.com/about-aws/whats-new/2025/06/aws-cloudtrail-logging-amazon-s3-deleteobjects-api/
 */
function unnamed(event: TrailEvent, exchange: Exchange, bucket: string): Meaning {
  const party = exchange.ownerOf(bucket);
  const depositor = isDepositor(event, exchange, party);
  const reasons: Reason[] = party ? (depositor ? [] : ['unexpected-principal']) : ['unknown-bucket'];
  return meaningAt(
    event,
    { party, agreement: undefined, reasons },
    { kind: 'deletion-asked', reasons, resource: bucket },
  );
}

/** The verdict that a tagging wrote, where CloudTrail shows it. */
export function verdictIn(event: Pick<TrailEvent, 'parameters'>): string | undefined {
  return tagIn(event, MALWARE_TAG);
}
