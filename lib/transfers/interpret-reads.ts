/**
 * Interprets reads and listings. A read by a recipient is within an agreement if it is by the recipient’s collect role, through
 * the access point of its share, on a day in force. Reads by the owner’s malware scan and release gate, and of the gate’s
 * reports by its depositors, are their work, and no event of the ledger.
 */
import { type Exchange, inForce } from './exchange';
import { isOwnReport } from './interpret-gate';
import type { Meaning, ObjectName, Reason } from './meaning';
import { isCollector, isOwnWork, meaningAt, placeOf } from './place';
import type { TrailEvent } from './record';
import { type AccessPoint, mayBeAliasOf } from './s3-names';

/** What was read, and how it came there. */
export interface Reading {
  readonly bucket: string | undefined;
  readonly key: string;
  readonly version: string | undefined;
  readonly accessPoint: AccessPoint | undefined;
  readonly alias: string | undefined;
}

/** As our own access points begin: 12 hex digits of the agreement. */
const OURS = /^[0-9a-f]{12}-/;

/** What a read means; of an alias behind which the register knows nothing, that it was read. */
export function interpretRead(event: TrailEvent, exchange: Exchange, reading: Reading): Meaning | undefined {
  const { bucket = exchange.bucketBehind(reading, event.principal.account), key, version, alias } = reading;
  if (bucket !== undefined) return readOf(event, exchange, { bucket, key, version }, reading);
  return alias === undefined ? undefined : readOfUnknown(event, exchange, alias, `${alias}/${key}`);
}

function readOf(
  event: TrailEvent,
  exchange: Exchange,
  object: ObjectName,
  { accessPoint, alias }: Pick<Reading, 'accessPoint' | 'alias'>,
): Meaning | undefined {
  if (!exchange.isBucket(object.bucket)) return undefined;
  const place = placeOf(exchange, object);
  if (isOwnWork(event, exchange, place.party) || isOwnReport(event, exchange, object)) return undefined;
  const { principal, time } = event;
  const share = place.agreement?.shares.find(
    ({ recipient }) => recipient === exchange.partyOf(principal.account)?.id,
  );
  const reasons = [...place.reasons];
  if (place.agreement && (!share || !isCollector(event, exchange))) reasons.push('unexpected-principal');
  if (share && !inForce(share, time)) reasons.push('outside-days');
  const through =
    accessPoint === undefined ? mayBeAliasOf(alias, share?.share ?? '') : accessPoint.name === share?.share;
  if (share && !through) reasons.push('not-through-access-point');
  return meaningAt(event, place, {
    kind: 'collected',
    reasons,
    object,
    recipient: share?.recipient,
    share: share?.share,
    accessPoint: accessPoint?.name,
  });
}

/** CloudTrail shows the alias alone, and it may lead anywhere. One that is named as ours are is of no share of the register. */
function readOfUnknown(event: TrailEvent, exchange: Exchange, alias: string, resource: string): Meaning {
  const caller = exchange.partyOf(event.principal.account)?.id;
  const denied = event.errorCode !== undefined;
  return {
    kind: denied ? 'denied' : 'unknown-read',
    reasons: !denied && OURS.test(alias) ? ['unexpected-access-point'] : [],
    resource,
    organisations: caller === undefined ? [] : [caller],
  };
}

/** A listing shows names only: it is recorded where it should not have been possible. */
export function interpretListing(
  event: TrailEvent,
  exchange: Exchange,
  { bucket, accessPoint, alias }: Pick<Reading, 'bucket' | 'accessPoint' | 'alias'>,
): Meaning | undefined {
  const recipient = exchange.partyOf(event.principal.account)?.id;
  const behind = exchange.sharesBehind(alias);
  const place = bucket ?? exchange.bucketBehind({ accessPoint, alias }, event.principal.account);
  if (place === undefined && alias !== undefined) return readOfUnknown(event, exchange, alias, alias);
  if (place === undefined || !exchange.isBucket(place)) return undefined;
  const party = exchange.ownerOf(place);
  const known = accessPoint
    ? exchange.share(accessPoint.name, exchange.member(accessPoint.account)?.id)
    : (behind.find(({ share }) => share.recipient === recipient) ?? behind[0]);
  const reasons: Reason[] = party ? [] : ['unknown-bucket'];
  if (event.principal.account !== party?.account || accessPoint || alias !== undefined) {
    if (!known || known.share.recipient !== recipient || !isCollector(event, exchange))
      reasons.push('unexpected-principal');
    else if (!inForce(known.share, event.time)) reasons.push('outside-days');
  }
  if (reasons.length === 0 && event.errorCode === undefined) return undefined;
  return meaningAt(
    event,
    { party, agreement: known?.agreement, reasons },
    {
      kind: 'listed',
      reasons,
      resource: place,
      recipient: known?.share.recipient,
      share: known?.share.share,
      accessPoint: accessPoint?.name,
    },
  );
}
