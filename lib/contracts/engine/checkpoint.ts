/** Where a check of CSV stands, as text that another run goes on from. It holds no value of the file. */
import type { ContractPlan } from '../../wire/contracts';
import { CheckpointError } from '../errors';
import type { KeptFindings } from '../findings';
import { packed, unpacked } from '../packed-checkpoint';
import type { KeptRows } from '../rules/row-rules';
import type { LineEnd } from './header';

const FORM = 'concordat-csv-checkpoint/v1';

/** Where a check stands: at the beginning of a row. */
export interface Standing {
  /** In the file as it was unpacked. */
  readonly offset: number;
  /** Rows so far. */
  readonly rows: number;
  /** The line of text of the next. */
  readonly line: number;
  readonly lineEnd: LineEnd | undefined;
  /** Fields of each row, and which of them each column of the plan is; -1 for none. */
  readonly fields: number;
  readonly slots: readonly number[];
  /** Whether rows were left out. */
  readonly skipped: boolean;
  readonly findings: KeptFindings;
  readonly counts: KeptRows;
}

/** Slots of the same order as the plan, which is what most files have, are left out. */
type Written = Omit<Standing, 'slots'> & { form: string; contract: string; slots?: readonly number[] };

/** Writes a checkpoint. */
export function writeCheckpoint(plan: ContractPlan, standing: Standing): string {
  const { slots, ...rest } = standing;
  const plain = slots.every((slot, n) => slot === n);
  const written: Written = {
    form: FORM,
    contract: plan.contract.digest,
    ...rest,
    ...(!plain && { slots }),
  };
  return packed(written);
}

/** Reads a checkpoint. @throws CheckpointError for one that is damaged, of another contract or another version */
export function readCheckpoint(plan: ContractPlan, text: string): Standing {
  const value = unpacked(text);
  if (!isWritten(value)) throw new CheckpointError('the checkpoint is of another version, or damaged');
  if (value.contract !== plan.contract.digest)
    throw new CheckpointError('the checkpoint is of another contract, or another version of it');
  const { form: _, contract: __, slots = plan.columns.map((_column, n) => n), ...rest } = value;
  if (slots.length !== plan.columns.length || slots.some((slot) => slot < -1 || slot >= rest.fields))
    throw new CheckpointError('the checkpoint names columns that the contract does not have');
  return { ...rest, slots };
}

function isWritten(value: unknown): value is Written {
  if (typeof value !== 'object' || value === null) return false;
  const has = value as Partial<Written>;
  const whole = [has.offset, has.rows, has.line, has.fields];
  return (
    has.form === FORM &&
    whole.every((each) => Number.isSafeInteger(each) && (each ?? -1) >= 0) &&
    (has.lineEnd === undefined || has.lineEnd === 'lf' || has.lineEnd === 'crlf') &&
    typeof has.skipped === 'boolean' &&
    (has.slots === undefined || areWhole(has.slots)) &&
    areWhole(has.counts?.counts) &&
    Array.isArray(has.findings?.kept) &&
    has.findings.kept.every(
      (each) =>
        Array.isArray(each) &&
        each.length === 3 &&
        areWhole(each.slice(0, 2)) &&
        areWhole(each[2]) &&
        each[2].length % 5 === 0,
    )
  );
}

function areWhole(values: unknown): values is number[] {
  return Array.isArray(values) && values.every((each) => Number.isSafeInteger(each));
}
