/**
 * What the transfer audit keeps in the table `concordat-transfers` for its later runs, as JSON in one attribute: marks of
 * objects, and the versions of the register’s index. A function of another version may have written them.
 */
import * as z from 'zod/mini';
import { handle, instant, sha256, words } from './forms';
import { type Read, readText, WireError } from './read';

const inEveryMark = {
  /** The event’s id; of a deposit, also the id of the transfer. */
  id: words,
  /** UTC to the second, as all times here. */
  time: instant,
};

/** The beginning of a transfer, with the terms of its agreement on that day. */
const depositMarkSchema = z.strictObject({
  ...inEveryMark,
  kind: z.literal('deposited'),
  agreement: handle,
  owner: handle,
  recipients: z.array(handle),
  /** Until when a recipient is to have collected. */
  collectBy: instant,
  version: z.optional(words),
  /** Whether the owner had a release gate by then: before, a clean verdict alone let a deposit be read. */
  gated: z.optional(z.boolean()),
});

/** What happens to it afterwards. */
const laterMarkSchema = z.strictObject({
  ...inEveryMark,
  kind: z.enum(['scanned', 'gated', 'collected', 'recalled', 'restored']),
  /** Who collected. */
  recipient: z.optional(handle),
  /** The verdict; absent where the log does not show it. */
  scan: z.optional(words),
  /** What the release gate decided. */
  decision: z.optional(z.enum(['released', 'rejected'])),
  /** The version that was recalled, where one was named. */
  version: z.optional(words),
  /** The delete marker by which it was recalled, or that was taken away again. */
  marker: z.optional(words),
});

const markSchema = z.discriminatedUnion('kind', [depositMarkSchema, laterMarkSchema]);

/** The versions of the register’s index, each as the audit first saw it. */
const indexVersionsSchema = z.array(
  z.strictObject({
    /** The digest of the register. */
    register: sha256,
    /** SHA-256 of the index file, in hex: its name among the kept indexes. */
    index: sha256,
    /** When it took hold, RFC 3339 in UTC. */
    since: instant,
  }),
);

/** The beginning of a transfer, with the terms of its agreement on that day. */
export type DepositMark = Read<typeof depositMarkSchema>;
/** What happens to a transfer afterwards. */
export type LaterMark = Read<typeof laterMarkSchema>;
/** What is known of an object: one event. */
export type Mark = DepositMark | LaterMark;
/** A version of the register’s index, as the audit first saw it. */
export type IndexVersion = Read<typeof indexVersionsSchema>[number];

/** What the table holds is not what the audit keeps there. @internal Only tests import it. */
export class TransferNoteError extends WireError {
  override readonly name = 'TransferNoteError';
}

/** A mark as the text of its attribute. */
export function markText(mark: Mark): string {
  return JSON.stringify(mark);
}

/**
 * Reads the mark of an object.
 * @param text undefined where the item has no such attribute
 * @throws TransferNoteError that names the item
 */
export function parseMark(text: string | undefined, item: string): Mark {
  return readText({ ...kindOf(`the mark of ${item}`), schema: markSchema }, text ?? 'null');
}

/** The versions of the index as the text of their attribute. */
export function indexVersionsText(versions: readonly IndexVersion[]): string {
  return JSON.stringify(versions);
}

/** Reads the versions of the index. @throws TransferNoteError */
export function parseIndexVersions(text: string): readonly IndexVersion[] {
  return readText({ ...kindOf('the history of the register'), schema: indexVersionsSchema }, text);
}

function kindOf(name: string) {
  return {
    name,
    error: TransferNoteError,
    fix: () => 'Restore the table concordat-transfers to a moment at which it was in order',
  };
}
