/** All that is asked of whole rows and of the whole file: comparisons, keys, references and metrics, for every format. */
import { randomBytes } from 'node:crypto';
import type { ContractPlan, PlannedComparison, PlannedMetric, ScalarType } from '../../wire/contracts';
import type { Findings } from '../findings';
import { gssLookup } from '../gss/lookup';
import type { GssLookup } from '../gss-lookup';
import type { CheckOptions } from '../port';
import { textOf, wasInUse, withCodes } from './gss-codes';
import { type Recurrence, Recurrences } from './keys/recurrence';
import { RunNumbers } from './keys/runs';
import { SipHash } from './keys/sip-hash';
import { machineOf, matches } from './machine/machine';
import { type Compare, orderOf } from './order/order';
import type { Row, Slots } from './row';
import { isTooMuch, keeps, told } from './threshold';
import { type Ask, listRule } from './value-rules';

/** The memory for digests where nothing else is said. */
const DEFAULT_MEMORY = 64_000_000;

/** Asks a row, and says in the findings what it breaks. */
type AskRow = (row: Row, asked: (column: number) => boolean) => void;

/** A metric that counts values of rows. */
interface Counted {
  readonly metric: PlannedMetric;
  readonly rule: number;
  /** Whether a row counts; nothing where it is worked out in the end. */
  readonly counts: ((row: Row) => boolean) | undefined;
  readonly recurrences: Recurrences | undefined;
  count: number;
}

/** What of these rules a checkpoint holds. */
export interface KeptRows {
  readonly counts: readonly number[];
}

/** Takes every row of a file. */
export class RowRules {
  readonly #findings: Findings;
  readonly #asks: readonly AskRow[];
  readonly #counted: readonly Counted[];
  readonly #recurrences: readonly Recurrences[];
  /** Keys and references, each with the rule that a recurrence breaks. */
  readonly #keyed: readonly Recurrences[];

  /**
   * @param slots where each column is in the rows that will come; what is asked of one that is not there is unasked
   */
  constructor(
    plan: ContractPlan,
    findings: Findings,
    slots: Slots,
    { spill, memory = DEFAULT_MEMORY, gss = gssLookup }: Pick<CheckOptions, 'spill' | 'memory' | 'gss'>,
  ) {
    this.#findings = findings;
    const there = (...columns: readonly number[]) => columns.every((column) => (slots[column] ?? -1) >= 0);
    const asks: AskRow[] = [];
    for (const each of plan.comparisons) {
      const rule = findings.rule(each.rule, each.severity);
      if (there(each.left, each.right)) asks.push(comparison(plan, each, rule, findings, slots));
      else findings.unasked(rule);
    }
    plan.columns.forEach(({ type }, column) => {
      if (type.kind !== 'gss-code' || !type.validOn || !('column' in type.validOn.on)) return;
      const rule = findings.rule(type.validOn.rule);
      const day = type.validOn.on.column;
      if (there(column, day))
        asks.push(inUseOn(column, day, rule, findings, slots, withCodes(gss, type.also)));
      else findings.unasked(rule);
    });
    this.#asks = asks;

    const hash = new SipHash(randomBytes(16));
    const numbers = new RunNumbers();
    const compared =
      plan.unique.length +
      plan.references.length +
      plan.metrics.filter(({ what }) => what.metric === 'duplicateValues').length;
    const room = { memory: memory / Math.max(1, compared), spill, numbers };
    const recurrences = (asked: Recurrence) => new Recurrences(asked, plan, slots, hash, room);
    const keyed: Recurrences[] = [];
    for (const { rule: id, columns } of plan.unique) {
      const rule = findings.rule(id);
      if (there(...columns)) keyed.push(recurrences({ rule, columns }));
      else findings.unasked(rule);
    }
    for (const { rule: id, from, to } of plan.references) {
      const rule = findings.rule(id);
      if (there(...from, ...to)) keyed.push(recurrences({ rule, columns: from, among: to }));
      else findings.unasked(rule);
    }
    this.#keyed = keyed;
    this.#counted = plan.metrics.flatMap((metric): Counted[] => {
      const rule = findings.rule(metric.rule, metric.severity);
      const { what } = metric;
      const columns = 'columns' in what ? what.columns : 'column' in what ? [what.column] : [];
      if (!there(...columns)) {
        findings.unasked(rule);
        return [];
      }
      const again =
        what.metric === 'duplicateValues'
          ? recurrences({ rule: undefined, columns: what.columns })
          : undefined;
      return [{ metric, rule, counts: countsOf(what, slots), recurrences: again, count: 0 }];
    });
    this.#recurrences = [...keyed, ...this.#counted.flatMap((each) => each.recurrences ?? [])];
  }

  /** Whether anything is asked of rows at all. */
  get any(): boolean {
    return this.#asks.length > 0 || this.#counted.length > 0 || this.#recurrences.length > 0;
  }

  /**
   * Takes one row, in the order of the file.
   * @param asked whether the value of a column is of its type; what is not is neither compared nor looked for
   */
  row(row: Row, asked: (column: number) => boolean): void {
    for (const ask of this.#asks) ask(row, asked);
    for (const each of this.#counted) if (each.counts?.(row)) each.count++;
    for (const each of this.#recurrences) each.row(row);
  }

  /** Whether `drain` is to be called before many more rows come. */
  get full(): boolean {
    return this.#recurrences.some(({ full }) => full);
  }

  /** Spills what memory is not to hold. @throws RoomError where there is no place to spill to */
  async drain(): Promise<void> {
    for (const each of this.#recurrences) if (each.full) await each.drain();
  }

  /**
   * Asks what only the whole file can answer.
   * @param rows how many rows there were
   */
  async finish(rows: number): Promise<void> {
    for (const each of this.#keyed) await each.finish(this.#findings);
    for (const { metric, rule, recurrences, count } of this.#counted) {
      const { threshold } = metric;
      const tellsPlaces = (again: number) =>
        isTooMuch(threshold, { count: again, rows }) ? rule : undefined;
      const counted = recurrences ? await recurrences.finish(this.#findings, tellsPlaces) : count;
      const measured = { count: metric.what.metric === 'rowCount' ? rows : counted, rows };
      this.#findings.measured(
        rule,
        told(threshold.unit, measured),
        keeps(threshold, measured) ? undefined : measured,
      );
    }
  }

  /** Says of all that only the whole file could answer that it was not asked, since rows were left out. */
  leaveUnasked(plan: ContractPlan): void {
    for (const { rule } of [...plan.unique, ...plan.references, ...plan.metrics])
      this.#findings.unasked(this.#findings.rule(rule));
  }

  /** What a checkpoint has to hold. Of contracts that cannot pause it is not all. */
  keep(): KeptRows {
    return { counts: this.#counted.map(({ count }) => count) };
  }

  /** Goes on from what a checkpoint held. */
  resume({ counts }: KeptRows): void {
    this.#counted.forEach((each, n) => {
      each.count = counts[n] ?? 0;
    });
  }
}

function kindOf(plan: ContractPlan, column: number): ScalarType['kind'] {
  const kind = plan.columns[column]?.type.kind ?? 'text';
  return kind === 'object' || kind === 'list' ? 'text' : kind;
}

const HOLDS: Readonly<Record<PlannedComparison['operator'], (order: number) => boolean>> = {
  equal: (order) => order === 0,
  'not-equal': (order) => order !== 0,
  greater: (order) => order > 0,
  'greater-or-equal': (order) => order >= 0,
  less: (order) => order < 0,
  'less-or-equal': (order) => order <= 0,
};

/** The place that is told is that of the left value. */
function comparison(
  plan: ContractPlan,
  { left, right, operator }: PlannedComparison,
  rule: number,
  findings: Findings,
  slots: Slots,
): AskRow {
  const compare: Compare = orderOf(commonKind(kindOf(plan, left), kindOf(plan, right)));
  const holds = HOLDS[operator];
  const [a, b] = [slots[left] ?? -1, slots[right] ?? -1];
  return (row, asked) => {
    const { bytes, from, to } = row;
    const [aFrom = 0, aTo = 0, bFrom = 0, bTo = 0] = [from[a], to[a], from[b], to[b]];
    if (aTo <= aFrom || bTo <= bFrom) return;
    if (holds(compare(bytes, aFrom, aTo, bytes, bFrom, bTo)) || !asked(left) || !asked(right)) return;
    findings.broke(rule, spotOf(row, left));
  };
}

/** A whole number and one with a fraction have one order. */
function commonKind(left: ScalarType['kind'], right: ScalarType['kind']): ScalarType['kind'] {
  return left === 'integer' ? right : left;
}

function inUseOn(
  column: number,
  day: number,
  rule: number,
  findings: Findings,
  slots: Slots,
  gss: GssLookup,
): AskRow {
  const [code, on] = [slots[column] ?? -1, slots[day] ?? -1];
  return (row, asked) => {
    const { bytes, from, to } = row;
    const [codeFrom = 0, codeTo = 0, dayFrom = 0, dayTo = 0] = [from[code], to[code], from[on], to[on]];
    if (codeTo <= codeFrom || !asked(column) || !asked(day)) return;
    // Of a timestamp, the day that it says. Without a day there is nothing to hold the code against but that it is one.
    if (dayTo <= dayFrom) return;
    const text = textOf(bytes, dayFrom, Math.min(dayTo, dayFrom + 10));
    if (!wasInUse(gss, textOf(bytes, codeFrom, codeTo), text)) findings.broke(rule, spotOf(row, column));
  };
}

/** Where a column’s value stands in a row. */
function spotOf(row: Row, column: number) {
  return { row: row.number, column, line: row.lineOf(column), byte: row.byteOf(column) };
}

function countsOf(what: PlannedMetric['what'], slots: Slots): Counted['counts'] {
  if (what.metric === 'rowCount' || what.metric === 'duplicateValues') return undefined;
  const slot = slots[what.column] ?? -1;
  const counts = (test: (row: Row, from: number, to: number) => boolean) => (row: Row) =>
    test(row, row.from[slot] ?? 0, row.to[slot] ?? 0);
  switch (what.metric) {
    case 'nullValues':
      return counts((_row, from, to) => to <= from);
    case 'missingValues': {
      const empty = what.values.includes('');
      const { ask } = listRule(what.values.filter((value) => value !== ''));
      return counts(({ bytes }, from, to) => (to <= from ? empty : ask(bytes, from, to)));
    }
    case 'invalidValues': {
      const asks: Ask[] = [];
      if (what.validValues) asks.push(listRule(what.validValues).ask);
      if (what.pattern !== undefined) {
        const machine = machineOf(what.pattern.automaton);
        asks.push((bytes, from, to) => matches(machine, bytes, from, to));
      }
      return counts(({ bytes }, from, to) => to > from && !asks.every((ask) => ask(bytes, from, to)));
    }
  }
}
