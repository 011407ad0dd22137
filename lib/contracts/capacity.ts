/** What it takes to check the largest file that an agreement allows, and what one run of the release gate has. */
import type { ContractPlan, FileForm } from '../wire/contracts';
import { canPause, digestsOf } from './pausing';
import { ENTRY_BYTES } from './rules/keys/entries';
import { shortestRow } from './shortest';

/** The most seconds that a function may run (docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html). */
const LONGEST_RUN = 900;
/** Left for starting, for S3 and for the report. */
const RESERVED_SECONDS = 120;
/** Seconds in which one run checks. */
export const RUN_SECONDS = LONGEST_RUN - RESERVED_SECONDS;

/** The most that a function has for digests (docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html), less a tenth. */
export const MOST_SPILL_BYTES = 9_000_000_000;

/**
 * Megabytes of file a second, of a function with one whole processor (1,769 MB of memory), where rules are those of the bench.
 * `npm run bench -- --only contracts` measured 180 to 290 of CSV and 88 of JSON Lines on a shared machine in 2026. These are half
 * of the least, since arm64 was not measured and other contracts have more rules on fewer bytes; a quarter of that for Parquet,
 * whose files unpack to several times their size.
 */
const MEGABYTES_A_SECOND: Readonly<Record<FileForm, number>> = { csv: 90, 'json-lines': 44, parquet: 11 };

/** Rows with keys and references are sorted as well: with one key that was measured at a third to a half of the rate. */
const SLOWER_FOR_EACH_DIGEST = 2;

/** What it takes to check a file. */
export interface CheckNeeds {
  /** Bytes of storage for digests, of a file whose rows are as short as they can be. */
  readonly spillBytes: number;
  /** Seconds of one processor. */
  readonly seconds: number;
  /** Whether the check can be divided between runs. */
  readonly pauses: boolean;
}

/** What it takes to check a file against a contract. @param largest bytes of the file, at least 1 */
export function checkNeeds(plan: ContractPlan, form: FileForm, largest: number): CheckNeeds {
  const digests = digestsOf(plan);
  return {
    spillBytes: digests * ENTRY_BYTES * Math.ceil(largest / shortestRow(plan)),
    seconds: largest / bytesASecond(form, digests),
    pauses: canPause(plan),
  };
}

/** How many bytes of a file are checked in a second, where so many digests of each row are kept. */
function bytesASecond(form: FileForm, digests: number): number {
  return (MEGABYTES_A_SECOND[form] * 1_000_000) / (1 + SLOWER_FOR_EACH_DIGEST * digests);
}

/**
 * How many bytes of a file one run gets through.
 * @internal Only tests import it: they write it into docs/contracts.md.
 * @param digests of each row: one for a key, two for a reference
 */
export function bytesInOneRun(form: FileForm, digests: number): number {
  return RUN_SECONDS * bytesASecond(form, digests);
}

/** How many digests a function has room for, besides those that memory holds. @internal As above. */
export const MOST_DIGESTS = Math.floor(MOST_SPILL_BYTES / ENTRY_BYTES);

/** What a file takes grows with it, so one of this size tells of all. */
const PROBE = 1_000_000_000;

/** The most bytes of a file that the gate checks against a contract to its end: any, where the check can be divided between runs. */
export function mostCheckable(plan: ContractPlan, form: FileForm): number {
  const { pauses, seconds, spillBytes } = checkNeeds(plan, form, PROBE);
  if (pauses) return Number.POSITIVE_INFINITY;
  return PROBE * Math.min(RUN_SECONDS / seconds, MOST_SPILL_BYTES / spillBytes);
}
