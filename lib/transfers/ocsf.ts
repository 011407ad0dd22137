/** What every entry of the ledger has, as far as OCSF goes. @see https://schema.ocsf.io/1.8.0/base_event */
import { ENTRY_FORM } from './entry-form';
import { fieldsOf, textOf } from './fields';

const NUMBERS = ['activity_id', 'category_uid', 'class_uid', 'severity_id', 'time', 'type_uid'] as const;

/** All that `readOcsf` looks at. */
const FIELDS = [
  ...NUMBERS,
  ...['version', 'product.name', 'log_name', 'log_source', 'original_event_uid'].map(
    (name) => `metadata.${name}`,
  ),
  ...['organisations', 'form', 'logFile.sha256'].map((name) => `unmapped.${name}`),
];

/**
 * The organisations that an event names as concerned, in `unmapped.organisations` (undefined if it does not say), or its fault.
 * @internal Only tests import it.
 */
export type OcsfReading =
  | { readonly organisations: readonly string[] | undefined }
  | { readonly fault: string };

/**
 * Reads an event: a fault if it lacks what every OCSF event has, or its ids do not agree.
 * @internal Only tests import it.
 */
export function readOcsf(value: unknown): OcsfReading {
  const event = fieldsOf(value);
  const numbers: Partial<Record<(typeof NUMBERS)[number], number>> = {};
  for (const name of NUMBERS) {
    const number = event[name];
    if (typeof number !== 'number' || !Number.isSafeInteger(number))
      return { fault: `is no OCSF event: ${name} is no whole number` };
    numbers[name] = number;
  }
  const { activity_id = 0, category_uid, class_uid = 0, type_uid } = numbers;
  if (type_uid !== class_uid * 100 + activity_id || category_uid !== Math.floor(class_uid / 1000))
    return { fault: 'is no OCSF event: its class, category, activity and type do not agree' };
  const metadata = fieldsOf(event.metadata);
  if (
    typeof metadata.version !== 'string' ||
    !/^1\.\d+\.\d+/.test(metadata.version) ||
    typeof metadata.product !== 'object'
  )
    return { fault: 'is no OCSF event: its metadata lacks version or product' };
  const { organisations, form } = fieldsOf(event.unmapped);
  if (form !== undefined && form !== ENTRY_FORM)
    return {
      fault: `has the form ${JSON.stringify(form)}, which this release does not know: it knows ${ENTRY_FORM}`,
    };
  if (form !== undefined && metadata.log_name === 'CloudTrail' && originOf(event) === undefined)
    return { fault: 'does not say which event of which log file it was made from' };
  if (organisations === undefined) return { organisations };
  if (!isTexts(organisations)) return { fault: 'has unmapped.organisations that are no list of ids' };
  return { organisations };
}

/** The event and the log file that an entry was made from. */
export interface EntryOrigin {
  readonly file: string;
  /** Undefined where the file could not be read to its end. */
  readonly sha256: string | undefined;
  readonly eventId: string;
}

/** What an entry says of where it comes from; undefined for one that comes from no log file, or is of the first form. */
export function originOf(entry: unknown): EntryOrigin | undefined {
  const { metadata, unmapped } = fieldsOf(entry);
  const { log_source, original_event_uid } = fieldsOf(metadata);
  const { sha256 } = fieldsOf(fieldsOf(unmapped).logFile);
  const [file, eventId] = [textOf(log_source), textOf(original_event_uid)];
  if (file === undefined || eventId === undefined) return undefined;
  return { file, eventId, sha256: textOf(sha256) };
}

/** What the entries are, for the verifier of bundles, whose threads load it from this file. */
export const entryFormat = {
  name: 'OCSF events',
  fields: FIELDS,
  read: readOcsf,
  get module(): string {
    return __filename;
  },
} as const;

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
