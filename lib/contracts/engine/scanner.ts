/**
 * Reads rows of CSV (RFC 4180) out of a piece of memory, and holds each value against its column’s automaton on the way: one
 * step of a table for each byte, and no string. What is not plain takes a slower way.
 */
import type { FormFault } from '../../wire/contracts';
import { CUT_SHORT, characterAt } from '../rules/machine/utf-8';
import type { LineEnd } from './header';
import { MOST_FIELD_BYTES, MOST_ROW_BYTES } from './limits';
import {
  CARRIAGE_RETURN,
  COMMA_REFUSED,
  COMMA_TAKEN,
  HIGH,
  LINE_REFUSED,
  LINE_TAKEN,
  OTHER,
  QUOTE,
  QUOTED_HIGH,
  QUOTED_LINE,
  QUOTED_QUOTE,
  type Tables,
} from './tables';

const [LF_BYTE, CR_BYTE, QUOTE_BYTE, COMMA_BYTE] = [10, 13, 34, 44];

/** By what a value has ended: a comma, the end of the row; more bytes are needed; or rows can no longer be told apart. */
const [COMMA, ROW, CUT, FAULT] = [0, 1, 2, 3];

/** The end of a value itself, which may be two bytes, is not counted. */
const FIELD_SPAN = MOST_FIELD_BYTES + 2;

/** What the scanner tells of each row; `Scanner` itself says where its values are. */
export interface RowsTaken {
  /**
   * A row with as many fields as the header. The fields in `scanner.refused` are not taken by their automata; those in
   * `scanner.invalid` are not UTF-8.
   */
  row(): void;
  /** A row with more fields or fewer. Of it `scanner.invalid` alone is told. */
  ragged(): void;
  /** A row that ends otherwise than the rows before. */
  lineEnd(): void;
  /** Nothing can be read from here on. */
  /** @param field in which it is, from 0 */
  stop(fault: FormFault, at: number, field: number): void;
}

/** Reads one piece after the other, each of which begins with a row. */
export class Scanner {
  /** The bytes, and behind them room for values without their doubled quotes. */
  bytes: Uint8Array;
  /** Where each field’s value begins and ends in `bytes`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The fields of the row whose values are not taken, in order; `refusedCount` of them count. */
  readonly refused: Int32Array;
  refusedCount = 0;
  /** The fields of the row that have a byte that is not UTF-8, or NUL, with the first such byte: field, byte, field, byte … */
  readonly invalid: number[] = [];
  /** Fields whose quotes were taken out, with where they stand: field, byte, field, byte … */
  readonly unescaped: number[] = [];
  rowAt = 0;
  /** Ends of lines within the row’s quotes. */
  rowLineFeeds = 0;
  lineEnd: LineEnd | undefined;

  readonly #tables: Tables;
  readonly #required: Uint8Array;
  readonly #fields: number;
  readonly #taken: RowsTaken;
  #end = 0;
  #final = false;
  #scratch = 0;
  #how = CUT;
  #fault: { readonly fault: FormFault; readonly at: number } | undefined;
  #scratchStart = 0;
  #copied = 0;

  constructor(
    tables: Tables,
    required: Uint8Array,
    lineEnd: LineEnd | undefined,
    taken: RowsTaken,
    bytes: Uint8Array,
  ) {
    this.#tables = tables;
    this.#required = required;
    this.#fields = required.length;
    this.#taken = taken;
    this.lineEnd = lineEnd;
    this.bytes = bytes;
    // One more, for the fields beyond the last of a row that has too many.
    this.from = new Int32Array(this.#fields + 1);
    this.to = new Int32Array(this.#fields + 1);
    this.refused = new Int32Array(this.#fields + 1);
  }

  /**
   * Reads the rows from one offset of `bytes` up to another, behind which there has to be as much room as before it, and a byte.
   * @param final whether the file ends there
   * @returns where the first row begins that is not read whole; or -1 once nothing can be read any more
   */
  scan(start: number, end: number, final: boolean): number {
    const { bytes, from, to } = this;
    const { next, places, starts, quotedStarts, accepts } = this.#tables;
    const last = this.#fields - 1;
    this.#end = end;
    this.#final = final;
    // No byte of UTF-8: whatever is read there ends the value.
    bytes[end] = 0xff;
    let at = start;
    while (at < end) {
      this.rowAt = at;
      this.#begin();
      const rowLimit = at + MOST_ROW_BYTES;
      let field = 0;
      const plain = this.lineEnd === 'lf';
      for (;;) {
        const begin = at;
        let row = starts[field] as number;
        do row = next[row + (places[bytes[at++] as number] as number)] as number;
        while (row >= 0);
        from[field] = begin;
        to[field] = at - 1;
        if (at - begin <= FIELD_SPAN && at <= rowLimit) {
          if (row === COMMA_TAKEN && field < last) {
            field++;
            continue;
          }
          if (row === LINE_TAKEN && plain && field === last) break;
        }
        // Most quoted values have no quote within.
        if (((OTHER - row) & 7) === QUOTE && at === begin + 1) {
          let ended = quotedStarts[field] as number;
          do ended = next[ended + (places[bytes[at++] as number] as number)] as number;
          while (ended >= 0);
          const behind = bytes[at];
          if (
            ((OTHER - ended) & 7) === QUOTED_QUOTE &&
            at - begin > 2 &&
            at - begin < FIELD_SPAN &&
            at < rowLimit &&
            accepts[(OTHER - ended) >> 3] === 1 &&
            (field < last ? behind === COMMA_BYTE : behind === LF_BYTE && plain)
          ) {
            from[field] = begin + 1;
            to[field] = at - 1;
            at++;
            if (field === last) break;
            field++;
            continue;
          }
          at = begin + 1;
        }
        at = this.#finishField(row, field, begin, at);
        const how = this.#how;
        if (how === COMMA && field < last) {
          field++;
          continue;
        }
        if (how === ROW && field === last) break;
        // Too few fields, or too many.
        if (how !== CUT && how !== FAULT) at = this.#skipRow(at, how);
        if (this.#how === CUT) return this.rowAt;
        if (this.#how === FAULT) return -1;
        field = -1;
        break;
      }
      if (field < 0) this.#taken.ragged();
      else this.#taken.row();
    }
    return at;
  }

  /** Where a field’s value stands in `bytes`, before quotes were taken out of it. */
  placeOf(field: number): number {
    const { unescaped } = this;
    for (let n = 0; n < unescaped.length; n += 2) if (unescaped[n] === field) return unescaped[n + 1] ?? 0;
    return this.from[field] ?? 0;
  }

  #begin(): void {
    this.refusedCount = 0;
    this.rowLineFeeds = 0;
    this.#scratch = this.#end + 1;
    if (this.unescaped.length > 0) this.unescaped.length = 0;
    if (this.invalid.length > 0) this.invalid.length = 0;
  }

  /** Reads on to the end of a field that is not plain. @returns the byte behind its end, or as far as was read */
  #finishField(ended: number, field: number, begin: number, behind: number): number {
    const at = this.#readOn(ended, field, begin, behind);
    const reached = this.#how === CUT ? this.#end : at;
    if (reached > this.#limit(begin)) {
      // Whichever limit comes first is told, however the file comes in pieces.
      const ofField = begin + FIELD_SPAN <= this.rowAt + MOST_ROW_BYTES;
      this.#fault = { fault: 'too-large', at: ofField ? begin : this.rowAt };
      this.#how = FAULT;
    }
    if (this.#how === FAULT && this.#fault) this.#taken.stop(this.#fault.fault, this.#fault.at, field);
    return at;
  }

  /** How far a field that begins here may reach. */
  #limit(begin: number): number {
    return Math.min(begin + FIELD_SPAN, this.rowAt + MOST_ROW_BYTES);
  }

  #readOn(ended: number, field: number, begin: number, behind: number): number {
    const { bytes } = this;
    const { next, places } = this.#tables;
    const end = this.#end;
    let row = ended;
    let at = behind;
    let quoted = false;
    for (;;) {
      if (row === COMMA_TAKEN) return this.#ends(COMMA, at);
      if (row === LINE_TAKEN) return this.#endsRow('lf', at);
      const kind = (OTHER - row) & 7;
      const number = (OTHER - row) >> 3;
      const width = this.#tables.width;
      switch (kind) {
        case COMMA_REFUSED:
          this.#refuse(field);
          return this.#ends(COMMA, at);
        case LINE_REFUSED:
          this.#refuse(field);
          return this.#endsRow('lf', at);
        case CARRIAGE_RETURN: {
          this.#place(field, begin, at - 1, number);
          return this.#behindCarriageReturn(at);
        }
        case QUOTE:
          if (at - 1 !== begin) return this.#stop('quoting', at - 1, at);
          quoted = true;
          row = this.#tables.quotedStarts[field] ?? this.#tables.quotedAny;
          break;
        case QUOTED_QUOTE: {
          const after = bytes[at];
          if (at === end && !this.#final) return this.#ends(CUT, at);
          if (after === QUOTE_BYTE && at < end) {
            this.#unescape(field, begin + 1, at);
            row = this.#tables.after(number * width, QUOTE_BYTE);
            at++;
            break;
          }
          this.#closeQuote(field, begin + 1, at - 1, number);
          return this.#behindQuote(at);
        }
        case QUOTED_LINE:
          this.rowLineFeeds++;
          row = this.#tables.after(number * width, LF_BYTE);
          break;
        case HIGH:
        case QUOTED_HIGH: {
          const high = at - 1;
          if (high === end) {
            if (!this.#final) return this.#ends(CUT, at);
            if (quoted) return this.#stop('unclosed-quote', begin, end);
            this.#place(field, begin, high, number);
            return this.#ends(ROW, end);
          }
          const character = bytes[high] === 0 ? -1 : characterAt(bytes, high, end);
          if (character === CUT_SHORT && !this.#final) return this.#ends(CUT, at);
          if (character < 0) {
            this.#invalidByte(field, high);
            row = quoted ? this.#tables.quotedAny : this.#tables.any;
          } else {
            row = this.#tables.after(number * width, character >> 3);
            at = high + (character & 7);
          }
          break;
        }
        default:
      }
      do row = next[row + (places[bytes[at++] ?? 0] ?? 0)] ?? 0;
      while (row >= 0);
      // A value that goes on without quotes ends where it is plain after all.
      if (!quoted) this.to[field] = at - 1;
    }
  }

  #ends(how: number, at: number): number {
    this.#how = how;
    return at;
  }

  #endsRow(how: LineEnd, at: number): number {
    if (this.lineEnd !== how) {
      if (this.lineEnd === undefined) this.lineEnd = how;
      else this.#taken.lineEnd();
    }
    return this.#ends(ROW, at);
  }

  #stop(fault: FormFault, at: number, reached: number): number {
    this.#fault = { fault, at };
    this.#how = FAULT;
    return reached;
  }

  #refuse(field: number): void {
    // What is not UTF-8 is told as that alone.
    if (this.invalid.at(-2) !== field) this.refused[this.refusedCount++] = field;
  }

  /** Sets down a value that has ended otherwise than by a comma or a line feed. */
  #place(field: number, from: number, to: number, row: number): void {
    this.from[field] = from;
    this.to[field] = to;
    const taken = to > from ? this.#tables.accepts[row] === 1 : this.#required[field] !== 1;
    if (!taken) this.#refuse(field);
  }

  #closeQuote(field: number, from: number, to: number, row: number): void {
    if (this.unescaped.at(-2) !== field) this.#place(field, from, to, row);
    else {
      this.#copy(this.#copied, to);
      this.#place(field, this.#scratchStart, this.#scratch, row);
    }
  }

  /** Copies a value, up to and with the first of two quotes, to where it is put together. */
  #unescape(field: number, from: number, to: number): void {
    if (field === this.#fields) return;
    if (this.unescaped.at(-2) !== field) {
      this.unescaped.push(field, from);
      this.#scratchStart = this.#scratch;
      this.#copied = from;
    }
    this.#copy(this.#copied, to);
    this.#copied = to + 1;
  }

  #copy(from: number, to: number): void {
    this.bytes.copyWithin(this.#scratch, from, to);
    this.#scratch += to - from;
  }

  #behindQuote(at: number): number {
    const end = this.#end;
    // Only the end of the file is taken for the end of the row; of a piece, more was asked for.
    if (at === end) return this.#ends(ROW, end);
    const byte = this.bytes[at];
    if (byte === COMMA_BYTE) return this.#ends(COMMA, at + 1);
    if (byte === LF_BYTE) return this.#endsRow('lf', at + 1);
    if (byte === CR_BYTE) return this.#behindCarriageReturn(at + 1);
    return this.#stop('quoting', at, at);
  }

  /** Nothing but a line feed may follow. */
  #behindCarriageReturn(at: number): number {
    if (at === this.#end && !this.#final) return this.#ends(CUT, at);
    if (at === this.#end || this.bytes[at] !== LF_BYTE) return this.#stop('line-ends', at - 1, at);
    return this.#endsRow('crlf', at + 1);
  }

  #invalidByte(field: number, at: number): void {
    if (this.invalid.at(-2) !== field) this.invalid.push(field, at);
  }

  /** Reads on to the end of a row whose number of fields is wrong. @returns the byte behind it, or as far as was read */
  #skipRow(from: number, ended: number): number {
    const { bytes } = this;
    const { next, places, any } = this.#tables;
    let at = from;
    this.#how = ended;
    while (this.#how === COMMA) {
      const begin = at;
      let row = any;
      do row = next[row + (places[bytes[at++] ?? 0] ?? 0)] ?? 0;
      while (row >= 0);
      at = this.#finishField(row, this.#fields, begin, at);
    }
    return at;
  }
}
