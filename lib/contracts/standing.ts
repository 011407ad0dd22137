/** Where a check of JSON Lines or Parquet stands, as text that another run goes on from. It holds no value of the file. */
import type { ContractPlan } from '../wire/contracts';
import { CheckpointError } from './errors';
import type { KeptFindings } from './findings';
import { packed, unpacked } from './packed-checkpoint';
import type { KeptRows } from './rules/row-rules';

/** Where a check stands: at the beginning of a line, or of a row group. */
export interface Standing {
  /** The first byte, or the row group, that is next. */
  readonly next: number;
  /** Rows so far. */
  readonly rows: number;
  /** How many of them could not be read. */
  readonly broken: number;
  readonly findings: KeptFindings;
  readonly counts: KeptRows;
}

type Written = Standing & { readonly form: string; readonly contract: string };

const formOf = (format: string) => `concordat-${format}-checkpoint/v1`;

/** Writes a checkpoint. @throws CheckpointError where it is larger than what is kept */
export function writeStanding(
  format: 'json-lines' | 'parquet',
  plan: ContractPlan,
  standing: Standing,
): string {
  const written: Written = { form: formOf(format), contract: plan.contract.digest, ...standing };
  return packed(written);
}

/** Reads a checkpoint. @throws CheckpointError for one that is damaged, of another contract or another version */
export function readStanding(format: 'json-lines' | 'parquet', plan: ContractPlan, text: string): Standing {
  const value = unpacked(text);
  if (!isWritten(value) || value.form !== formOf(format))
    throw new CheckpointError('the checkpoint is of another version, or damaged');
  if (value.contract !== plan.contract.digest)
    throw new CheckpointError('the checkpoint is of another contract, or another version of it');
  return value;
}

function isWritten(value: unknown): value is Written {
  if (typeof value !== 'object' || value === null) return false;
  const has = value as Partial<Written>;
  return (
    areCounts([has.next, has.rows, has.broken]) &&
    areCounts(has.counts?.counts) &&
    Array.isArray(has.findings?.kept) &&
    has.findings.kept.every(
      (each) =>
        Array.isArray(each) &&
        each.length === 3 &&
        areCounts(each.slice(0, 2)) &&
        Array.isArray(each[2]) &&
        each[2].every((number) => Number.isSafeInteger(number)) &&
        each[2].length % 5 === 0,
    )
  );
}

function areCounts(values: unknown): boolean {
  return Array.isArray(values) && values.every((each) => Number.isSafeInteger(each) && each >= 0);
}
