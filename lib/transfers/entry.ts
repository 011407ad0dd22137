/**
 * The ledger’s entries: events in the Open Cybersecurity Schema Framework 1.8, File Hosting Activity (6006) where they are
 * of an object and API Activity (6003) otherwise. They hold no content of objects, no address and no name of a person:
 * callers are accounts and roles, their sessions fingerprints. What the schema has no place for stands under `unmapped`.
 * @see https://schema.ocsf.io/1.8.0/classes/file_hosting
 * @see https://schema.ocsf.io/1.8.0/classes/api_activity
 */
import type { AuditIndex } from '../wire';
import type { Exchange } from './exchange';
import { isViolation, type Kind, type Meaning } from './meaning';
import type { Principal } from './principal';
import type { TrailEvent } from './record';
import type { Outcome } from './review';
import { canonicalEntry, type Json } from './text';
import { type Verdict, verdictOf } from './verdict';

const OCSF = '1.8.0';
/** The form of entries: since the second they say which log file they were made from. */
export const ENTRY_FORM = 'concordat-entry/v2';
const FILE_HOSTING = 6006;
const API = 6003;
const OTHER = 99;
const USER_TYPES = { role: 3, user: 1, root: 2, service: 4, account: 0, anonymous: 0, unknown: 0 } as const;

/** The severities of the schema that are used. */
const SEVERITY = { informational: 1, low: 2, medium: 3, high: 4 } as const;
type Severity = keyof typeof SEVERITY;

/** How a kind of event is written: its activity in each of the two classes, and its severity where nothing is wrong. */
interface Told {
  readonly ofObject: number;
  readonly otherwise: number;
  readonly severity: Severity;
}

const told = (severity: Severity, ofObject: number, otherwise: number): Told => ({
  severity,
  ofObject,
  otherwise,
});

/** In 6006 upload is 1, download 2, update 3, delete 4; in 6003 create is 1, read 2, update 3, delete 4. */
const TOLD: Readonly<Record<Kind, Told>> = {
  deposited: told('informational', 1, OTHER),
  scanned: told('low', OTHER, OTHER),
  released: told('informational', OTHER, OTHER),
  rejected: told('medium', OTHER, OTHER),
  gated: told('low', OTHER, OTHER),
  collected: told('informational', 2, OTHER),
  'unreleased-read': told('high', 2, OTHER),
  recalled: told('low', 4, OTHER),
  restored: told('medium', OTHER, OTHER),
  'deletion-asked': told('low', OTHER, 4),
  denied: told('medium', OTHER, OTHER),
  refused: told('medium', OTHER, OTHER),
  listed: told('low', OTHER, 2),
  'unknown-read': told('medium', OTHER, 2),
  'not-collected': told('medium', OTHER, OTHER),
  expired: told('low', OTHER, OTHER),
  'grant-made': told('low', OTHER, 1),
  'grant-ended': told('low', OTHER, 4),
  'policy-changed': told('low', OTHER, 3),
  changed: told('medium', OTHER, 3),
  'key-state-changed': told('low', OTHER, 3),
  'stop-asked': told('medium', OTHER, OTHER),
  'lift-asked': told('medium', OTHER, OTHER),
  'broker-called': told('medium', OTHER, OTHER),
  'page-released': told('low', 1, OTHER),
  'page-changed': told('low', 3, OTHER),
  'register-changed': told('low', OTHER, 3),
  'agreement-approved': told('informational', OTHER, OTHER),
  'approval-withdrawn': told('low', OTHER, OTHER),
  'disposal-declared': told('informational', OTHER, OTHER),
  'digest-gap': told('high', OTHER, OTHER),
};

/** How grave a verdict is. What cannot be collected needs somebody to do something about it. */
const OF_VERDICT: Readonly<Record<Verdict, Severity>> = {
  clean: 'low',
  infected: 'high',
  unscannable: 'medium',
  failed: 'medium',
};

function severityOf({ kind, scan }: Meaning): Severity {
  return kind === 'scanned' && scan !== undefined ? OF_VERDICT[verdictOf(scan)] : TOLD[kind].severity;
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
  return entry({
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

/** The entry for what the clock alone tells of a transfer. */
export function outcomeEntry(
  outcome: Outcome,
  object: { bucket: string; key: string },
  exchange: Exchange,
  id: string,
) {
  const { kind, deposit, recipient, time, release } = outcome;
  const { owner, agreement } = deposit;
  return entry({
    ...OWN,
    id,
    kind,
    time,
    severity: TOLD[kind].severity,
    object: { ...object, version: deposit.version },
    cloud: { provider: 'AWS', region: exchange.index.region },
    unmapped: {
      organisations: exchange.accountsOf([owner, recipient]),
      owner,
      recipient,
      agreement,
      transfer: deposit.id,
      release,
      ...(kind === 'unreleased-read' && { verdict: 'violation', reasons: ['unreleased'] }),
      deposited: deposit.time,
      collectBy: deposit.collectBy,
      register: exchange.index.register,
    },
  });
}

const SIGNED = {
  approves: 'agreement-approved',
  withdraws: 'approval-withdrawn',
  disposes: 'disposal-declared',
} as const;

/**
 * The entry for what an approver signed. It holds digests: what was signed is in the register, and says the same to whoever has it.
 * @param seen when the audit first ran with a register that has it; the day of signing is what the signer says
 */
export function signedEntry(
  { decision, ...statement }: NonNullable<AuditIndex['signed']>[number],
  seen: string,
  exchange: Exchange,
): { readonly id: string; readonly organisations: string[]; readonly entry: Uint8Array } {
  const { agreement, organisation, sha256 } = statement;
  const { index } = exchange;
  const parties = index.agreements.flatMap(({ id, owner, shares }) =>
    id === agreement ? [owner, ...shares.map(({ recipient }) => recipient)] : [],
  );
  const organisations = exchange.accountsOf([organisation, ...parties]);
  const id = `signed#${sha256.slice(0, 32)}`;
  const about = { ...statement, organisations, register: index.register };
  return {
    id,
    organisations,
    entry: zoneEntry(SIGNED[decision], { id, time: seen, region: index.region, about }),
  };
}

/** The entry for a change of the register, what was signed, or a gap in the log. `about` says what. */
export function zoneEntry(
  kind: 'register-changed' | 'digest-gap' | (typeof SIGNED)[keyof typeof SIGNED],
  {
    id,
    time,
    region,
    about,
  }: { id: string; time: string; region: string; about: { readonly [key: string]: Json } },
): Uint8Array {
  return entry({
    ...OWN,
    id,
    kind,
    time,
    severity: TOLD[kind].severity,
    cloud: { provider: 'AWS', region },
    unmapped: about,
  });
}

/** What the audit itself finds, it is itself the actor of. */
const OWN = {
  log: { log_name: 'Concordat' },
  failed: false,
  actor: { app_name: 'concordat-transfer-audit' },
  source: { svc_name: 'concordat-transfer-audit' },
  api: { operation: 'Audit' },
} as const;

interface Parts {
  readonly id: string;
  readonly kind: Kind;
  readonly time: string;
  readonly severity: Severity;
  readonly failed: boolean;
  /** What the event was read from. */
  readonly log: { readonly [name: string]: string };
  readonly object?:
    | { readonly bucket: string; readonly key: string; readonly version?: string | undefined }
    | undefined;
  readonly cloud: Json;
  readonly actor: Json;
  readonly source: Json;
  readonly api: Json;
  readonly resource?: string | undefined;
  /** Of several events. */
  readonly times?: { readonly [name: string]: number } | undefined;
  readonly unmapped: { readonly [name: string]: Json };
}

function entry(parts: Parts): Uint8Array {
  const { id, kind, time, object, resource, failed } = parts;
  const classId = object ? FILE_HOSTING : API;
  const activity = object ? TOLD[kind].ofObject : TOLD[kind].otherwise;
  return canonicalEntry({
    activity_id: activity,
    activity_name: activity === OTHER ? kind : undefined,
    category_uid: 6,
    class_uid: classId,
    type_uid: classId * 100 + activity,
    severity_id: SEVERITY[parts.severity],
    status_id: failed ? 2 : 1,
    time: Date.parse(time),
    ...parts.times,
    metadata: {
      version: OCSF,
      product: { name: 'Concordat transfer audit', vendor_name: 'Concordat' },
      profiles: ['cloud'],
      uid: id,
      event_code: kind,
      ...parts.log,
      original_time: time,
    },
    cloud: parts.cloud,
    actor: parts.actor,
    src_endpoint: parts.source,
    api: parts.api,
    file: object && {
      name: object.key.slice(object.key.lastIndexOf('/') + 1) || object.key,
      path: `${object.bucket}/${object.key}`,
      type_id: 1,
      version: object.version,
    },
    resources: resource === undefined ? undefined : [{ uid: resource }],
    unmapped: { form: ENTRY_FORM, ...parts.unmapped },
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
