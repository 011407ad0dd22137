/** Where an object lies, who is at work on it, and what that makes of an event. */
import type { Agreement, Exchange, Party } from './exchange';
import type { Meaning, ObjectName, Reason } from './meaning';
import type { TrailEvent } from './record';

const AGREEMENT = /^agreements\/([^/]+)\/./s;

/** Whose bucket it is, and under which agreement of that owner the object lies. */
export interface Place {
  readonly party: Party | undefined;
  readonly agreement: Agreement | undefined;
  readonly reasons: readonly Reason[];
}

/** The place of an object. */
export function placeOf(exchange: Exchange, { bucket, key }: ObjectName): Place {
  const party = exchange.ownerOf(bucket);
  if (!party) return { party, agreement: undefined, reasons: ['unknown-bucket'] };
  const agreement = exchange.agreement(AGREEMENT.exec(key)?.[1] ?? '', party.id);
  if (agreement === undefined) return { party, agreement: undefined, reasons: ['no-agreement'] };
  return { party, agreement, reasons: [] };
}

/** Whether it is the owner’s malware scan or release gate. */
export function isOwnWork(event: TrailEvent, exchange: Exchange, party: Party | undefined): boolean {
  return (
    party !== undefined &&
    (exchange.isRole(event.principal.role, party.account, 'malware-scan') || isGate(event, exchange, party))
  );
}

/** Whether it is the owner’s release gate. */
export function isGate({ principal }: TrailEvent, exchange: Exchange, party: Party | undefined): boolean {
  return party !== undefined && exchange.isRole(principal.role, party.account, 'release-gate');
}

/** Whether it is the owner’s deposit role. */
export function isDepositor(
  { principal }: TrailEvent,
  exchange: Exchange,
  party: Party | undefined,
): boolean {
  return (
    party !== undefined &&
    principal.account === party.account &&
    exchange.isRole(principal.role, party.account, 'deposit')
  );
}

/** Whether the caller is the role of its own account; where CloudTrail shows the account alone, the account decides. */
export function isCollector({ principal }: TrailEvent, exchange: Exchange): boolean {
  if (principal.kind === 'account') return true;
  return principal.account !== undefined && exchange.isRole(principal.role, principal.account, 'collect');
}

/** What concerns every recipient of the agreement, not one alone. */
const OF_ALL: ReadonlySet<string> = new Set([
  'deposited',
  'recalled',
  'restored',
  'scanned',
  'released',
  'rejected',
  'gated',
]);

/** The meaning of an event. A refused call is recorded as such, and is not a violation: nothing came of it. */
export function meaningAt(
  event: TrailEvent,
  { party, agreement }: Place,
  about: Omit<Meaning, 'owner' | 'agreement' | 'organisations'>,
): Meaning {
  const denied = event.errorCode !== undefined;
  const owner = party?.id;
  const recipients = OF_ALL.has(about.kind)
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
