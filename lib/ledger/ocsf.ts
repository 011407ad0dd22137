/** As much of OCSF as every event has. @see https://schema.ocsf.io/1.8.0/base_event */
import { LedgerFormatError } from './errors';

type Fields = Readonly<Record<string, unknown>>;

/** What is read of an event. */
export interface OcsfEvent {
  /** Ids of the organisations that it names as concerned, in `unmapped.organisations`; undefined if it names none. */
  readonly organisations: readonly string[] | undefined;
}

const NUMBERS = ['activity_id', 'category_uid', 'class_uid', 'severity_id', 'time', 'type_uid'];

/** Reads an event. @throws LedgerFormatError if it lacks what every OCSF event has, or its ids do not agree */
export function parseOcsf(value: unknown): OcsfEvent {
  const event = fieldsOf(value);
  for (const name of NUMBERS)
    if (!Number.isSafeInteger(event[name]))
      throw new LedgerFormatError(`is no OCSF event: ${name} is no whole number`);
  const { activity_id, category_uid, class_uid, type_uid } = event as Record<string, number>;
  if (
    type_uid !== (class_uid ?? 0) * 100 + (activity_id ?? 0) ||
    category_uid !== Math.floor((class_uid ?? 0) / 1000)
  )
    throw new LedgerFormatError('is no OCSF event: its class, category, activity and type do not agree');
  const metadata = fieldsOf(event.metadata);
  if (
    typeof metadata.version !== 'string' ||
    !/^1\.\d+\.\d+/.test(metadata.version) ||
    typeof metadata.product !== 'object'
  )
    throw new LedgerFormatError('is no OCSF event: its metadata lacks version or product');
  const { organisations } = fieldsOf(event.unmapped);
  if (organisations === undefined) return { organisations };
  if (!Array.isArray(organisations) || organisations.some((each) => typeof each !== 'string'))
    throw new LedgerFormatError('has unmapped.organisations that are no list of ids');
  return { organisations };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
