/** Checks one file against one contract, whatever its format. */
import type { ContractPlan, FileForm } from '../wire/contracts';
import { checkCsv } from './engine/check-csv';
import { checkJsonLines } from './json-lines/check-json-lines';
import { checkParquet } from './parquet/check-parquet';
import type { Checked, CheckOptions, Engine, Source } from './port';

/** What reads each format. */
const ENGINES: Readonly<Record<FileForm, Engine>> = {
  csv: checkCsv,
  'json-lines': checkJsonLines,
  parquet: checkParquet,
};

/**
 * Reads a file once, as it streams past, and holds it against its contract.
 * @param source the file’s bytes, unpacked
 * @returns the outcome, or a checkpoint where it was asked to pause
 * @throws CheckpointError if `options.from` is not of this contract; RoomError if memory does not hold what it takes, or a
 *   check that cannot pause is asked to; PlanError for a plan that this engine cannot carry out; what the source throws
 */
export async function checkFile(
  plan: ContractPlan,
  format: FileForm,
  source: Source,
  options: CheckOptions,
): Promise<Checked> {
  return await ENGINES[format](plan, source, options);
}
