/**
 * How a column’s raw values become text: which types of Parquet can hold what each type of a contract says, exactly, and how
 * each is written. A type that cannot is refused before any row is read.
 */
import type { ScalarType } from '../../wire/contracts';
import { floatingText, writeAscii, writeBigDecimal, writeDecimal } from './digits';
import { damaged, ParquetError } from './fault';
import type { Meaning } from './footer';
import { divide, type Instant, writeDate, writeTime, writeTimestamp } from './moments';
import type { Node } from './schema';
import type { Values } from './values';

/** Writes the text of one value. @returns the first byte behind it */
type Writer = (values: Values, n: number, out: Uint8Array, at: number) => number;

/** How values of one column become text. */
export type Texts =
  /** They are text as they lie there. */
  | { readonly as: 'bytes' }
  | { readonly as: 'written'; readonly write: Writer; readonly most: number }
  /** There are none. */
  | { readonly as: 'nothing' };

/** Bytes that the longest text of a number, a date or a time takes. */
const MOST_SHORT = 48;
/** Those of the largest floating-point number without exponent, and of the smallest. */
const MOST_FLOATING = 400;
/** Digits of a decimal number that are written: more than any writer has. */
const MOST_DECIMAL_BYTES = 64;
/** Any number of so many bytes has no more. */
const MOST_DECIMAL_DIGITS = 154;
const MOST_SCALE = 200;

/**
 * How a leaf’s values serve a type of the contract.
 * @throws ParquetError `column-type` where they cannot, exactly
 */
export function textsOf(leaf: Node, type: ScalarType): Texts {
  const { meaning } = leaf.element;
  if (meaning?.is === 'nothing') return { as: 'nothing' };
  const texts = served(leaf, meaning, type);
  if (texts) return texts;
  throw new ParquetError(
    'column-type',
    `${leaf.path.join('.')} is ${leaf.element.type}${meaning ? ` (${nameOf(meaning)})` : ''}, which cannot hold every ${type.kind} exactly`,
  );
}

function nameOf(meaning: Meaning): string {
  return meaning.is === 'other' ? meaning.name : meaning.is;
}

function served(leaf: Node, meaning: Meaning | undefined, type: ScalarType): Texts | undefined {
  const physical = leaf.element.type;
  switch (type.kind) {
    case 'boolean':
      return physical === 'BOOLEAN' && !meaning ? written(writeTruth) : undefined;
    case 'integer':
      return wholeNumbers(leaf);
    case 'number':
      return wholeNumbers(leaf) ?? decimals(leaf) ?? (type.multipleOf ? undefined : floating(leaf));
    case 'date':
      return physical === 'INT32' && meaning?.is === 'date' ? written(writeDays) : undefined;
    case 'time':
      return meaning?.is === 'time' && meaning.utc === (type.zone === 'required')
        ? timesOfDay(leaf, meaning.digits, type.fraction, meaning.utc)
        : undefined;
    case 'timestamp':
      return meaning?.is === 'timestamp' && meaning.utc === (type.zone === 'required') && physical === 'INT64'
        ? timestamps(meaning.digits, type.fraction, meaning.utc)
        : undefined;
    case 'uprn':
    case 'usrn':
      return text(leaf) ?? wholeNumbers(leaf);
    case 'text':
      return text(leaf) ?? uuids(leaf);
    default:
      return text(leaf);
  }
}

function written(write: Writer, most = MOST_SHORT): Texts {
  return { as: 'written', write, most };
}

/** Text says that it is: bytes that do not may be anything. */
function text({ element: { type, meaning } }: Node): Texts | undefined {
  const said = meaning?.is === 'text' || meaning?.is === 'enum' || meaning?.is === 'json';
  return type === 'BYTE_ARRAY' && said ? { as: 'bytes' } : undefined;
}

function wholeNumbers(leaf: Node): Texts | undefined {
  const { type, meaning } = leaf.element;
  if (meaning?.is === 'decimal') return meaning.scale === 0 ? decimals(leaf) : undefined;
  if (meaning && meaning.is !== 'integer') return undefined;
  const signed = meaning?.signed ?? true;
  const bits = meaning?.bits ?? (type === 'INT64' ? 64 : 32);
  if (type === 'INT64' && bits === 64) return written(int64(signed, 0));
  if (type !== 'INT32') return undefined;
  if (bits === 32) return written(signed ? writeInt32 : writeUint32);
  return bits === 8 || bits === 16 ? written(narrow(bits, signed)) : undefined;
}

function decimals({ element: { type, typeLength, meaning } }: Node): Texts | undefined {
  if (meaning?.is !== 'decimal' || meaning.scale > MOST_SCALE) return undefined;
  const { scale } = meaning;
  const within = digitsOf(meaning.precision);
  if (type === 'INT32')
    return written(
      (values, n, out, at) => writeDecimal(out, at, within(int32(values)[n] ?? 0), scale),
      MOST_SHORT + scale,
    );
  if (type === 'INT64') return written(int64(true, scale, within), MOST_SHORT + scale);
  const bytes =
    type === 'BYTE_ARRAY' || (type === 'FIXED_LEN_BYTE_ARRAY' && typeLength <= MOST_DECIMAL_BYTES);
  return bytes ? written(bytesOf(scale, within), 3 * MOST_DECIMAL_BYTES + scale) : undefined;
}

function floating({ element: { type, meaning } }: Node): Texts | undefined {
  if (meaning || (type !== 'DOUBLE' && type !== 'FLOAT')) return undefined;
  const single = type === 'FLOAT';
  return written((values, n, out, at) => {
    const numbers = values.of === 'double' || values.of === 'float' ? values.numbers : wrong();
    return writeAscii(out, at, floatingText(numbers[n] ?? 0, single));
  }, MOST_FLOATING);
}

/**
 * @param digits of a second that the column counts
 * @param fraction how many the contract asks for, where it does: those that a file need not write are zeros
 */
function timesOfDay(
  { element: { type } }: Node,
  digits: 3 | 6 | 9,
  fraction: number | undefined,
  utc: boolean,
): Texts | undefined {
  if (type !== (digits === 3 ? 'INT32' : 'INT64')) return undefined;
  const units = 10 ** digits;
  const instant: Instant = { days: 0, seconds: 0, rest: 0 };
  return written((values, n, out, start) => {
    if (values.of === 'int32') {
      const count = values.numbers[n] ?? 0;
      divide(count, count < 0 ? -1 : 0, units, instant);
    } else divide(low(values, n), high(values, n), units, instant);
    // More than a day, or less than none, is written as it is: the rules refuse it.
    let at = start;
    if (instant.days < 0) out[at++] = 45;
    at = writeTime(
      out,
      at,
      instant.seconds + Math.max(0, Math.min(instant.days, 1000)) * 86_400,
      instant.rest,
      digits,
      fraction ?? 0,
    );
    if (utc) out[at++] = 90;
    return at;
  });
}

function timestamps(digits: 3 | 6 | 9, fraction: number | undefined, utc: boolean): Texts {
  const units = 10 ** digits;
  const instant: Instant = { days: 0, seconds: 0, rest: 0 };
  return written((values, n, out, at) =>
    writeTimestamp(
      out,
      at,
      divide(low(values, n), high(values, n), units, instant),
      digits,
      fraction ?? 0,
      utc,
    ),
  );
}

/** A UUID as RFC 9562 writes it, in lower case. */
function uuids({ element: { type, typeLength, meaning } }: Node): Texts | undefined {
  if (type !== 'FIXED_LEN_BYTE_ARRAY' || typeLength !== 16 || meaning?.is !== 'uuid') return undefined;
  return written((values, n, out, at) => {
    const { bytes, from } = values.of === 'bytes' ? values : wrong();
    const start = from[n] ?? 0;
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset + start, 16).toString('hex');
    return writeAscii(out, at, hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
  });
}

const writeTruth: Writer = (values, n, out, at) =>
  writeAscii(out, at, (values.of === 'boolean' ? values.truths : wrong())[n] ? 'true' : 'false');
const writeDays: Writer = (values, n, out, at) => writeDate(out, at, int32(values)[n] ?? 0);
const writeInt32: Writer = (values, n, out, at) => writeDecimal(out, at, int32(values)[n] ?? 0, 0);
const writeUint32: Writer = (values, n, out, at) => writeDecimal(out, at, (int32(values)[n] ?? 0) >>> 0, 0);

/**
 * Whole numbers of fewer bits than they lie in. Of one that needs more, programs read the lowest bits alone, and so another number
 * than stands there.
 * @see https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#signed-integers
 */
function narrow(bits: 8 | 16, signed: boolean): Writer {
  const least = signed ? -(2 ** (bits - 1)) : 0;
  const most = least + 2 ** bits - 1;
  return (values, n, out, at) => {
    const number = int32(values)[n] ?? 0;
    if (number < least || number > most)
      damaged(`a number does not fit into the ${bits} bits that its column says`);
    return writeDecimal(out, at, number, 0);
  };
}

/** Passes on a number that it may be, without its point. */
type Within = <Unscaled extends number | bigint>(unscaled: Unscaled) => Unscaled;

const whateverItIs: Within = (unscaled) => unscaled;

/**
 * Lets no number have more digits than its column says: programs keep it in as many bits as so many digits need, and read another.
 * Of 1234.56 in a column of four digits DuckDB 2.0.1 reads -76.16 without a word.
 * @see https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#decimal
 */
function digitsOf(precision: number): Within {
  if (precision > MOST_DECIMAL_DIGITS) return whateverItIs;
  const bound = 10 ** precision;
  const exactly = 10n ** BigInt(precision);
  return (unscaled) => {
    const fits =
      typeof unscaled === 'bigint'
        ? unscaled < exactly && unscaled > -exactly
        : unscaled < bound && unscaled > -bound;
    return fits ? unscaled : damaged(`a number has more digits than the ${precision} that its column says`);
  };
}

function int64(signed: boolean, scale: number, within = whateverItIs): Writer {
  return (values, n, out, at) => {
    const lower = low(values, n) >>> 0;
    const upper = signed ? high(values, n) : high(values, n) >>> 0;
    const number = upper * 2 ** 32 + lower;
    if (Number.isSafeInteger(number)) return writeDecimal(out, at, within(number), scale);
    return writeBigDecimal(out, at, within((BigInt(upper) << 32n) + BigInt(lower)), scale);
  };
}

/** Numbers of any size, the highest byte first, in two’s complement. */
function bytesOf(scale: number, within: Within): Writer {
  return (values, n, out, at) => {
    const { bytes, from, to } = values.of === 'bytes' ? values : wrong();
    const start = from[n] ?? 0;
    const end = to[n] ?? 0;
    if (end - start > MOST_DECIMAL_BYTES) damaged('a decimal number is too long');
    if (end - start <= 6) {
      let number = ((bytes[start] ?? 0) << 24) >> 24;
      for (let byte = start + 1; byte < end; byte++) number = number * 256 + (bytes[byte] ?? 0);
      return writeDecimal(out, at, end === start ? 0 : within(number), scale);
    }
    let number = BigInt(((bytes[start] ?? 0) << 24) >> 24);
    for (let byte = start + 1; byte < end; byte++) number = number * 256n + BigInt(bytes[byte] ?? 0);
    return Number.isSafeInteger(Number(number))
      ? writeDecimal(out, at, Number(within(number)), scale)
      : writeBigDecimal(out, at, within(number), scale);
  };
}

function int32(values: Values): Int32Array {
  return values.of === 'int32' ? values.numbers : wrong();
}

function low(values: Values, n: number): number {
  return (values.of === 'int64' ? values.halves : wrong())[2 * n] ?? 0;
}

function high(values: Values, n: number): number {
  return (values.of === 'int64' ? values.halves : wrong())[2 * n + 1] ?? 0;
}

/** The pages are read by the type of their column, so this does not happen. */
function wrong(): never {
  throw new TypeError('values of another type than their column has');
}
