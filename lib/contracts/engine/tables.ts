/**
 * One table for all columns of a file, by which it is read byte by byte: a row of the table is a state of a column’s automaton,
 * within quotes or not, and says for each byte the next row, or by what the value ends. Bytes that no column tells apart share a
 * place, so that what is used of the table stays small enough for the processor’s first cache.
 */
import { classOfPoint, type Machine } from '../rules/machine/machine';

/** A value without quotes has ended by a comma, or by the end of the line, and is taken (or is empty, and may be). */
export const COMMA_TAKEN = -1;
export const LINE_TAKEN = -2;
/** All other ends are `OTHER - (8 * row + kind)`. */
export const OTHER = -16;

/** Ends without quotes, of a value that is not taken: by a comma, or the end of the line. */
export const COMMA_REFUSED = 0;
export const LINE_REFUSED = 1;
export const CARRIAGE_RETURN = 2;
/** A quote, first or within. */
export const QUOTE = 3;
/** A byte of 128 or more, the end of what is there, or NUL. */
export const HIGH = 4;
/** Within quotes: a quote, which may be the last; the end of a line, to be counted; and as above. */
export const QUOTED_QUOTE = 5;
export const QUOTED_LINE = 6;
export const QUOTED_HIGH = 7;

const [NUL, LF, CR, QUOTE_BYTE, COMMA] = [0, 10, 13, 34, 44];

/** What is asked of the values of one field while they are read. */
export interface FieldForm {
  /** Nothing where all text is taken. */
  readonly machine: Machine | undefined;
  readonly required: boolean;
}

/** The table. Rows are given by where they begin. */
export interface Tables {
  readonly next: Int32Array;
  /** The place in a row of each byte. */
  readonly places: Uint8Array;
  readonly width: number;
  /** Of each field, the row that a value begins in, and that within quotes. */
  readonly starts: Int32Array;
  readonly quotedStarts: Int32Array;
  /** Whether a value may end in a row, by the row’s number. */
  readonly accepts: Uint8Array;
  /** The rows of text that nothing is asked of, not within quotes and within. */
  readonly any: number;
  readonly quotedAny: number;
  /** The row after a character of the value itself, which may be any: also a quote or the end of a line within quotes. */
  after(row: number, point: number): number;
}

/** All text, of one state. */
const ANY: Machine = {
  classes: 1,
  ascii: new Uint16Array(128),
  starts: Uint32Array.of(128),
  classOf: Uint16Array.of(0),
  next: Uint16Array.of(0),
  accepts: Uint8Array.of(1),
};

/** The automaton of one form, as the rows of the table have it: states without quotes, where a value begins, states within. */
interface Part {
  readonly machine: Machine;
  readonly required: boolean;
  /** The number of its first row. */
  readonly first: number;
}

/** Makes the table of the fields of a file, in their order. */
export function tablesOf(fields: readonly FieldForm[]): Tables {
  const parts: Part[] = [];
  const known = new Map<Machine, Map<boolean, Part>>();
  let rows = 0;
  const partOf = ({ machine = ANY, required }: FieldForm): Part => {
    const forms = known.get(machine) ?? new Map<boolean, Part>();
    known.set(machine, forms);
    let part = forms.get(required);
    if (!part) {
      part = { machine, required, first: rows };
      forms.set(required, part);
      parts.push(part);
      rows += 2 * machine.accepts.length + 1;
    }
    return part;
  };
  const any = partOf({ machine: ANY, required: false });
  const partOfField = fields.map(partOf);

  const places = placesOf([...known.keys()]);
  const width = Math.max(...places) + 1;
  const next = new Int32Array(rows * width);
  const accepts = new Uint8Array(rows);
  const partOfRow: Part[] = [];
  for (const part of parts) {
    const states = part.machine.accepts.length;
    for (let n = 0; n < 2 * states + 1; n++) partOfRow.push(part);
    fill(part, { next, places, width, accepts });
  }
  const row = (number: number) => number * width;
  const quotedStart = ({ first, machine }: Part) => row(first + machine.accepts.length + 1);
  return {
    next,
    places,
    width,
    starts: Int32Array.from(partOfField, ({ first, machine }) => row(first + machine.accepts.length)),
    quotedStarts: Int32Array.from(partOfField, quotedStart),
    accepts,
    any: row(any.first),
    quotedAny: quotedStart(any),
    after(from, point) {
      const number = from / width;
      const part = partOfRow[number];
      if (!part) throw new RangeError(`the table has no row at ${from}`);
      const { machine, first } = part;
      const states = machine.accepts.length;
      const inPart = number - first;
      const quoted = inPart > states;
      const state = quoted ? inPart - states - 1 : inPart === states ? 0 : inPart;
      const read = point < 128 ? (machine.ascii[point] ?? 0) : classOfPoint(machine, point);
      const to = machine.next[state * machine.classes + read] ?? 0;
      return row(first + (quoted ? states + 1 : 0) + to);
    },
  };
}

/** How many rows a form takes. */
export function rowsOf({ machine = ANY }: FieldForm): number {
  return 2 * machine.accepts.length + 1;
}

/** Bytes that every automaton, and CSV itself, treats alike have the same place. */
function placesOf(machines: readonly Machine[]): Uint8Array {
  let places = Uint8Array.from({ length: 256 }, (_, byte) => {
    const own = [COMMA, LF, CR, QUOTE_BYTE].indexOf(byte);
    return byte >= 128 || byte === NUL ? 4 : own < 0 ? 5 : own;
  });
  for (const { ascii } of machines) {
    const together = new Map<number, number>();
    places = Uint8Array.from(places, (place, byte) => {
      const key = place * 256 + (byte < 128 ? (ascii[byte] ?? 0) : 0);
      const number = together.get(key) ?? together.size;
      together.set(key, number);
      return number;
    });
  }
  // What is most in a table of data comes first, side by side.
  const often = [COMMA, LF, ...Array.from({ length: 10 }, (_, n) => 48 + n), 45, 46, 58];
  const order = new Map<number, number>();
  for (const byte of [...often, ...places.keys()]) {
    const place = places[byte] ?? 0;
    if (!order.has(place)) order.set(place, order.size);
  }
  return Uint8Array.from(places, (place) => order.get(place) ?? 0);
}

function fill(
  { machine, required, first }: Part,
  { next, places, width, accepts }: Pick<Tables, 'next' | 'places' | 'width' | 'accepts'>,
): void {
  const states = machine.accepts.length;
  for (let n = 0; n < 2 * states + 1; n++) {
    const quoted = n > states;
    const begins = n === states;
    const state = quoted ? n - states - 1 : begins ? 0 : n;
    const number = first + n;
    const taken = machine.accepts[state] === 1;
    accepts[number] = taken ? 1 : 0;
    const ends = begins ? !required : taken;
    const base = first + (quoted ? states + 1 : 0);
    for (let byte = 0; byte < 256; byte++) {
      const kind = quoted ? quotedEnd(byte) : unquotedEnd(byte, ends);
      const to = (base + (machine.next[state * machine.classes + (machine.ascii[byte] ?? 0)] ?? 0)) * width;
      const end = kind === undefined || kind < 0 ? kind : OTHER - (8 * number + kind);
      next[number * width + (places[byte] ?? 0)] = end ?? to;
    }
  }
}

function unquotedEnd(byte: number, taken: boolean): number | undefined {
  if (byte >= 128 || byte === NUL) return HIGH;
  if (byte === COMMA) return taken ? COMMA_TAKEN : COMMA_REFUSED;
  if (byte === LF) return taken ? LINE_TAKEN : LINE_REFUSED;
  if (byte === CR) return CARRIAGE_RETURN;
  return byte === QUOTE_BYTE ? QUOTE : undefined;
}

function quotedEnd(byte: number): number | undefined {
  if (byte >= 128 || byte === NUL) return QUOTED_HIGH;
  if (byte === QUOTE_BYTE) return QUOTED_QUOTE;
  return byte === LF ? QUOTED_LINE : undefined;
}
