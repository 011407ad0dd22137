/** Checks a JSON Lines file as it streams past: one object on each line. */
import { isUtf8 } from 'node:buffer';
import type { ContractPlan, FormReason } from '../../wire/contracts';
import { RoomError } from '../errors';
import { Findings, type Spot } from '../findings';
import { headersOf, isNoText } from '../other-form';
import { canPause } from '../pausing';
import type { Checked, CheckOptions, Source } from '../port';
import { RowRules } from '../rules/row-rules';
import { readStanding, writeStanding } from '../standing';
import { BACKSLASH, NEWLINE, OBJECT } from './characters';
import { Lines, type LineTaker } from './lines';
import type { NestedContext } from './nested';
import { Pending } from './pending';
import { RowReader } from './row-reader';
import { LineError, type LineFault } from './scan';
import { rowMembers } from './shape';

/** Python’s json, pandas and Node do not read the row behind it. @see https://jsonlines.org “must NOT be included” */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Checks a JSON Lines file. @see checkFile */
export async function checkJsonLines(
  plan: ContractPlan,
  source: Source,
  options: CheckOptions,
): Promise<Checked> {
  if (options.pauseWhen && !canPause(plan))
    throw new RoomError('a check that compares all rows cannot pause');
  const check = new JsonLinesCheck(plan, options);
  try {
    if (options.from !== undefined) check.resume(options.from);
    const lines = new Lines(check, check.offset);
    for await (const piece of source.read(check.offset)) {
      options.signal?.throwIfAborted();
      lines.add(piece);
      if (check.refused) return check.asRefused();
      if (check.rules.full) await check.rules.drain();
      options.progress?.(lines.offset);
      if (lines.read > options.largest) return check.tooLarge(lines.read);
      if (options.pauseWhen?.()) {
        if (!canPause(plan))
          throw new RoomError('a check of keys or references cannot pause: it has to end in one run');
        return { kind: 'paused', checkpoint: check.keep(lines.offset) };
      }
    }
    lines.end();
    if (check.refused) return check.asRefused();
    return await check.finish(lines.read);
  } finally {
    await options.spill?.remove();
  }
}

/** One check under way. */
class JsonLinesCheck implements LineTaker {
  readonly rules: RowRules;
  /** Where reading begins. */
  offset = 0;
  /** Whether its beginning shows that it is something else: then no line of it is read. */
  refused = false;
  readonly #plan: ContractPlan;
  readonly #findings: Findings;
  readonly #context: NestedContext;
  readonly #row: RowReader;
  readonly #isOfType: (column: number) => boolean;
  readonly #tell: (rule: number, column: number, byte: number) => void;
  #lines = 0;
  #broken = 0;
  /** A line with escapes is copied here, where there is room behind it for strings without them. */
  #copy = new Uint8Array(64 * 1024);

  constructor(plan: ContractPlan, options: CheckOptions) {
    const findings = new Findings(plan, 'json-lines');
    this.#plan = plan;
    this.#findings = findings;
    this.#context = {
      pending: new Pending(),
      unknownMember: findings.form('unknown-column'),
      column: -1,
      scratch: new Uint8Array(64 * 1024),
    };
    const members = rowMembers(plan, { findings, gss: options.gss });
    const row = new RowReader(members, this.#context);
    this.#row = row;
    this.rules = new RowRules(plan, findings, Int32Array.from(plan.columns.keys()), options);
    this.#isOfType = (column) => row.isOfType(column);
    this.#tell = (rule, column, byte) =>
      findings.broke(rule, { row: row.number, column, line: row.lineOf(column), byte: row.placeOf(byte) });
  }

  block(bytes: Uint8Array, from: number, to: number, shift: number): void {
    if (this.refused || (from + shift === 0 && this.#refuses(bytes.subarray(from, to)))) return;
    let start = from;
    if (from + shift === 0 && BYTE_ORDER_MARK.every((each, n) => bytes[from + n] === each))
      start += this.#tellMark();
    const valid = isUtf8(bytes.subarray(start, to));
    let backslash = bytes.indexOf(BACKSLASH, start);
    while (start < to) {
      const end = bytes.indexOf(NEWLINE, start);
      this.#lines++;
      if (!valid && !isUtf8(bytes.subarray(start, end))) {
        this.#fault('encoding', firstNotUtf8(bytes, start, end) + shift);
      } else if (backslash >= 0 && backslash < end) {
        this.#readCopy(bytes, start, end, shift);
        backslash = bytes.indexOf(BACKSLASH, end);
      } else this.#read(bytes, start, end, shift);
      start = end + 1;
    }
  }

  tooLong(byte: number): void {
    if (this.refused) return;
    this.#lines++;
    this.#fault('too-large', byte);
  }

  /** The outcome once all lines were read. @param bytes of the file */
  async finish(bytes: number): Promise<Checked> {
    if (bytes === 0) this.#findings.broke(this.#findings.form('no-header'), AT_FILE);
    if (this.#broken > 0 || bytes === 0) this.rules.leaveUnasked(this.#plan);
    else await this.rules.finish(this.#lines);
    return this.#done(bytes > 0, bytes);
  }

  /** All else is asked as if it were not there. @returns how many bytes it has */
  #tellMark(): number {
    this.#findings.broke(this.#findings.form('json'), { row: 0, column: -1, line: 1, byte: 0 });
    this.#findings.because('json', 'byte-order-mark');
    return BYTE_ORDER_MARK.length;
  }

  /** Whether a file that begins so is no JSON Lines at all. */
  #refuses(beginning: Uint8Array): boolean {
    const [fault, reason] = this.#otherForm(beginning) ?? [];
    if (fault === undefined) return false;
    this.#lines = 1;
    this.#fault(fault, 0);
    this.#findings.because(fault, reason);
    this.#lines = 0;
    this.refused = true;
    return true;
  }

  /** In what form it is instead: text in UTF-16, JSON in another form than lines, CSV, or no text. */
  #otherForm(beginning: Uint8Array): [LineFault, FormReason] | undefined {
    const [first, second] = beginning;
    if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe))
      return ['encoding', 'utf-16'];
    if (OTHER_JSON.test(Buffer.from(beginning.subarray(0, 64)).toString('latin1')))
      return ['json', 'not-lines'];
    const end = beginning.indexOf(NEWLINE);
    const line = beginning.subarray(0, Math.min(end < 0 ? beginning.length : end, LONGEST_HEADER));
    if (headersOf(this.#plan)(Buffer.from(line).toString('utf8'), ',')) return ['json', 'is-csv'];
    return line[0] !== OBJECT && (isNoText(line) || !isUtf8(line)) ? ['encoding', 'no-text'] : undefined;
  }

  /** The outcome of such a file. */
  asRefused(): Checked {
    this.rules.leaveUnasked(this.#plan);
    return this.#done(false, 0);
  }

  /** The outcome where there are more bytes than there may be. */
  tooLarge(bytes: number): Checked {
    this.#findings.broke(this.#findings.form('too-large'), AT_FILE);
    this.rules.leaveUnasked(this.#plan);
    return this.#done(false, bytes);
  }

  /** What it takes to go on later, as text. @param offset where the next line begins */
  keep(offset: number): string {
    return writeStanding('json-lines', this.#plan, {
      next: offset,
      rows: this.#lines,
      broken: this.#broken,
      findings: this.#findings.keep(),
      counts: this.rules.keep(),
    });
  }

  /** Goes on from there. @throws CheckpointError where it is not of this contract */
  resume(checkpoint: string): void {
    const { next, rows, broken, findings, counts } = readStanding('json-lines', this.#plan, checkpoint);
    this.offset = next;
    this.#lines = rows;
    this.#broken = broken;
    this.#findings.resume(findings);
    // A checkpoint has no reasons. Of no row at all is but this fault.
    const json = this.#findings.form('json');
    if (findings.kept.some(([rule, , [row]]) => rule === json && row === 0))
      this.#findings.because('json', 'byte-order-mark');
    this.rules.resume(counts);
  }

  #done(complete: boolean, bytes: number): Checked {
    return { kind: 'done', outcome: this.#findings.outcome({ complete, rows: this.#lines, bytes }) };
  }

  #read(bytes: Uint8Array, start: number, end: number, shift: number): void {
    const { pending } = this.#context;
    const scratch = this.#context.scratch;
    if (scratch.length < end - start) this.#context.scratch = new Uint8Array(2 * (end - start));
    try {
      this.#row.read(bytes, start, end, this.#lines, this.#lines, shift);
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      pending.clear();
      this.#fault(error.fault, error.at + shift, error.column);
      return;
    }
    if (pending.some) {
      pending.each(this.#tell);
      pending.clear();
    }
    this.rules.row(this.#row, this.#isOfType);
  }

  #readCopy(bytes: Uint8Array, start: number, end: number, shift: number): void {
    const length = end + 1 - start;
    if (this.#copy.length < 2 * length) this.#copy = new Uint8Array(4 * length);
    this.#copy.set(bytes.subarray(start, end + 1));
    this.#read(this.#copy, 0, length - 1, shift + start);
  }

  /** A line cannot be read. */
  #fault(fault: LineFault, byte: number, column = -1): void {
    this.#broken++;
    this.#findings.broke(this.#findings.form(fault), {
      row: this.#lines,
      column,
      line: this.#lines,
      byte,
    });
  }
}

/** A list whose first row follows, on its line or the next; or an object that goes on over the end of its line. */
const OTHER_JSON = /^(?:\xef\xbb\xbf)?[ \t\r]*(?:\[[ \t\r\n]*\{|\[[ \t\r]*\n|\{[ \t\r]*\n)/;
/** So much of a first line is looked at for names of columns. */
const LONGEST_HEADER = 65_536;
const AT_FILE: Spot = { row: 0, column: -1, line: -1, byte: -1 };

/** The first byte of a line that is not UTF-8: what stands before it is. */
function firstNotUtf8(bytes: Uint8Array, start: number, end: number): number {
  let good = 0;
  let bad = end - start;
  // A character has four bytes at most, so what is cut within one is told from what is none.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (beginsAsUtf8(bytes, start, start + middle)) good = middle;
    else bad = middle;
  }
  return start + good;
}

/** Whether bytes are UTF-8 but for a character at their end that may be cut off. */
function beginsAsUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  for (let cut = 0; cut < 4 && to - cut >= from; cut++)
    if (isUtf8(bytes.subarray(from, to - cut))) return cut === 0 || isCutCharacter(bytes, to - cut, to);
  return false;
}

function isCutCharacter(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || to - from >= length) return false;
  for (let at = from + 1; at < to; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return false;
  return true;
}
