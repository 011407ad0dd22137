/**
 * What is found in a file: for each rule how often it is broken, and where first. Every format writes into it, so that
 * counts, places and the outcome are the same for all. Memory is bounded: what is kept of a rule is a count and some places.
 */
import {
  type BrokenRule,
  type ContractOutcome,
  type ContractPlan,
  type FileForm,
  FORM_FAULTS,
  type FormFault,
  type FormReason,
  type Place,
  type Severity,
} from '../wire/contracts';

/** The most places that are kept of one rule. */
export const MOST_PLACES = 100;
/** The most that are kept of all rules together, so that a checkpoint stays small. */
const MOST_PLACES_IN_ALL = 2_000;

/** A rule that a file can break. */
interface Rule {
  /** Its place in the ODCS document, or `form:` and a fault. */
  readonly id: string;
  readonly severity: Severity;
  /** Whether it was asked at all. */
  asked: boolean;
  count: number;
  /** Five numbers each: row, column, field, line, byte; -1 for nothing. */
  readonly places: number[];
  /**
   * Of a value that occurs again, by the number of its place: where it stands for the first time. That is known at the end of a
   * file alone, so no checkpoint holds it.
   */
  readonly firsts: Map<number, First>;
  measured?: string;
  reason?: FormReason;
}

/** Where a value that occurs again stands for the first time. */
type First = Pick<Spot, 'row' | 'line' | 'byte'>;

/** Where a rule is broken, in numbers. @see Place */
export interface Spot {
  /** From 1; 0 is the header, or the file. */
  readonly row: number;
  /** The number of the column in the plan, or -1. */
  readonly column: number;
  /** The number of the field in the row, from 1, where no column of the plan says it; else -1. */
  readonly field?: number;
  readonly line: number;
  readonly byte: number;
  /** Of a value that occurs again: where it stands for the first time. */
  readonly first?: First;
}

/** What findings come to in a checkpoint: what is not as it was at the beginning. */
export interface KeptFindings {
  readonly kept: readonly (readonly [rule: number, count: number, places: readonly number[]])[];
}

/** Everything that was found in one file. */
export class Findings {
  readonly #plan: ContractPlan;
  readonly #form: FileForm;
  readonly #rules: Rule[] = [];
  readonly #numbers = new Map<string, number>();
  #places = 0;
  #fields: ArrayLike<number> = [];
  #groups: readonly number[] = [];

  /** @param form how the file is read: what places mean */
  constructor(plan: ContractPlan, form: FileForm) {
    this.#plan = plan;
    this.#form = form;
    // First and always, so that the numbers of rules are the same in each part of a check that pauses.
    for (const fault of FORM_FAULTS) this.rule(`form:${fault}`);
  }

  /** The number of a rule, by which it is called from then on. The same rule has the same number, however often it is named. */
  rule(id: string, severity: Severity = 'error'): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number =
      this.#rules.push({ id, severity, asked: true, count: 0, places: [], firsts: new Map() }) - 1;
    this.#numbers.set(id, number);
    return number;
  }

  /** The number of the rule that a fault of the form breaks. */
  form(fault: FormFault): number {
    return this.rule(`form:${fault}`);
  }

  /** Says that a rule could not be asked, or not of all that it is about. */
  unasked(rule: number): void {
    const at = this.#rules[rule];
    if (at) at.asked = false;
  }

  /** Says where the columns of the plan are in each row, from 0. */
  columnsAt(slots: ArrayLike<number>): void {
    this.#fields = slots;
  }

  /** Says with which row each row group begins, from 1. */
  groupsAt(rows: readonly number[]): void {
    this.#groups = rows;
  }

  /** Whether one more place of a rule would be kept. */
  wants(rule: number): boolean {
    const at = this.#rules[rule];
    return at !== undefined && at.places.length < 5 * MOST_PLACES && this.#places < MOST_PLACES_IN_ALL;
  }

  /** A rule is broken at a place. Places have to come in the order of the file. */
  broke(rule: number, { row, column, field = -1, line, byte, first }: Spot): void {
    const at = this.#rules[rule];
    if (!at) throw new RangeError(`no rule has the number ${rule}`);
    at.count++;
    if (!this.wants(rule)) return;
    if (first) at.firsts.set(at.places.length / 5, first);
    at.places.push(row, column, field, line, byte);
    this.#places++;
  }

  /** A rule is broken so many times more, without a place. */
  brokeUnplaced(rule: number, times: number): void {
    const at = this.#rules[rule];
    if (!at) throw new RangeError(`no rule has the number ${rule}`);
    at.count += times;
  }

  /** What came out for the rule of a metric, in decimals; and, where it missed its threshold, how much was counted. */
  measured(rule: number, measured: string, broken: { readonly count: number } | undefined): void {
    const at = this.#rules[rule];
    if (!at) throw new RangeError(`no rule has the number ${rule}`);
    at.measured = measured;
    if (broken) at.count = Math.max(1, broken.count);
  }

  /** Says which kind of a fault of form it is; of several, the first. */
  because(fault: FormFault, reason: FormReason | undefined): void {
    const at = this.#rules[this.form(fault)];
    if (at && reason) at.reason ??= reason;
  }

  /** How many errors there are so far, warnings not among them. */
  get errors(): number {
    return this.#rules.reduce((sum, { severity, count }) => sum + (severity === 'error' ? count : 0), 0);
  }

  /** What a checkpoint has to hold. */
  keep(): KeptFindings {
    const kept = this.#rules.flatMap(({ count, places }, n) =>
      count > 0 ? [[n, count, places] as const] : [],
    );
    return { kept };
  }

  /** Goes on from what a checkpoint held; the same rules must have been named before, in the same order. */
  resume({ kept }: KeptFindings): void {
    for (const [rule, count, places] of kept) {
      const at = this.#rules[rule];
      if (!at) throw new RangeError(`no rule has the number ${rule}`);
      at.count = count;
      at.places.push(...places);
      this.#places += places.length / 5;
    }
  }

  /** What the check came to. @param read how much was read, and whether that was all */
  outcome(read: {
    readonly complete: boolean;
    readonly rows: number;
    readonly bytes: number;
  }): ContractOutcome {
    const { contract, recipients } = this.#plan;
    const ofContract = this.#rules.filter(({ id }) => !id.startsWith('form:'));
    const held = ofContract.filter(({ count, asked }) => count === 0 && asked && read.complete);
    const open = ofContract.filter(({ count, asked }) => count === 0 && !(asked && read.complete));
    return {
      contract: { ...contract },
      form: this.#form,
      result: this.errors > 0 ? 'failed' : 'passed',
      ...read,
      passed: held.map(({ id }) => id),
      broken: this.#rules.filter(({ count }) => count > 0).map((rule) => this.#brokenRule(rule)),
      unasked: open.map(({ id }) => id),
      recipients: recipients.map(({ rule }) => rule),
    };
  }

  #brokenRule({ id, severity, count, places, firsts, reason, measured }: Rule): BrokenRule {
    const told: Place[] = [];
    for (let n = 0; 5 * n < places.length; n++)
      told.push(this.#place(places.slice(5 * n, 5 * n + 5), firsts.get(n)));
    return {
      rule: id,
      severity,
      count,
      places: told,
      ...(reason && { reason }),
      ...(measured !== undefined && { measured }),
    };
  }

  #place(
    [row = 0, column = -1, field = -1, line = -1, byte = -1]: readonly number[],
    first: First | undefined,
  ): Place {
    const name = this.#plan.columns[column]?.name;
    const slot = this.#fields[column] ?? -1;
    const number = slot >= 0 ? slot + 1 : field;
    return {
      row,
      ...(name !== undefined && { column: name }),
      ...(number >= 0 && { field: number }),
      ...this.#group(row),
      ...written(line, byte),
      ...(first && {
        first: { row: first.row, ...this.#group(first.row), ...written(first.line, first.byte) },
      }),
    };
  }

  /** The row group that a row lies in, where there are any. */
  #group(row: number): Pick<Place, 'group'> {
    if (row === 0 || this.#groups.length === 0) return {};
    const next = this.#groups.findIndex((first) => first > row);
    return { group: next < 0 ? this.#groups.length : next };
  }
}

/** A line and a byte, of a form that has them. */
function written(line: number, byte: number): Pick<Place, 'line' | 'byte'> {
  return { ...(line >= 0 && { line }), ...(byte >= 0 && { byte }) };
}
