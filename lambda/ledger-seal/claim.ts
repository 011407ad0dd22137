/**
 * A claim: which entries are the leaves from some index on. It is written before anything else and never changed, so that
 * every sealer that integrates it, however often, comes to the same tree.
 */
import canonicalize from 'canonicalize';
import { base64, fromBase64, utf8 } from '../../lib/ledger';
import { checkStagedEntry, type StagedEntry } from '../../lib/wire';
import { LedgerDamagedError } from './errors';

const FORMAT = 'concordat-claim/v1';

/** Entries in the order of their leaves. */
export interface Claim {
  readonly start: number;
  readonly entries: readonly StagedEntry[];
}

/** The index after a claim’s last leaf. */
export function endOf({ start, entries }: Claim): number {
  return start + entries.length;
}

/** The bytes of a claim. */
export function formatClaim({ start, entries }: Claim): Uint8Array {
  const text = canonicalize({
    format: FORMAT,
    start,
    entries: entries.map((each) => ({ ...each, entry: base64(each.entry) })),
  });
  if (text === undefined) throw new TypeError('a claim has no canonical form');
  return Buffer.from(text);
}

/** Reads a claim. @throws LedgerDamagedError if it is not whole, or of another start */
export function parseClaim(bytes: Uint8Array, start: number): Claim {
  try {
    const claim = JSON.parse(utf8(bytes, 'the claim')) as {
      format: unknown;
      start: unknown;
      entries: (Omit<StagedEntry, 'entry'> & { entry: string })[];
    };
    if (claim.format !== FORMAT || claim.start !== start || claim.entries.length === 0)
      throw new TypeError('it is of another form or start, or empty');
    const entries = claim.entries.map(({ eventId, entry, organisations, stagedAt }) =>
      checkStagedEntry({ eventId, organisations, stagedAt, entry: fromBase64(entry, eventId) }),
    );
    return { start, entries };
  } catch (error) {
    throw new LedgerDamagedError(`the claim at ${start} can’t be read`, { cause: error });
  }
}
