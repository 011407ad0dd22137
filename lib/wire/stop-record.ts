/**
 * What the grant broker writes down of an order, before it acts on it: one text for each order, never changed afterwards. It
 * is read at every run, so that a stop holds until it is lifted, whatever is deployed meanwhile.
 */
import * as z from 'zod/mini';
import { text, words } from './forms';
import { type Kind, type Read, readText } from './read';
import { sharePattern } from './share';

/** The form of a record; a broker takes no other. */
export const STOP_RECORD_FORM = 'concordat-stop/v1';

const stopRecordSchema = z.strictObject({
  form: z.literal(STOP_RECORD_FORM),
  order: z.enum(['stop', 'lift', 'end-sessions']),
  /** The shares or patterns of them; none where sessions are ended. */
  shares: z.array(sharePattern),
  /** When the broker was asked. */
  at: text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'a moment like 2026-12-01T09:00:00.000Z'),
  /** The id of Lambda’s request. CloudTrail has the same one, with who asked. */
  request: words,
  /** As the caller gave it. */
  why: z.optional(words),
});

/** One order, as it is written down. */
export type StopRecord = Read<typeof stopRecordSchema>;

const KIND: Kind<typeof stopRecordSchema> = {
  schema: stopRecordSchema,
  name: 'the record of a stop',
  fix: () => 'It was changed by somebody other than the grant broker: look in CloudTrail who wrote it',
};

/** Reads one. @throws WireError where it is of another form */
export function readStopRecord(given: string): StopRecord {
  return readText(KIND, given);
}
