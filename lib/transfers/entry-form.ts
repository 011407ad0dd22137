/**
 * How an entry is written: as an event in the Open Cybersecurity Schema Framework 1.8, File Hosting Activity (6006) where it is
 * of an object and API Activity (6003) otherwise. What the schema has no place for stands under `unmapped`.
 * @see https://schema.ocsf.io/1.8.0/classes/file_hosting
 * @see https://schema.ocsf.io/1.8.0/classes/api_activity
 */
import type { Kind } from './meaning';
import { canonicalEntry, type Json } from './text';

const OCSF = '1.8.0';
/** The form of entries: since the second they say which log file they were made from. */
export const ENTRY_FORM = 'concordat-entry/v2';
const FILE_HOSTING = 6006;
const API = 6003;
const OTHER = 99;
/** The severities of the schema that are used. */
const SEVERITY = { informational: 1, low: 2, medium: 3, high: 4 } as const;
/** One of them. */
export type Severity = keyof typeof SEVERITY;

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

/** How grave a kind of event is where nothing is wrong. */
export function usualSeverity(kind: Kind): Severity {
  return TOLD[kind].severity;
}

/** What an entry says, before the schema gives it its numbers. */
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

/** The bytes of an entry: canonical JSON. */
export function entryOf(parts: Parts): Uint8Array {
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
