/** Takes the rows of a CSV file: asks of each what its contract asks, and says in the findings where what is broken. */
import type { ContractPlan, FormFault } from '../../wire/contracts';
import { PlanError } from '../errors';
import type { Findings } from '../findings';
import type { CheckOptions } from '../port';
import type { Row } from '../rules/row';
import { RowRules } from '../rules/row-rules';
import { rulesIn } from '../rules/rules-of-column';
import { type Ask, type ScalarColumn, type ValueRules, valueRules } from '../rules/value-rules';
import type { Columns, LineEnd } from './header';
import type { Input } from './input';
import { type RowsTaken, Scanner } from './scanner';
import { type FieldForm, rowsOf, tablesOf } from './tables';

/** The most rows of the table of all columns: some megabytes. A column that does not fit is asked value by value. */
const MOST_TABLE_ROWS = 30_000;
const LF = 10;
/** What ends a check in a field that is told beside the row. */
const IN_A_FIELD: ReadonlySet<FormFault> = new Set(['quoting', 'unclosed-quote']);

/** A column of the contract, and its rules. */
interface RuledColumn {
  readonly number: number;
  readonly required: number | undefined;
  readonly type: number;
  readonly rules: ValueRules;
}

/** What is still asked of a field once its automaton has taken it. */
interface Asked {
  readonly field: number;
  readonly ask: Ask;
}

/** The rules of all columns, in the order of the plan, so that they have the same numbers in every run. */
export function columnRules(
  plan: ContractPlan,
  findings: Findings,
  gss: CheckOptions['gss'],
): readonly RuledColumn[] {
  return plan.columns.map((column, number) => {
    const { type, required, name } = column;
    if (type.kind === 'object' || type.kind === 'list')
      throw new PlanError(`column ${name} has values with parts, which CSV does not have`);
    const scalar: ScalarColumn = { ...column, type };
    return {
      number,
      rules: valueRules(scalar, findings, gss),
      type: findings.rule(type.rule),
      required: required && findings.rule(required.rule),
    };
  });
}

/** The rows of one file, from the first or from a checkpoint on. */
export class Rows implements RowsTaken, Row {
  readonly scanner: Scanner;
  readonly rules: RowRules;
  /** Rows so far. */
  number = 0;
  /** The line of text of the row that is read, or of the next. */
  line = 1;
  /** Whether a row was left out of the rules. */
  skipped = false;
  /** Where in the file nothing could be read any more. */
  stoppedAt: number | undefined;

  readonly #findings: Findings;
  readonly #input: Input;
  readonly #slots: Int32Array;
  readonly #columnOf: (RuledColumn | undefined)[];
  readonly #after: readonly Asked[];
  /** The last row in which each field was broken by its automaton, and in which it was not even of its type. */
  readonly #broken: Float64Array;
  readonly #untyped: Float64Array;
  readonly #isTyped = (column: number) => this.#untyped[this.#slots[column] ?? -1] !== this.number;

  constructor(
    plan: ContractPlan,
    columns: readonly RuledColumn[],
    findings: Findings,
    { slots, fields, lineEnd }: Columns & { readonly lineEnd: LineEnd | undefined },
    input: Input,
    options: CheckOptions,
  ) {
    this.#findings = findings;
    this.#input = input;
    this.#slots = slots;
    findings.columnsAt(slots);
    this.#columnOf = Array.from({ length: fields });
    columns.forEach((column, n) => {
      const slot = slots[n] ?? -1;
      if (slot >= 0) this.#columnOf[slot] = column;
      else for (const rule of rulesIn(plan.columns[n])) findings.unasked(findings.rule(rule));
    });
    this.rules = new RowRules(plan, findings, slots, options);
    const { forms, after } = formsOf(this.#columnOf);
    this.#after = after;
    this.#broken = new Float64Array(fields).fill(-1);
    this.#untyped = new Float64Array(fields).fill(-1);
    const required = Uint8Array.from(forms, (form) => (form.required ? 1 : 0));
    this.scanner = new Scanner(tablesOf(forms), required, lineEnd, this, input.bytes);
  }

  get bytes(): Uint8Array {
    return this.scanner.bytes;
  }

  get from(): Int32Array {
    return this.scanner.from;
  }

  get to(): Int32Array {
    return this.scanner.to;
  }

  /** Reads what rows there are in the window, and lets go of them. @returns whether there was one */
  read(final: boolean): boolean {
    const input = this.#input;
    this.scanner.bytes = input.bytes;
    const rest = this.scanner.scan(0, input.length, final);
    if (rest < 0) return true;
    input.drop(rest);
    return rest > 0;
  }

  row(): void {
    this.number++;
    const { scanner } = this;
    const { bytes, from, to } = scanner;
    if (scanner.invalid.length > 0) this.#tellInvalid();
    if (scanner.refusedCount > 0)
      for (let n = 0; n < scanner.refusedCount; n++) this.#explain(scanner.refused[n] ?? 0);
    for (const { field, ask } of this.#after) {
      const [begin = 0, end = 0] = [from[field], to[field]];
      if (end > begin && this.#broken[field] !== this.number && !ask(bytes, begin, end)) this.#explain(field);
    }
    if (this.rules.any) this.rules.row(this, this.#isTyped);
    this.line += 1 + scanner.rowLineFeeds;
  }

  ragged(): void {
    this.number++;
    this.skipped = true;
    this.#tellInvalid();
    this.#findings.broke(this.#findings.form('field-count'), this.#spot(-1, this.scanner.rowAt));
    this.line += 1 + this.scanner.rowLineFeeds;
  }

  lineEnd(): void {
    const at = this.#spot(-1, this.scanner.rowAt);
    this.#findings.broke(this.#findings.form('line-ends'), { ...at, row: this.number + 1 });
  }

  stop(fault: FormFault, at: number, field: number): void {
    this.stoppedAt = this.#input.base + at;
    const spot = this.#spot(IN_A_FIELD.has(fault) ? field : -1, at);
    this.#findings.broke(this.#findings.form(fault), { ...spot, row: this.number + 1 });
  }

  lineOf(column: number): number {
    return this.#lineAt(this.#placeOf(column));
  }

  byteOf(column: number): number {
    return this.#input.base + this.#placeOf(column);
  }

  #placeOf(column: number): number {
    const slot = this.#slots[column] ?? -1;
    return slot < 0 ? this.scanner.rowAt : this.scanner.placeOf(slot);
  }

  /** The ends of lines within the row’s quotes are counted when somebody asks. */
  #lineAt(place: number): number {
    const { rowAt, rowLineFeeds } = this.scanner;
    if (rowLineFeeds === 0) return this.line;
    let line = this.line;
    for (let at = rowAt; at < place; at++) if (this.bytes[at] === LF) line++;
    return line;
  }

  #spot(field: number, place: number) {
    const column = this.#columnOf[field]?.number ?? -1;
    const at = { row: this.number, column, field: field < 0 ? -1 : field + 1 };
    return { ...at, line: this.#lineAt(place), byte: this.#input.base + place };
  }

  #tellInvalid(): void {
    const { invalid } = this.scanner;
    for (let n = 0; n < invalid.length; n += 2) {
      const [field = 0, at = 0] = [invalid[n], invalid[n + 1]];
      this.skipped = true;
      this.#findings.broke(this.#findings.form('encoding'), this.#spot(field, at));
      this.#broken[field] = this.number;
      this.#untyped[field] = this.number;
    }
  }

  /** Finds which rules a value breaks, by asking each. */
  #explain(field: number): void {
    const { bytes, from, to } = this.scanner;
    const [begin = 0, end = 0] = [from[field], to[field]];
    const column = this.#columnOf[field];
    if (!column) return;
    this.#broken[field] = this.number;
    const spot = this.#spot(field, this.scanner.placeOf(field));
    if (end <= begin) {
      if (column.required !== undefined) this.#findings.broke(column.required, spot);
      return;
    }
    const broken = column.rules.broken(bytes, begin, end);
    if (broken.length === 0) throw new Error(`rules and automaton of column ${column.number} disagree`);
    for (const rule of broken) this.#findings.broke(rule, spot);
    if (broken.includes(column.type)) this.#untyped[field] = this.number;
  }
}

/** What the table of a file holds for each field, and what is left to ask. */
function formsOf(columns: readonly (RuledColumn | undefined)[]): {
  readonly forms: readonly FieldForm[];
  readonly after: readonly Asked[];
} {
  let rows = 0;
  const after: Asked[] = [];
  const forms = columns.map((column, field): FieldForm => {
    const required = column?.required !== undefined;
    if (!column) return { machine: undefined, required };
    const { machine, holds, after: rest } = column.rules;
    const size = rowsOf({ machine, required });
    if (rows + size > MOST_TABLE_ROWS) {
      after.push({ field, ask: holds });
      return { machine: undefined, required };
    }
    rows += size;
    if (rest) after.push({ field, ask: rest });
    return { machine, required };
  });
  return { forms, after };
}
