/**
 * An entry on its way into the ledger, as it stands in the table `concordat-staging`: the transfer audit writes it, the
 * sealer reads it. What an entry says is opaque here.
 */
import * as z from 'zod/mini';
import { text } from './forms';
import { fitsTogether, type Kind, pathOf, type Read, readValue, valueAt, WireError } from './read';
import { spreadValue } from './spread';

/** How the values of the partition key begin of the index of entries that no published checkpoint holds yet. */
export const UNSEALED = 'unsealed';
/** The most bytes of an entry: its length is a uint16 in the ledger. @see https://c2sp.org/tlog-tiles */
export const MOST_ENTRY_BYTES = 65_535;

/** An account, as the audit writes it, or a handle of the register, as `organisationId` there says. */
const organisation = text(
  /^(?:\d{12}|(?=.{1,24}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/,
  'the account or the id of an organisation',
);
/** Without the space, so that ids sort alike in every language, and a log line of them is one line. */
const eventId = text(/^[!-~]{1,256}$/, '1 to 256 printable ASCII characters without spaces');

const stagedEntrySchema = z
  .strictObject({
    /** What makes it unique: CloudTrail’s event id, or one derived from a transfer. */
    eventId,
    /** RFC 8785 canonical JSON of one OCSF event, 1 to 65,535 bytes. */
    entry: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes'),
    /** The organisations that get a receipt, by their accounts (or ids), sorted, each once. */
    organisations: z.array(organisation),
    /** When it was staged: RFC 3339, UTC, milliseconds. */
    stagedAt: z.stringFormat('timestamp', isTimestamp, 'a moment like 2026-12-01T09:00:00.000Z'),
  })
  .check(
    fitsTogether(({ entry, organisations }, tell) => {
      if (entry.length < 1 || entry.length > MOST_ENTRY_BYTES)
        tell(['entry'], `has ${entry.length} bytes: it must have 1 to ${MOST_ENTRY_BYTES}`);
      if (organisations.some((id, index) => index > 0 && (organisations[index - 1] ?? '') >= id))
        tell(['organisations'], 'must be sorted, each named once');
    }),
  );

/** An entry that is to be sealed. */
export type StagedEntry = Read<typeof stagedEntrySchema>;

/** The item of an entry that is not sealed, with DynamoDB’s types. Write it with `attribute_not_exists(eventId)`. */
export interface StagedItem {
  readonly eventId: { readonly S: string };
  readonly entry: { readonly B: Uint8Array };
  /** A set in DynamoDB is never empty, so it is left out instead. */
  readonly organisations?: { readonly SS: string[] };
  readonly stagedAt: { readonly S: string };
  readonly unsealed: { readonly S: string };
  readonly arrival: { readonly S: string };
}

/** An entry, or an item of the table, is not what it must be. */
class StagedEntryError extends WireError {
  override readonly name = 'StagedEntryError';
}

const KIND: Kind<typeof stagedEntrySchema> = {
  schema: stagedEntrySchema,
  name: 'an entry',
  error: StagedEntryError,
  fix: () => 'An entry that is not in order is not sealed',
  place: (path, value) => `entry '${String(valueAt(value, ['eventId'])).slice(0, 100)}': ${pathOf(path)}`,
};

/** Sorts by time of staging; the id makes it unique. @internal Only tests import it. */
export function arrivalOf({ stagedAt, eventId }: Pick<StagedEntry, 'stagedAt' | 'eventId'>): string {
  return `${stagedAt}#${eventId}`;
}

/** Checks an entry. @throws StagedEntryError that names the entry and what is wrong with it */
export function checkStagedEntry(staged: unknown): StagedEntry {
  return readValue(KIND, staged);
}

/** The item to put for an entry. @throws StagedEntryError if the entry is not in order */
export function stagedItem(staged: StagedEntry): StagedItem {
  const { eventId, entry, organisations, stagedAt } = checkStagedEntry(staged);
  return {
    eventId: { S: eventId },
    entry: { B: entry },
    ...(organisations.length > 0 && { organisations: { SS: [...organisations] } }),
    stagedAt: { S: stagedAt },
    unsealed: { S: spreadValue(UNSEALED, eventId) },
    arrival: { S: arrivalOf(staged) },
  };
}

/** An item, as far as it is read. */
type ReadableItem = Readonly<
  Record<
    string,
    { readonly S?: string; readonly B?: Uint8Array; readonly SS?: readonly string[] } | undefined
  >
>;

/** Reads an item back, sealed or not. @throws StagedEntryError if it is not in order */
export function readStagedItem(item: ReadableItem): StagedEntry {
  return checkStagedEntry({
    eventId: item.eventId?.S,
    entry: item.entry?.B,
    organisations: [...(item.organisations?.SS ?? [])].sort(),
    stagedAt: item.stagedAt?.S,
  });
}

function isTimestamp(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}
