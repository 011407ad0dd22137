/** What the ledger’s entries tell of one transfer, for those who have its receipts. */
import { fieldsOf, textOf } from '../../transfers';

/** One entry of the ledger about an object. */
export interface LedgerEvent {
  /** Such as `deposited`, `released` or `collected`. */
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** In which it lies: under one agreement several organisations may give objects the same key, each in a bucket of its own. */
  readonly bucket: string;
  readonly key: string;
  /** Nothing where CloudTrail does not show it: it does not of a read of the current version. */
  readonly version: string | undefined;
  readonly agreement: string | undefined;
  /** The organisation whose bucket it is, by its id. */
  readonly owner: string | undefined;
  /** The organisation that did it, by its id; nothing where it was none, as for the clock. */
  readonly by: string | undefined;
  /** The recipient that it is about. */
  readonly recipient: string | undefined;
  /** Whether it was in order. */
  readonly verdict: string | undefined;
}

/** A transfer: a version of an object. */
export interface TransferName {
  readonly key: string;
  readonly version: string;
}

/** What an entry tells of an object; nothing for what is of none, or is no entry of the audit. */
export function eventIn(entry: Uint8Array): LedgerEvent | undefined {
  const event = fieldsOf(json(entry));
  const file = fieldsOf(event.file);
  const about = fieldsOf(event.unmapped);
  const path = textOf(file.path);
  const kind = textOf(fieldsOf(event.metadata).event_code);
  if (path === undefined || kind === undefined || typeof event.time !== 'number') return undefined;
  // It has no slash.
  const [bucket = ''] = path.split('/', 1);
  return {
    kind,
    time: event.time,
    bucket,
    key: path.slice(bucket.length + 1),
    version: textOf(file.version),
    agreement: textOf(about.agreement),
    owner: textOf(about.owner),
    by: textOf(fieldsOf(fieldsOf(fieldsOf(event.actor).user).org).uid),
    recipient: textOf(about.recipient),
    verdict: textOf(about.verdict),
  };
}

/**
 * Those that are of one transfer, in the order of their times. An entry without a version is of the transfer that lasted then:
 * from its deposit until the next one under the same name in the same bucket.
 */
export function ofTransfer<T extends { readonly event: LedgerEvent }>(
  all: readonly T[],
  { key, version }: TransferName,
): T[] {
  const isNamed = ({ event }: T) => event.key === key && event.version === version;
  const bucket = all.find(isNamed)?.event.bucket;
  const ofKey = all
    .filter(({ event }) => event.key === key && event.bucket === bucket)
    .sort((a, b) => a.event.time - b.event.time);
  const deposits = ofKey.filter(({ event }) => event.kind === 'deposited');
  const own = deposits.find(({ event }) => event.version === version);
  const next = own && deposits.find(({ event }) => event.time > own.event.time && event.version !== version);
  return ofKey.filter(({ event }) => {
    if (event.version !== undefined) return event.version === version;
    return own !== undefined && event.time >= own.event.time && (!next || event.time < next.event.time);
  });
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
