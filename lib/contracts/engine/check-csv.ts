/**
 * Checks a CSV file as it streams past (RFC 4180; the UK tabular data standard): UTF-8, with or without byte order mark; a
 * header; lines that end in one way; `""` and nothing are both no value. Memory does not grow with the file, but for the digests
 * of keys and references, which are spilled.
 */
import type { ContractPlan, FormReason } from '../../wire/contracts';
import { RoomError } from '../errors';
import { Findings } from '../findings';
import { isNoText } from '../other-form';
import { canPause } from '../pausing';
import type { Checked, CheckOptions, Engine, Source } from '../port';
import { readCheckpoint, type Standing, writeCheckpoint } from './checkpoint';
import { findColumns, readHeader } from './header';
import { MOST_LOOKED_AT, whyNoHeader } from './headerless';
import { Input, inBlocks } from './input';
import { columnRules, Rows } from './rows';

/** What is read in part is read again at once while it is no longer than that. */
const SHORT = 4_096;
/** Of `"a";"b"` the semicolon is what first looks wrong. */
const MAY_BE_NO_HEADER: ReadonlySet<string> = new Set(['no-header', 'quoting']);
/** Forms in which quotes stand elsewhere: there is nothing wrong with them. */
const OTHERWISE_QUOTED: ReadonlySet<FormReason> = new Set(['other-separator', 'is-json']);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Checks one CSV file. @see checkFile */
export const checkCsv: Engine = async (plan, source, options) => {
  try {
    return await new Check(plan, options).run(source);
  } finally {
    await options.spill?.remove();
  }
};

class Check {
  readonly #plan: ContractPlan;
  readonly #options: CheckOptions;
  readonly #findings: Findings;
  readonly #columns: ReturnType<typeof columnRules>;
  readonly #from: Standing | undefined;
  readonly #input: Input;
  #rows: Rows | undefined;
  #slots: Int32Array = new Int32Array();
  #fields = 0;
  /** Where in the file nothing more could be read. */
  #stoppedAt: number | undefined;
  /** The window is not looked at before it has so many bytes: a row that is read in part is not read again for each byte. */
  #wait = 0;

  constructor(plan: ContractPlan, options: CheckOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#findings = new Findings(plan, 'csv');
    this.#columns = columnRules(plan, this.#findings, options.gss);
    this.#from = options.from === undefined ? undefined : readCheckpoint(plan, options.from);
    this.#input = new Input(this.#from?.offset ?? 0);
    if (this.#from) this.#resume(this.#from);
  }

  async run(source: Source): Promise<Checked> {
    const { signal, pauseWhen, progress } = this.#options;
    const input = this.#input;
    for await (const piece of source.read(input.base)) {
      signal?.throwIfAborted();
      for (const block of inBlocks(piece)) {
        await this.#take(block);
        if (this.#stoppedAt !== undefined) return this.#done();
      }
      progress?.(input.end);
      if (this.#rows && input.base > (this.#from?.offset ?? 0) && pauseWhen?.())
        return this.#pause(this.#rows);
    }
    signal?.throwIfAborted();
    this.#read(true);
    progress?.(input.end);
    return this.#done();
  }

  async #take(block: Uint8Array): Promise<void> {
    const input = this.#input;
    const { largest } = this.#options;
    input.add(block);
    if (input.end > largest) {
      this.#stoppedAt = largest;
      this.#findings.broke(this.#findings.form('too-large'), { row: 0, column: -1, line: -1, byte: largest });
      return;
    }
    if (input.length < this.#wait) return;
    const progressed = this.#read(false);
    this.#wait = progressed || input.length < SHORT ? 0 : 2 * input.length;
    const rules = this.#rows?.rules;
    if (rules?.full) await rules.drain();
  }

  /** Reads what can be read. @returns whether that was something */
  #read(final: boolean): boolean {
    const began = this.#rows === undefined;
    if (began && !this.#begin(final)) return false;
    const rows = this.#rows;
    if (!rows) return false;
    const progressed = rows.read(final);
    this.#stoppedAt ??= rows.stoppedAt;
    return progressed || began;
  }

  /** Reads the header. @returns whether rows can be read now */
  #begin(final: boolean): boolean {
    const input = this.#input;
    if (input.length < BYTE_ORDER_MARK.length && !final) return false;
    const [first = 0, second = 0] = input.view;
    if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)) {
      this.#findings.because('encoding', 'utf-16');
      return this.#refuse('encoding', 0);
    }
    const offset = BYTE_ORDER_MARK.every((byte, n) => input.view[n] === byte) ? BYTE_ORDER_MARK.length : 0;
    const header = readHeader(input.view.subarray(offset), final);
    if (!header) return false;
    const columns =
      'fault' in header ? undefined : findColumns(this.#plan, header.names, this.#findings, offset);
    if ('fault' in header || !columns) {
      const fault = 'fault' in header ? header : { fault: 'no-header' as const, at: 0 };
      const isEncoding = fault.fault === 'encoding';
      if (!isEncoding && !MAY_BE_NO_HEADER.has(fault.fault))
        return this.#refuse(fault.fault, offset + fault.at);
      // However the file comes in pieces, the same is looked at.
      if (input.length < MOST_LOOKED_AT && !final) return false;
      if (isEncoding) {
        if (isNoText(input.view)) this.#findings.because('encoding', 'no-text');
        return this.#refuse('encoding', offset + fault.at);
      }
      const why = whyNoHeader(input.view.subarray(offset), this.#plan, final);
      if (fault.fault === 'quoting' && !(why !== undefined && OTHERWISE_QUOTED.has(why)))
        return this.#refuse('quoting', offset + fault.at);
      this.#findings.because('no-header', why);
      return this.#refuse('no-header', offset);
    }
    this.#makeRows({ ...columns, lineEnd: header.lineEnd });
    if (this.#rows) this.#rows.line = header.lines + 1;
    input.drop(offset + header.end);
    return true;
  }

  #refuse(fault: Parameters<Findings['form']>[0], byte: number): false {
    this.#findings.broke(this.#findings.form(fault), { row: 0, column: -1, line: 1, byte });
    this.#stoppedAt = byte;
    return false;
  }

  #makeRows(columns: ConstructorParameters<typeof Rows>[3]): Rows {
    this.#slots = columns.slots;
    this.#fields = columns.fields;
    const rows = new Rows(this.#plan, this.#columns, this.#findings, columns, this.#input, this.#options);
    this.#rows = rows;
    return rows;
  }

  #resume(from: Standing): void {
    const { slots, fields, lineEnd } = from;
    const rows = this.#makeRows({ slots: Int32Array.from(slots), fields, lineEnd });
    rows.number = from.rows;
    rows.line = from.line;
    rows.skipped = from.skipped;
    rows.rules.resume(from.counts);
    this.#findings.resume(from.findings);
  }

  #pause(rows: Rows): Checked {
    if (!canPause(this.#plan))
      throw new RoomError('a check of keys or references cannot pause: it has to end in one run');
    const checkpoint = writeCheckpoint(this.#plan, {
      offset: this.#input.base,
      rows: rows.number,
      line: rows.line,
      lineEnd: rows.scanner.lineEnd,
      fields: this.#fields,
      slots: [...this.#slots],
      skipped: rows.skipped,
      findings: this.#findings.keep(),
      counts: rows.rules.keep(),
    });
    return { kind: 'paused', checkpoint };
  }

  async #done(): Promise<Checked> {
    const rows = this.#rows;
    const complete = rows !== undefined && this.#stoppedAt === undefined;
    if (complete) {
      if (rows.skipped) rows.rules.leaveUnasked(this.#plan);
      else await rows.rules.finish(rows.number);
    }
    const outcome = this.#findings.outcome({
      complete,
      rows: rows?.number ?? 0,
      // However far the last piece reached.
      bytes: this.#stoppedAt ?? this.#input.end,
    });
    return { kind: 'done', outcome };
  }
}
