/** What an event means for the zone. */
import type { GateDecision } from '../names';
import type { TrailEvent } from './record';

/** The kinds of event that the ledger tells of. @internal Only tests import it. */
export const KINDS = [
  'deposited',
  'scanned',
  'released',
  'rejected',
  'gated',
  'collected',
  'unreleased-read',
  'recalled',
  'restored',
  'deletion-asked',
  'denied',
  'refused',
  'listed',
  'unknown-read',
  'not-collected',
  'expired',
  'grant-made',
  'grant-ended',
  'policy-changed',
  'changed',
  'key-state-changed',
  'stop-asked',
  'lift-asked',
  'broker-called',
  'page-released',
  'page-changed',
  'register-changed',
  'agreement-approved',
  'approval-withdrawn',
  'disposal-declared',
  'digest-gap',
] as const;
export type Kind = (typeof KINDS)[number];

/** Why an event is a violation. */
export type Reason =
  /** The bucket is no organisation’s of the register. */
  | 'unknown-bucket'
  /** The object lies under no agreement of the bucket’s owner. */
  | 'no-agreement'
  /** Neither the owner’s role for it nor the recipient’s. */
  | 'unexpected-principal'
  /** The share was not in force. */
  | 'outside-days'
  /** A recipient came another way than through its own access point. */
  | 'not-through-access-point'
  /** It was read, and the release gate had not released it. */
  | 'unreleased'
  /** The grant is not what its share gives. */
  | 'unexpected-grant'
  /** The access point is of no share. */
  | 'unexpected-access-point'
  /** The key could then leave the Region, or its use its confines. */
  | 'unexpected-key-change';

/** An object in the bucket of an organisation. */
export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string | undefined;
}

/** What one event means. */
export interface Meaning {
  readonly kind: Kind;
  /** Empty where nothing is wrong with it. */
  readonly reasons: readonly Reason[];
  /** The organisation whose data, key or bucket it is. */
  readonly owner?: string | undefined;
  /** The organisation that collects, or is to. */
  readonly recipient?: string | undefined;
  readonly agreement?: string | undefined;
  readonly share?: string | undefined;
  readonly object?: ObjectName | undefined;
  /** The access point through which it came. */
  readonly accessPoint?: string | undefined;
  /** The key, policy or other thing that was changed, by its ARN or name. */
  readonly resource?: string | undefined;
  /** The verdict of a scan, as its tag says it. */
  readonly scan?: string | undefined;
  /** What the release gate decided, as its tag says it; nothing where the log does not show the tag. */
  readonly decision?: GateDecision | undefined;
  /** SHA-256 of the contract by which the gate decided, in hex; nothing where the agreement has none. */
  readonly contract?: string | undefined;
  /** SHA-256 of the release of the mailbox’s page that was put in place, in hex. */
  readonly pageRelease?: string | undefined;
  /** The delete marker that a recall made, or that was taken away. */
  readonly marker?: string | undefined;
  /** The organisations that get a receipt. */
  readonly organisations: readonly string[];
}

/** One meaning of an event, with the id of its entry. */
export interface Identified {
  readonly meaning: Meaning;
  readonly id: string;
}

/** Whether an event should not have been possible. */
export function isViolation({ reasons }: Meaning): boolean {
  return reasons.length > 0;
}

/**
 * The id of the entry for a meaning. All copies of an event give the same id, so it is staged once. There are two entries
 * only where one copy shows a violation and another does not (the owner’s copy hides the caller’s role), in either order.
 */
export function entryIdOf({ uid }: Pick<TrailEvent, 'uid'>, meaning: Meaning, nth = 0): string {
  return [
    uid,
    meaning.kind,
    ...(nth > 0 ? [nth + 1] : []),
    ...(isViolation(meaning) ? ['violation'] : []),
  ].join('#');
}

/** The meanings of one event, each with the id of its entry. */
export function identified(event: Pick<TrailEvent, 'uid'>, meanings: readonly Meaning[]): Identified[] {
  const seen = new Map<string, number>();
  return meanings.map((meaning) => {
    const nth = seen.get(meaning.kind) ?? 0;
    seen.set(meaning.kind, nth + 1);
    return { meaning, id: entryIdOf(event, meaning, nth) };
  });
}
