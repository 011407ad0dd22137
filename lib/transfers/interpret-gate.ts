/**
 * Interprets what the release gate does. A decision is told from the page that it writes, whose key says it all; the tag that it
 * then writes is the act, of which CloudTrail may not show the content.
 */
import { decisionInKey, GATE_DECISIONS, GATE_TAG, REPORTS_PREFIX } from '../names';
import type { Exchange } from './exchange';
import type { Meaning, ObjectName } from './meaning';
import { isDepositor, isGate, meaningAt, placeOf } from './place';
import type { TrailEvent } from './record';
import { tagIn } from './written-tags';

/** Whether it is about a report of the gate. */
function isReport({ key }: Pick<ObjectName, 'key'>): boolean {
  return key.startsWith(REPORTS_PREFIX);
}

/**
 * What it means that the gate wrote a report: a decision, where it is the page; nothing where it is another file of the same
 * report. Undefined as a whole where it is no report, or not the gate that wrote: that is as any other upload.
 */
export function interpretReport(
  event: TrailEvent,
  exchange: Exchange,
  object: ObjectName,
): readonly Meaning[] | undefined {
  const party = exchange.ownerOf(object.bucket);
  if (!isReport(object) || !isGate(event, exchange, party)) return undefined;
  const told = decisionInKey(object.key);
  if (told === undefined) return [];
  const { decision, contract, version } = told;
  // Where the name of the object was too long to stand in the report’s, the report is what is named.
  const about = told.key === undefined ? object : { bucket: object.bucket, key: told.key, version };
  const { agreement } = placeOf(exchange, about);
  const place = { party, agreement, reasons: [] };
  return [meaningAt(event, place, { kind: decision, reasons: [], object: about, decision, contract })];
}

/** What it means that the gate tagged a version. Undefined where it was not the gate. */
export function interpretGateTag(
  event: TrailEvent,
  exchange: Exchange,
  object: ObjectName,
): Meaning | undefined {
  const place = placeOf(exchange, object);
  if (event.name !== 'PutObjectTagging' || !isGate(event, exchange, place.party)) return undefined;
  const written = tagIn(event, GATE_TAG);
  // It decides on what lies under no agreement too: nobody could read it in any case.
  return meaningAt(
    event,
    { ...place, reasons: [] },
    { kind: 'gated', reasons: [], object, decision: GATE_DECISIONS.find((each) => each === written) },
  );
}

/** Whether an owner reads a report of its own gate: no shared data, and nothing that the ledger tells. */
export function isOwnReport(event: TrailEvent, exchange: Exchange, object: ObjectName): boolean {
  return isReport(object) && isDepositor(event, exchange, exchange.ownerOf(object.bucket));
}
