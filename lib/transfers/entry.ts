/**
 * The ledger’s entries for events that CloudTrail tells of. They hold no content of objects, no address and no name of a person:
 * callers are accounts and roles, their sessions fingerprints.
 */
import { entryOf, type Severity, usualSeverity } from './entry-form';
import type { Exchange } from './exchange';
import { isViolation, type Meaning } from './meaning';
import type { Principal } from './principal';
import type { TrailEvent } from './record';
import type { Json } from './text';
import { type Verdict, verdictOf } from './verdict';

const USER_TYPES = { role: 3, user: 1, root: 2, service: 4, account: 0, anonymous: 0, unknown: 0 } as const;

/** How grave a verdict is. What cannot be collected needs somebody to do something about it. */
const OF_VERDICT: Readonly<Record<Verdict, Severity>> = {
  clean: 'low',
  infected: 'high',
  unscannable: 'medium',
  failed: 'medium',
};

function severityOf({ kind, scan }: Meaning): Severity {
  return kind === 'scanned' && scan !== undefined ? OF_VERDICT[verdictOf(scan)] : usualSeverity(kind);
}

/** Which log file an event was read from. */
export interface LogOrigin {
  /** Its key, from the account on: what stands before that is the AWS organisation’s id, which is nobody else’s to know. */
  readonly file: string;
  /** Of its unpacked content, in hex, as CloudTrail’s digests have it; undefined where it could not be read to its end. */
  readonly sha256: string | undefined;
}

/** The name of a log file as entries give it. */
export function logFileName(key: string): string {
  return /(?:^|\/)(\d{12}\/CloudTrail\/.+)$/s.exec(key)?.[1] ?? key;
}

/** What several events come to that are told of in one entry, made from the first of them. */
export interface Summed {
  readonly count: number;
  /** When the first and the last happened, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** The SHA-256 of `bucket/key` of some of the objects. */
  readonly objects: readonly string[];
}

/** The entry for an event, or for several that came to one sum. */
export function eventEntry(
  event: TrailEvent,
  meaning: Meaning,
  exchange: Exchange,
  id: string,
  from: LogOrigin,
  summed?: Summed,
): Uint8Array {
  const { principal } = event;
  const violation = isViolation(meaning);
  const caller = exchange.partyOf(principal.account)?.id;
  const denied = meaning.kind === 'denied' || meaning.kind === 'refused';
  return entryOf({
    id,
    kind: meaning.kind,
    time: event.time,
    severity: violation ? 'high' : severityOf(meaning),
    failed: denied,
    log: { log_name: 'CloudTrail', log_source: from.file, original_event_uid: event.eventId },
    object: meaning.object,
    cloud: { provider: 'AWS', region: event.region || exchange.index.region },
    actor: actorOf(principal, caller),
    source: {
      uid: principal.account,
      name: caller ?? (principal.account === undefined ? principal.kind : undefined),
      svc_name: principal.service,
      interface_uid: event.vpcEndpoint,
    },
    api: {
      operation: event.name,
      service: { name: event.source },
      ...(event.errorCode !== undefined && { response: { error: event.errorCode } }),
    },
    resource: meaning.resource,
    times: summed && { count: summed.count, start_time: summed.from, end_time: summed.to },
    unmapped: {
      objects: summed?.objects,
      verdict: violation ? 'violation' : denied ? 'denied' : 'in-order',
      reasons: meaning.reasons,
      organisations: exchange.accountsOf(meaning.organisations),
      logFile: { sha256: from.sha256 },
      ...aboutOf(meaning, exchange),
    },
  });
}

function actorOf(principal: Principal, organisation: string | undefined): Json {
  const { kind, account, role, service, fingerprint } = principal;
  const uid =
    role ??
    (account === undefined ? undefined : `arn:aws:iam::${account}:${kind === 'user' ? 'user' : 'root'}`);
  return {
    ...((uid !== undefined || service === undefined) && {
      user: {
        uid: uid ?? kind,
        type: kind,
        type_id: USER_TYPES[kind],
        ...(account !== undefined && { account: { uid: account } }),
        ...(organisation !== undefined && { org: { uid: organisation } }),
      },
    }),
    ...(fingerprint !== undefined && { session: { uid: fingerprint } }),
    ...(service !== undefined && { app_name: service }),
  };
}

function aboutOf(meaning: Meaning, { index }: Exchange) {
  const { owner, recipient, agreement, share, accessPoint, scan, decision, contract, pageRelease } = meaning;
  return {
    owner,
    recipient,
    agreement,
    share,
    accessPoint,
    scan,
    decision,
    contract,
    pageRelease,
    register: index.register,
  };
}
