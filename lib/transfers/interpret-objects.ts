/**
 * Interprets events on objects: deposits, verdicts, reads, recalls, listings. A read by a recipient is within an agreement if
 * it is by the recipient’s collect role, through the access point of its share, on a day in force. Reads by the owner’s
 * malware scan and contract gate are their work, and no event of the ledger.
 */
import { type Exchange, inForce, type Party } from './exchange';
import { fieldsOf, textOf } from './fields';
import type { Kind, Meaning, ObjectName, Reason } from './meaning';
import type { TrailEvent } from './record';
import { type AccessPoint, copySourceOf, mayBeAliasOf, s3TargetOf } from './s3-target';

const AGREEMENT = /^agreements\/([^/]+)\/./s;
/** GuardDuty writes it once to see that it may. */
const PROBE = 'malware-protection-resource-validation-object';
const MALWARE_TAG = 'GuardDutyMalwareScanStatus';

/** What is done to objects, by the names of S3. */
const OBJECT_EVENTS: Readonly<Record<string, 'read' | 'write' | 'tag' | 'delete' | 'list'>> = {
  GetObject: 'read',
  SelectObjectContent: 'read',
  PutObject: 'write',
  PostObject: 'write',
  CompleteMultipartUpload: 'write',
  CopyObject: 'write',
  RestoreObject: 'write',
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
  const source = copySourceOf(event);
  const meanings: (Meaning | undefined)[] = [];
  if (source) {
    const bucket = source.bucket ?? exchange.member(source.accessPoint?.account)?.bucket;
    if (bucket !== undefined)
      meanings.push(
        read(event, exchange, { bucket, key: source.key }, source.accessPoint ?? target.accessPoint),
      );
  }
  const { bucket, object } = target;
  if (bucket === undefined || !exchange.isBucket(bucket))
    return meanings.filter((each) => each !== undefined);
  if (what === 'read' && !source && object)
    meanings.push(read(event, exchange, object, target.accessPoint, target.alias));
  if (what === 'list') meanings.push(list(event, exchange, bucket, target.accessPoint));
  if (what === 'write' && object) meanings.push(change(event, exchange, object, 'write'));
  if (what === 'tag' && object) meanings.push(change(event, exchange, object, 'tag'));
  if (what === 'delete') {
    if (target.objects.length === 0) meanings.push(unnamed(event, exchange, bucket));
    for (const each of target.objects) meanings.push(change(event, exchange, each, 'delete'));
  }
  return meanings.filter((each) => each !== undefined);
}

function read(
  event: TrailEvent,
  exchange: Exchange,
  object: ObjectName,
  accessPoint: AccessPoint | undefined,
  alias?: string,
): Meaning | undefined {
  if (!exchange.isBucket(object.bucket)) return undefined;
  const place = placeOf(exchange, object);
  if (isOwnWork(event, exchange, place.party)) return undefined;
  const { principal, time } = event;
  const share = place.agreement?.shares.find(
    ({ recipient }) => recipient === exchange.partyOf(principal.account)?.id,
  );
  const reasons = [...place.reasons];
  if (place.agreement && (!share || !isRole(event, exchange, 'collect')))
    reasons.push('unexpected-principal');
  if (share && !inForce(share, time)) reasons.push('outside-days');
  const through =
    accessPoint === undefined ? mayBeAliasOf(alias, share?.share ?? '') : accessPoint.name === share?.share;
  if (share && !through) reasons.push('not-through-access-point');
  return meaning(event, place, {
    kind: 'collected',
    reasons,
    object,
    recipient: share?.recipient,
    share: share?.share,
    accessPoint: accessPoint?.name,
  });
}

/** A listing shows names only: it is recorded where it should not have been possible. */
function list(
  event: TrailEvent,
  exchange: Exchange,
  bucket: string,
  accessPoint: AccessPoint | undefined,
): Meaning | undefined {
  const party = exchange.ownerOf(bucket);
  const known = accessPoint && exchange.share(accessPoint.name);
  const reasons: Reason[] = party ? [] : ['unknown-bucket'];
  if (event.principal.account !== party?.account || accessPoint) {
    const recipient = exchange.partyOf(event.principal.account)?.id;
    if (!known || known.share.recipient !== recipient || !isRole(event, exchange, 'collect'))
      reasons.push('unexpected-principal');
    else if (!inForce(known.share, event.time)) reasons.push('outside-days');
  }
  const denied = event.errorCode !== undefined;
  if (reasons.length === 0 && !denied) return undefined;
  return meaning(
    event,
    { party, agreement: known?.agreement, reasons },
    {
      kind: 'listed',
      reasons,
      resource: bucket,
      recipient: known?.share.recipient,
      share: known?.share.share,
      accessPoint: accessPoint?.name,
    },
  );
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
  const reasons = [...place.reasons];
  const scanner = what === 'tag' && work && event.name === 'PutObjectTagging';
  const depositor =
    what !== 'tag' &&
    event.principal.account === place.party?.account &&
    event.principal.role === exchange.role(place.party?.account ?? '', 'deposit');
  if (place.party && !scanner && !depositor) reasons.push('unexpected-principal');
  if (
    what === 'write' &&
    place.agreement &&
    !place.agreement.shares.some((each) => inForce(each, event.time))
  )
    reasons.push('outside-days');
  return meaning(event, place, {
    kind: KIND[what],
    reasons,
    object,
    scan: what === 'tag' ? verdictIn(event) : undefined,
  });
}

/** A deletion of several objects of which the log does not say which. */
function unnamed(event: TrailEvent, exchange: Exchange, bucket: string): Meaning {
  const party = exchange.ownerOf(bucket);
  const depositor = party !== undefined && event.principal.role === exchange.role(party.account, 'deposit');
  const reasons: Reason[] = party ? (depositor ? [] : ['unexpected-principal']) : ['unknown-bucket'];
  return meaning(
    event,
    { party, agreement: undefined, reasons },
    { kind: 'recalled', reasons, resource: bucket },
  );
}

interface Place {
  readonly party: Party | undefined;
  readonly agreement: ReturnType<Exchange['agreement']>;
  readonly reasons: readonly Reason[];
}

/** Whose bucket it is, and under which agreement of that owner the object lies. */
function placeOf(exchange: Exchange, { bucket, key }: ObjectName): Place {
  const party = exchange.ownerOf(bucket);
  if (!party) return { party, agreement: undefined, reasons: ['unknown-bucket'] };
  const agreement = exchange.agreement(AGREEMENT.exec(key)?.[1] ?? '');
  if (agreement?.owner !== party.id) return { party, agreement: undefined, reasons: ['no-agreement'] };
  return { party, agreement, reasons: [] };
}

/** Whether it is the owner’s malware scan or contract gate. */
function isOwnWork({ principal }: TrailEvent, exchange: Exchange, party: Party | undefined): boolean {
  return (
    party !== undefined &&
    (principal.role === exchange.role(party.account, 'malware-scan') ||
      principal.role === exchange.role(party.account, 'contract-gate'))
  );
}

/** Whether the caller is the role of its own account; where CloudTrail shows the account alone, the account decides. */
function isRole({ principal }: TrailEvent, exchange: Exchange, purpose: 'collect'): boolean {
  if (principal.kind === 'account') return true;
  return principal.account !== undefined && principal.role === exchange.role(principal.account, purpose);
}

/** A refused call is recorded as such, and is not a violation: nothing came of it. */
function meaning(
  event: TrailEvent,
  place: Place,
  about: Omit<Meaning, 'owner' | 'agreement' | 'organisations'>,
): Meaning {
  const denied = event.errorCode !== undefined;
  const owner = place.party?.id;
  const agreement = place.agreement;
  const recipients =
    about.kind === 'deposited' || about.kind === 'recalled' || about.kind === 'scanned'
      ? (agreement?.shares ?? []).map(({ recipient }) => recipient)
      : [about.recipient];
  const parties = [owner, ...(about.reasons.length > 0 && !about.recipient ? [] : recipients)];
  return {
    ...about,
    kind: denied ? 'denied' : about.kind,
    reasons: denied ? [] : about.reasons,
    owner,
    agreement: agreement?.id,
    organisations: [...new Set(parties.filter((each) => each !== undefined))].sort(),
  };
}

/**
 * The verdict that a tagging wrote, where CloudTrail shows the request’s tags: their nesting follows the XML, so a list of
 * one may be no list.
 */
export function verdictIn({ parameters }: Pick<TrailEvent, 'parameters'>): string | undefined {
  const tagging = fieldsOf(parameters.Tagging ?? parameters.tagging);
  const tags = fieldsOf(tagging.TagSet ?? tagging.tagSet);
  const list = tags.Tag ?? tags.tag;
  for (const each of Array.isArray(list) ? (list as unknown[]) : [list]) {
    const { Key, key, Value, value } = fieldsOf(each);
    if ((Key ?? key) === MALWARE_TAG) return textOf(Value ?? value);
  }
  return undefined;
}
