/** What one run of a Lambda function can check, by which an agreement’s largest object is limited at synthesis. */
import type { ContractPlan } from '../wire/contracts';
import { ENTRY_BYTES } from './rules/keys/entries';
import { canPause } from './rules/row-rules';

/** The most that a function may run (docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html). */
const RUN_SECONDS = 900;
/** Left for starting, for S3 and for the report. */
const RESERVED_SECONDS = 120;

/**
 * Megabytes a second of CSV, of a function with one whole processor (1,769 MB of memory), where rules are those of the bench.
 * `npm run bench` measured 180 to 290 on a shared machine of 2026; this is half of the least, since arm64 was not measured, and
 * contracts with more rules on fewer bytes take longer.
 */
export const CSV_MEGABYTES_A_SECOND = 90;

/** As many bytes of CSV as one run of the gate checks: 70 GB. What can pause goes on in another run. */
export const CSV_BYTES_OF_ONE_RUN = (RUN_SECONDS - RESERVED_SECONDS) * CSV_MEGABYTES_A_SECOND * 1_000_000;

/**
 * Rows with keys and references are sorted as well: that was measured at a third of the rate for each key.
 */
const SLOWER_FOR_EACH_KEY = 2;

/** What it takes to check the largest file that an agreement allows. */
export interface CheckNeeds {
  /** Bytes of ephemeral storage for digests, of a file whose rows are as short as they can be. */
  readonly spillBytes: number;
  /** Seconds of one processor. */
  readonly seconds: number;
  /** Whether the check can be divided between runs. */
  readonly pauses: boolean;
  /** The most bytes of a file that one run gets through. */
  readonly bytesOfOneRun: number;
}

/** What it takes to check a file of CSV against a contract. @param largest bytes, unpacked */
export function csvNeeds(plan: ContractPlan, largest: number): CheckNeeds {
  const duplicates = plan.metrics.filter(({ what }) => what.metric === 'duplicateValues').length;
  // A reference keeps a digest of each of two columns.
  const digests = plan.unique.length + duplicates + 2 * plan.references.length;
  const slower = 1 + SLOWER_FOR_EACH_KEY * digests;
  return {
    spillBytes: digests * ENTRY_BYTES * Math.ceil(largest / shortestRow(plan)),
    seconds: (largest / 1_000_000 / CSV_MEGABYTES_A_SECOND) * slower,
    pauses: canPause(plan),
    bytesOfOneRun: Math.floor(CSV_BYTES_OF_ONE_RUN / slower),
  };
}

/** A comma or the end of the line for each column, and a character for each that has to have a value. */
function shortestRow({ columns }: ContractPlan): number {
  return columns.length + columns.filter(({ required }) => required !== undefined).length;
}
