/** What the life of a transfer keeps of an event. */
import type { Mark } from '../wire';
import { type Exchange, endOf } from './exchange';
import type { EndOf } from './life-cycle';
import { isViolation, type Meaning } from './meaning';
import type { TrailEvent } from './record';

const DAY = 86_400_000;

/** The name of an object under which its marks are kept. */
export function objectIdOf({ bucket, key }: { readonly bucket: string; readonly key: string }): string {
  return `${bucket}/${key}`;
}

/**
 * The mark of an event, or undefined where it changes nothing for a transfer. A read that is a violation does not count as
 * an acknowledgement, nor a stranger’s tag as a verdict. But what was deposited, deleted or put back against the rules is
 * there, or gone, all the same.
 */
export function markOf({ uid, time }: TrailEvent, meaning: Meaning, exchange: Exchange): Mark | undefined {
  const { kind, object, recipient, scan, marker, decision } = meaning;
  const agreement = exchange.agreement(meaning.agreement ?? '', meaning.owner);
  if (!object || !agreement) return undefined;
  const mark = { id: uid, time, version: object.version };
  switch (kind) {
    case 'deposited':
      return {
        ...mark,
        kind,
        agreement: agreement.id,
        owner: agreement.owner,
        recipients: agreement.shares.map((each) => each.recipient),
        collectBy: later(time, agreement.collectWithinDays * DAY),
        ...(exchange.hasGate && { gated: true }),
      };
    case 'collected':
      return isViolation(meaning) ? undefined : { ...mark, kind, recipient };
    case 'scanned':
      return isViolation(meaning) ? undefined : { ...mark, kind, scan };
    case 'released':
    case 'rejected':
    case 'gated':
      // One and the same, told by its page and by its tag.
      return decision && { ...mark, kind: 'gated', decision };
    case 'recalled':
    case 'restored':
      return { ...mark, kind, marker };
    default:
      return undefined;
  }
}

/** When recipients can’t collect any more, by the register in force: what it no longer lists, ended when it took hold. */
export function endsBy(exchange: Exchange): EndOf {
  return ({ agreement, owner }, recipient) => {
    const share = exchange.agreement(agreement, owner)?.shares.find((each) => each.recipient === recipient);
    return (share && endOf(share)) ?? `${exchange.since.slice(0, 19)}Z`;
  };
}

function later(time: string, milliseconds: number): string {
  return `${new Date(Date.parse(time) + milliseconds).toISOString().slice(0, 19)}Z`;
}
