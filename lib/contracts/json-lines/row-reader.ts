/** Reads one line after the other: each an object, whose members are the columns of a row. */
import type { Row } from '../rules/row';
import * as characters from './characters';
import * as decode from './decode';
import type { NestedContext } from './nested';
import * as nested from './nested';
import * as scan from './scan';
import type { Member, Members, ScalarShape } from './shape';
import * as shapes from './shape';

// Kept here: where modules are not bundled, a name of another is looked up at each use, which is once for each byte.
const {
  BACKSLASH,
  COLON,
  COMMA,
  ENDS_RUN,
  isDigit,
  isSpace,
  LIST,
  MINUS,
  NEWLINE,
  OBJECT,
  OBJECT_END,
  QUOTE,
} = characters;
const { endOfString, pastNumber, pastSpace, pastValue, pastWord, stop } = scan;
const { decodeString } = decode;
const { AS_NUMBER, AS_STRING, AS_TRUTH } = shapes;
const { isNothing, nameOf, nestedValue } = nested;

/** The line that was read last, as a row. The same object serves all lines. */
export class RowReader implements Row {
  bytes: Uint8Array = new Uint8Array(0);
  readonly from: Int32Array;
  readonly to: Int32Array;
  number = 0;
  /** Where the values of the columns begin in the line, as it was before strings were decoded. */
  readonly #starts: Int32Array;
  /** The row in which each column was last met: two of one name are told by it. */
  readonly #met: Float64Array;
  /** The row in which the value of each column was last of another type. */
  readonly #wrong: Float64Array;
  readonly #members: Members;
  readonly #context: NestedContext;
  /** Which member stood where in the line before: the next line is most often written alike. */
  readonly #order: (Member | undefined)[] = [];
  /** Where the decoded strings of a line go: behind the line itself. */
  #decoded = 0;
  #line = 0;
  #lineStart = 0;
  /** What is added to a place in `bytes` to have that in the file. */
  #shift = 0;

  constructor(members: Members, context: NestedContext) {
    this.#members = members;
    this.#context = context;
    this.from = new Int32Array(members.all.length);
    this.to = new Int32Array(members.all.length);
    this.#starts = new Int32Array(members.all.length);
    this.#met = new Float64Array(members.all.length).fill(-1);
    this.#wrong = new Float64Array(members.all.length).fill(-1);
  }

  lineOf(_column: number): number {
    return this.#line;
  }

  byteOf(column: number): number {
    return this.placeOf(column < 0 ? this.#lineStart : (this.#starts[column] ?? this.#lineStart));
  }

  /** Whether the value of a column is of its type, as far as one is there. */
  isOfType(column: number): boolean {
    return this.#wrong[column] !== this.number;
  }

  /** The place in the file of a place in `bytes`. */
  placeOf(at: number): number {
    return at + this.#shift;
  }

  /**
   * Reads a line. Rules that its values break are put into the context’s `pending`, without those of values that are not there.
   * @param end its newline
   * @param shift what is added to places in `bytes` to have those in the file
   * @throws LineError where it is not one object
   */
  read(bytes: Uint8Array, start: number, end: number, number: number, line: number, shift: number): void {
    this.bytes = bytes;
    this.number = number;
    this.#line = line;
    this.#lineStart = start;
    this.#shift = shift;
    this.#decoded = end + 1;
    this.from.fill(start);
    this.to.fill(start);
    this.#starts.fill(start);
    const behind = this.#object(bytes, start);
    const last = pastSpace(bytes, behind);
    if (bytes[last] !== NEWLINE) stop(last);
    for (const { number: column, required } of this.#members.all)
      if (required >= 0 && this.to[column] === this.from[column])
        this.#context.pending.add(required, column, this.#starts[column] ?? start);
  }

  #object(bytes: Uint8Array, start: number): number {
    let at = start;
    while (isSpace(bytes[at])) at++;
    if (bytes[at] !== OBJECT) return stop(at);
    at++;
    while (isSpace(bytes[at])) at++;
    if (bytes[at] === OBJECT_END) return at + 1;
    let unknown: Set<string> | undefined;
    for (let position = 0; ; position++) {
      const named = at;
      let member = this.#order[position];
      if (member && startsWith(bytes, at, member.written)) at += member.written.length;
      else {
        if (bytes[at] !== QUOTE) return stop(at);
        const quote = endOfString(bytes, at + 1);
        const name = nameOf(bytes, at + 1, quote);
        member = this.#members.byName.get(name);
        this.#order[position] = member;
        if (!member) {
          unknown ??= new Set();
          if (unknown.has(name)) return stop(at, 'duplicate-member');
          unknown.add(name);
          this.#context.pending.add(this.#context.unknownMember, -1, at);
        }
        at = quote + 1;
        while (isSpace(bytes[at])) at++;
        if (bytes[at] !== COLON) return stop(at);
        at++;
      }
      while (isSpace(bytes[at])) at++;
      if (!member) at = pastValue(bytes, at, 1);
      else {
        const column = member.number;
        if (this.#met[column] === this.number) return stop(named, 'duplicate-member', column);
        this.#met[column] = this.number;
        this.#starts[column] = at;
        const { shape } = member;
        at =
          shape.kind === 'scalar'
            ? this.#scalar(bytes, at, column, shape)
            : this.#nested(bytes, at, column, member);
      }
      while (isSpace(bytes[at])) at++;
      if (bytes[at] === OBJECT_END) return at + 1;
      if (bytes[at] !== COMMA) return stop(at);
      at++;
      while (isSpace(bytes[at])) at++;
    }
  }

  #scalar(bytes: Uint8Array, start: number, column: number, shape: ScalarShape): number {
    const byte = bytes[start];
    if (byte === QUOTE) {
      let at = start + 1;
      while (ENDS_RUN[bytes[at] ?? 0] === 0) at++;
      let from = start + 1;
      let to = at;
      if (bytes[at] !== QUOTE) {
        if (bytes[at] !== BACKSLASH) return stop(at);
        at = endOfString(bytes, at);
        from = this.#decoded;
        to = decodeString(bytes, start + 1, at, bytes, from);
        this.#decoded = to;
      }
      this.from[column] = from;
      this.to[column] = to;
      if (to > from) this.#ask(bytes, from, to, column, shape, AS_STRING);
      return at + 1;
    }
    if (byte === MINUS || isDigit(byte)) {
      const end = pastNumber(bytes, start);
      this.from[column] = start;
      this.to[column] = end;
      this.#ask(bytes, start, end, column, shape, AS_NUMBER);
      return end;
    }
    if (byte === OBJECT || byte === LIST) {
      const end = pastValue(bytes, start, 1);
      this.from[column] = start;
      this.to[column] = end;
      this.#ask(bytes, start, end, column, shape, 0);
      return end;
    }
    const end = pastWord(bytes, start);
    if (byte === 0x6e) return end;
    this.from[column] = start;
    this.to[column] = end;
    this.#ask(bytes, start, end, column, shape, AS_TRUTH);
    return end;
  }

  #ask(bytes: Uint8Array, from: number, to: number, column: number, shape: ScalarShape, kind: number): void {
    if ((shape.accepts & kind) !== 0 && shape.rules.holds(bytes, from, to)) return;
    const { pending } = this.#context;
    const broken = (shape.accepts & kind) === 0 ? [shape.typeRule] : shape.rules.broken(bytes, from, to);
    for (const rule of broken) {
      if (rule === shape.typeRule) this.#wrong[column] = this.number;
      pending.add(rule, column, this.#starts[column] ?? 0);
    }
  }

  #nested(bytes: Uint8Array, start: number, column: number, { shape }: Member): number {
    this.#context.column = column;
    const end = nestedValue(bytes, start, shape, this.#context, 1);
    if (!isNothing(bytes, start)) {
      this.from[column] = start;
      this.to[column] = end;
    }
    return end;
  }
}

function startsWith(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let n = 0; n < text.length; n++) if (bytes[at + n] !== text[n]) return false;
  return true;
}
