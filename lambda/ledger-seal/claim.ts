/**
 * A claim: which entries are the leaves from some index on. It is written before anything else and never changed, so that
 * every sealer that integrates it, however often, comes to the same tree.
 */
import * as z from 'zod/mini';
import { base64, fromBase64, utf8 } from '../../lib/ledger';
import { checkStagedEntry, type StagedEntry } from '../../lib/wire';
import { LedgerDamagedError } from './errors';

const FORMAT = 'concordat-claim/v1';

/** A claim as JSON gives it. What else an entry must be is checked once its bytes are back (`checkStagedEntry`). */
const CLAIM = z.object({
  format: z.literal(FORMAT),
  start: z.number(),
  entries: z.array(z.looseObject({ entry: z.string() })).check(z.minLength(1)),
});

/** Entries in the order of their leaves. */
export interface Claim {
  readonly start: number;
  readonly entries: readonly StagedEntry[];
}

/** The index after a claim’s last leaf. */
export function endOf({ start, entries }: Claim): number {
  return start + entries.length;
}

/** The bytes of a claim: canonical JSON (RFC 8785), since names stand in their order and values are text and whole numbers. */
export function formatClaim({ start, entries }: Claim): Uint8Array {
  const inOrder = entries.map(({ entry, eventId, organisations, stagedAt }) => ({
    entry: base64(entry),
    eventId,
    organisations,
    stagedAt,
  }));
  return Buffer.from(JSON.stringify({ entries: inOrder, format: FORMAT, start }));
}

/** Reads a claim. @throws LedgerDamagedError if it is not whole, or of another start */
export function parseClaim(bytes: Uint8Array, start: number): Claim {
  try {
    const claim = CLAIM.parse(JSON.parse(utf8(bytes, 'the claim')));
    if (claim.start !== start) throw new TypeError(`it starts at ${claim.start}`);
    const entries = claim.entries.map(({ eventId, entry, organisations, stagedAt }) =>
      checkStagedEntry({ eventId, entry: fromBase64(entry, String(eventId)), organisations, stagedAt }),
    );
    return { start, entries };
  } catch (error) {
    throw new LedgerDamagedError(`the claim at ${start} can’t be read`, { cause: error });
  }
}
