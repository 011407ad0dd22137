/** Checks a Parquet file: its schema first, then its rows, one row group after the other. */
import type { ContractPlan } from '../../wire/contracts';
import { CheckError, RoomError } from '../errors';
import { Findings } from '../findings';
import { canPause } from '../pausing';
import type { Checked, CheckOptions, Source } from '../port';
import { RowRules } from '../rules/row-rules';
import { readStanding, writeStanding } from '../standing';
import { columnReader } from './column-reader';
import { AT_SCHEMA, type FileColumn, fileColumns } from './columns';
import { type Decoders, decoders as loadDecoders } from './decoders';
import { ParquetError } from './fault';
import { type Footer, readFooter } from './footer';
import { ParquetRow } from './parquet-row';
import { type ColumnReader, readRowGroup } from './row-groups';
import { columnsOf } from './schema';
import { wantedColumns } from './wanted';

/** Checks a Parquet file. @see checkFile */
export async function checkParquet(
  plan: ContractPlan,
  source: Source,
  options: CheckOptions,
): Promise<Checked> {
  const slice = source.slice?.bind(source);
  const { bytes } = source;
  if (!slice || bytes === undefined)
    throw new CheckError('a Parquet file is read from its end: give it as a file');
  if (options.pauseWhen && !canPause(plan))
    throw new RoomError('a check that compares all rows cannot pause');
  try {
    return await new ParquetCheck(plan, slice, bytes, await loadDecoders(), options).run();
  } finally {
    await options.spill?.remove();
  }
}

/** One check under way. */
class ParquetCheck {
  readonly #plan: ContractPlan;
  readonly #slice: NonNullable<Source['slice']>;
  readonly #bytes: number;
  readonly #decoders: Decoders;
  readonly #options: CheckOptions;
  readonly #findings: Findings;
  readonly #row: ParquetRow;
  readonly #rules: RowRules;
  #rows = 0;

  constructor(
    plan: ContractPlan,
    slice: NonNullable<Source['slice']>,
    bytes: number,
    decoders: Decoders,
    options: CheckOptions,
  ) {
    this.#plan = plan;
    this.#slice = slice;
    this.#bytes = bytes;
    this.#decoders = decoders;
    this.#options = options;
    this.#findings = new Findings(plan, 'parquet');
    this.#row = new ParquetRow(plan.columns.length);
    this.#rules = new RowRules(plan, this.#findings, Int32Array.from(plan.columns.keys()), options);
  }

  async run(): Promise<Checked> {
    const findings = this.#findings;
    const readersOf = this.#readers();
    if (this.#bytes > this.#options.largest) {
      findings.broke(findings.form('too-large'), AT_SCHEMA);
      return this.#left();
    }
    try {
      const footer = await readFooter(this.#slice, this.#bytes, this.#decoders);
      findings.groupsAt(beginnings(footer.groups));
      const columns = fileColumns(this.#plan, columnsOf(footer.elements), findings);
      if (!columns) return this.#left();
      return await this.#groups(footer, columns, readersOf(columns));
    } catch (error) {
      if (!(error instanceof ParquetError)) throw error;
      findings.broke(findings.form(error.fault), { ...AT_SCHEMA, row: this.#rows });
      findings.because(error.fault, error.reason);
      return this.#left();
    }
  }

  /** Names every rule, so that those of a file that cannot be read are told as not asked. */
  #readers(): (columns: readonly FileColumn[]) => readonly ColumnReader[] {
    const wanted = wantedColumns(this.#plan);
    const findings = this.#findings;
    const encoding = findings.form('encoding');
    const made = this.#plan.columns.map((planned, number) =>
      columnReader(number, planned, {
        findings,
        gss: this.#options.gss,
        row: this.#row,
        encoding,
        wanted: wanted.has(number),
      }),
    );
    return (columns) =>
      columns.map((column) => {
        const reader = made[column.number];
        if (!reader) throw new RangeError('a column has no reader');
        reader.part = column.part;
        return reader;
      });
  }

  async #groups(
    { groups }: Footer,
    columns: readonly FileColumn[],
    readers: readonly ColumnReader[],
  ): Promise<Checked> {
    const { signal, progress, pauseWhen, from } = this.#options;
    const row = this.#row;
    const rules = this.#rules;
    const isOfType = (column: number) => row.isOfType(column);
    const context = { slice: this.#slice, decoders: this.#decoders, columns, readers };
    const each = () => {
      row.begin(++this.#rows);
      for (const reader of readers) reader.read();
      rules.row(row, isOfType);
    };
    const between = async () => {
      signal?.throwIfAborted();
      if (rules.full) await rules.drain();
    };
    for (let group = from === undefined ? 0 : this.#resume(from); group < groups.length; group++) {
      const at = groups[group];
      if (!at) break;
      await readRowGroup(at, context, each, between);
      progress?.(Math.max(0, ...at.chunks.map(({ end }) => end)));
      if (group + 1 < groups.length && pauseWhen?.()) return this.#pause(group + 1);
    }
    await rules.finish(this.#rows);
    return this.#done(true);
  }

  #pause(next: number): Checked {
    if (!canPause(this.#plan))
      throw new RoomError('a check of keys or references cannot pause: it has to end in one run');
    const checkpoint = writeStanding('parquet', this.#plan, {
      next,
      rows: this.#rows,
      broken: 0,
      findings: this.#findings.keep(),
      counts: this.#rules.keep(),
    });
    return { kind: 'paused', checkpoint };
  }

  /** Goes on from a checkpoint. @returns the number of the next row group */
  #resume(checkpoint: string): number {
    const { next, rows, findings, counts } = readStanding('parquet', this.#plan, checkpoint);
    this.#rows = rows;
    this.#findings.resume(findings);
    this.#rules.resume(counts);
    return next;
  }

  /** The outcome where not every row could be read. */
  #left(): Checked {
    this.#rules.leaveUnasked(this.#plan);
    return this.#done(false);
  }

  #done(complete: boolean): Checked {
    return {
      kind: 'done',
      outcome: this.#findings.outcome({ complete, rows: this.#rows, bytes: this.#bytes }),
    };
  }
}

/** The row with which each row group begins, from 1. */
function beginnings(groups: Footer['groups']): number[] {
  let next = 1;
  return groups.map(({ rows }) => {
    const first = next;
    next += rows;
    return first;
  });
}
