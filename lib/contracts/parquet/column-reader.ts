/** Reads one column of the plan, value by value, into a row. */
import type { PlannedColumn } from '../../wire/contracts';
import type { Findings } from '../findings';
import type { GssLookup } from '../gss-lookup';
import { type NestedContext, nestedValue } from '../json-lines/nested';
import { Pending } from '../json-lines/pending';
import { columnShape, type ScalarShape, type Shape } from '../json-lines/shape';
import type { LeafReader } from './leaf-reader';
import { NestedText, type Part } from './nested-text';
import type { ParquetRow } from './parquet-row';
import type { ColumnReader } from './row-groups';

/** What an entry of a dictionary came to, once it was asked. */
const HOLDS = 1;
const BREAKS = 2;
const NOT_TEXT = 3;

/** What rows of a column are told to. */
export interface ColumnContext {
  readonly findings: Findings;
  readonly gss: GssLookup | undefined;
  readonly row: ParquetRow;
  readonly encoding: number;
  /** Whether a rule of rows needs the value itself. */
  readonly wanted: boolean;
}

/** A reader of a column. @param number of the column in the plan */
export function columnReader(number: number, planned: PlannedColumn, context: ColumnContext): ColumnReader {
  const shape = columnShape(planned, context);
  return shape.kind === 'scalar'
    ? new FlatColumn(number, planned, context, shape)
    : new NestedColumn(number, planned, context, shape);
}

/** A column of single values. */
class FlatColumn implements ColumnReader {
  leaves: readonly LeafReader[] = [];
  part: Part | undefined;
  readonly #number: number;
  readonly #shape: ScalarShape;
  readonly #required: number;
  readonly #context: ColumnContext;

  constructor(number: number, planned: PlannedColumn, context: ColumnContext, shape: ScalarShape) {
    this.#number = number;
    this.#shape = shape;
    this.#context = context;
    this.#required = planned.required ? context.findings.rule(planned.required.rule) : -1;
  }

  read(): void {
    const leaf = this.leaves[0];
    if (!leaf) return;
    if (leaf.defined < leaf.node.defined) this.#none();
    else {
      const entry = leaf.entry;
      const known = entry < 0 ? 0 : (leaf.verdicts[entry] ?? 0);
      if (known === HOLDS && !this.#context.wanted) this.#context.row.mark(this.#number);
      else this.#some(leaf, entry, known);
    }
    leaf.pass();
    leaf.rowRead();
  }

  #none(): void {
    const { row, findings } = this.#context;
    row.clear(this.#number);
    if (this.#required >= 0) findings.broke(this.#required, row.spot(this.#number));
  }

  #some(leaf: LeafReader, entry: number, known: number): void {
    const { row, findings, encoding, wanted } = this.#context;
    const text = leaf.text;
    const { bytes, from, to } = text;
    if (from === to) {
      this.#none();
      return;
    }
    let verdict = known;
    if (verdict === 0) {
      verdict = !text.isText ? NOT_TEXT : this.#shape.rules.holds(bytes, from, to) ? HOLDS : BREAKS;
      if (entry >= 0) leaf.verdicts[entry] = verdict;
    }
    if (wanted) row.put(this.#number, bytes, from, to);
    else row.mark(this.#number);
    if (verdict === HOLDS) return;
    if (verdict === NOT_TEXT) findings.broke(encoding, row.spot(this.#number));
    else {
      const { rules, typeRule } = this.#shape;
      for (const rule of rules.broken(bytes, from, to)) {
        if (rule === typeRule) row.isWrong(this.#number);
        findings.broke(rule, row.spot(this.#number));
      }
    }
  }
}

/** A column of objects or lists. */
class NestedColumn implements ColumnReader {
  leaves: readonly LeafReader[] = [];
  part: Part | undefined;
  readonly #number: number;
  readonly #shape: Shape;
  readonly #required: number;
  readonly #context: ColumnContext;
  readonly #text = new NestedText();
  readonly #nested: NestedContext;

  constructor(number: number, planned: PlannedColumn, context: ColumnContext, shape: Shape) {
    this.#number = number;
    this.#shape = shape;
    this.#context = context;
    this.#required = planned.required ? context.findings.rule(planned.required.rule) : -1;
    this.#nested = {
      pending: new Pending(),
      unknownMember: context.findings.form('unknown-column'),
      column: number,
      scratch: new Uint8Array(0),
    };
  }

  read(): void {
    const { part } = this;
    const number = this.#number;
    const { row, findings } = this.#context;
    const text = this.#text;
    text.length = 0;
    if (part) text.write(part, this.leaves);
    for (const leaf of this.leaves) leaf.rowRead();
    const { bytes, length } = text;
    bytes[length] = 0x0a;
    if (bytes[0] === 0x6e) {
      row.clear(number);
      if (this.#required >= 0) findings.broke(this.#required, row.spot(number));
      return;
    }
    row.put(number, bytes, 0, length);
    if (this.#nested.scratch.length < length) this.#nested.scratch = new Uint8Array(2 * length);
    nestedValue(bytes, 0, this.#shape, this.#nested, 1);
    if (!this.#nested.pending.some) return;
    this.#nested.pending.each((rule) => findings.broke(rule, row.spot(number)));
    this.#nested.pending.clear();
  }
}
