/**
 * The footer of a Parquet file: its schema, and where the pages of each column of each row group lie. Each part is held
 * against the file before it is used.
 * @see https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
import { isDeepStrictEqual } from 'node:util';
import type { CompressionCodec, ParquetType } from 'hyparquet';
import type { Source } from '../port';
import type { Decoders } from './decoders';
import { damaged, notRead, ParquetError, tooLarge } from './fault';
import { MOST_ELEMENTS, MOST_FOOTER_BYTES, MOST_FOOTER_PARTS } from './limits';
import { endOfStruct, Unfinished } from './thrift-guard';

/** What a value means, besides its physical type. */
export type Meaning =
  | { readonly is: 'text' | 'enum' | 'json' | 'uuid' | 'date' | 'list' | 'nothing' }
  /** `precision`: how many digits a number has at most, those behind the point among them. */
  | { readonly is: 'decimal'; readonly scale: number; readonly precision: number }
  | { readonly is: 'time' | 'timestamp'; readonly utc: boolean; readonly digits: 3 | 6 | 9 }
  | { readonly is: 'integer'; readonly bits: number; readonly signed: boolean }
  /** Something that this engine does not read. */
  | { readonly is: 'other'; readonly name: string };

/** One element of the schema, as it is written: a group or a leaf. */
export interface Element {
  readonly name: string;
  /** Nothing for a group. */
  readonly type: ParquetType | undefined;
  readonly typeLength: number;
  readonly repetition: 'required' | 'optional' | 'repeated';
  readonly children: number;
  readonly meaning: Meaning | undefined;
}

/** Where the pages of one column of one row group lie. */
export interface Chunk {
  readonly path: readonly string[];
  readonly codec: CompressionCodec | undefined;
  /** How many values there are, none among them. */
  readonly values: number;
  readonly start: number;
  readonly end: number;
}

/** A run of rows. */
export interface RowGroup {
  readonly rows: number;
  readonly chunks: readonly Chunk[];
}

/** What the end of a Parquet file says. */
export interface Footer {
  /** The root first, then each group followed by what it holds. */
  readonly elements: readonly Element[];
  readonly groups: readonly RowGroup[];
  readonly rows: number;
}

/** A struct of Thrift, as the library gives it. */
type Struct = { readonly [field: `field_${number}`]: unknown };

const MAGIC = 'PAR1';
const ENCRYPTED = 'PARE';
const TYPES = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
] as const;
const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'] as const;
const REPETITIONS = ['required', 'optional', 'repeated'] as const;
/** The longest name of a column, and the longest text of other metadata (Arrow’s and Pandas’s schema). */
const MOST_NAME = 1_000;
const MOST_TEXT = 4 * 1024 * 1024;

/**
 * Reads the footer.
 * @param bytes of the file
 * @throws ParquetError `locked` where it is encrypted, `parquet` where it is none or damaged
 */
export async function readFooter(
  slice: NonNullable<Source['slice']>,
  bytes: number,
  decoders: Decoders,
): Promise<Footer> {
  const head = signOf(await slice(0, Math.min(4, bytes)));
  if (head !== MAGIC && head !== ENCRYPTED) notRead('not-parquet', 'it does not begin as Parquet');
  if (bytes < 12) notRead('cut-off', 'it is too short');
  const tail = await slice(bytes - 8, bytes);
  const end = signOf(tail.subarray(4));
  if (head === ENCRYPTED || end === ENCRYPTED)
    throw new ParquetError('locked', 'its footer is encrypted', { reason: 'parquet-encryption' });
  if (end !== MAGIC) notRead('cut-off', 'it does not end as Parquet');
  const length = Buffer.from(tail).readUInt32LE(0);
  if (length > bytes - 12) damaged('its footer is longer than the file');
  if (length > MOST_FOOTER_BYTES) tooLarge('its footer is too long');
  // A copy of its own: the library takes what it makes from the buffer.
  const footer = Uint8Array.from(await slice(bytes - 8 - length, bytes - 8));
  try {
    endOfStruct(footer, 0, { parts: MOST_FOOTER_PARTS, text: MOST_TEXT });
    const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength);
    return footerOf(decoders.deserializeTCompactProtocol({ view, offset: 0 }), bytes - 8 - length);
  } catch (error) {
    if (error instanceof ParquetError) throw error;
    if (error instanceof Unfinished || error instanceof RangeError) damaged('its footer ends too early');
    throw error;
  }
}

function signOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function footerOf(file: Struct, end: number): Footer {
  const elements = list(file.field_2).map((each) => elementOf(struct(each)));
  if (elements.length === 0 || elements.length > MOST_ELEMENTS) tooLarge('its schema has too many elements');
  const groups = list(file.field_4).map((each) => {
    const group = struct(each);
    return {
      rows: whole(group.field_3),
      chunks: list(group.field_1).map((chunk) => chunkOf(struct(chunk), end)),
    };
  });
  const rows = whole(file.field_3);
  if (groups.reduce((sum, each) => sum + each.rows, 0) !== rows) damaged('its row groups do not add up');
  return { elements, groups, rows };
}

function chunkOf(chunk: Struct, end: number): Chunk {
  if (chunk.field_8 !== undefined || chunk.field_9 !== undefined)
    throw new ParquetError('locked', 'a column is encrypted', { reason: 'parquet-encryption' });
  if (chunk.field_1 !== undefined) notRead('elsewhere', 'a column lies in another file');
  const meta = struct(chunk.field_3);
  const dictionary = meta.field_11 === undefined ? 0 : whole(meta.field_11);
  const first = whole(meta.field_9);
  // Some writers say 0 where there is no dictionary.
  const start = dictionary > 0 && dictionary < first ? dictionary : first;
  const length = whole(meta.field_7);
  const values = whole(meta.field_5);
  // Of a column without values no page is read, and pyarrow says that they begin at 0.
  if (values > 0 && (start < 4 || start + length > end)) damaged('a column lies outside the file');
  return {
    path: list(meta.field_3).map(name),
    codec: CODECS[small(meta.field_4)],
    values,
    start,
    end: start + length,
  };
}

function elementOf(element: Struct): Element {
  const type = element.field_1 === undefined ? undefined : TYPES[small(element.field_1)];
  if (element.field_1 !== undefined && type === undefined)
    damaged('a column has a type that Parquet does not know');
  const children = element.field_5 === undefined ? 0 : small(element.field_5);
  return {
    name: name(element.field_4),
    type: children > 0 ? undefined : type,
    typeLength: element.field_2 === undefined ? 0 : small(element.field_2),
    // The root has none.
    repetition:
      REPETITIONS[element.field_3 === undefined ? 0 : small(element.field_3)] ??
      damaged('a column repeats in no known way'),
    children,
    meaning: meaningOf(element),
  };
}

/** A decimal number, among the older converted types. */
const DECIMAL = 5;

/** What Parquet’s newer logical types, or the older converted types, say. */
function meaningOf(element: Struct): Meaning | undefined {
  const older = convertedMeaning(element);
  if (element.field_10 === undefined) return older;
  const newer = logicalMeaning(struct(element.field_10));
  // Some programs go by the one and some by the other, and would read other numbers.
  if (isNumber(older) && isNumber(newer) && !isDeepStrictEqual(older, newer))
    damaged('a column says twice what its numbers are, and not the same');
  return newer;
}

function isNumber(meaning: Meaning | undefined): boolean {
  return meaning?.is === 'decimal' || meaning?.is === 'integer';
}

function convertedMeaning(element: Struct): Meaning | undefined {
  if (element.field_6 === undefined) return undefined;
  const converted = small(element.field_6);
  if (converted === DECIMAL) {
    const scale = element.field_7 === undefined ? 0 : small(element.field_7);
    return { is: 'decimal', scale, precision: precisionOf(element.field_8) };
  }
  // The older types know no local time: theirs are instants.
  // See https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#deprecated-timestamp-convertedtype
  const known: Readonly<Record<number, Meaning>> = {
    0: { is: 'text' },
    3: { is: 'list' },
    4: { is: 'enum' },
    6: { is: 'date' },
    7: { is: 'time', utc: true, digits: 3 },
    8: { is: 'time', utc: true, digits: 6 },
    9: { is: 'timestamp', utc: true, digits: 3 },
    10: { is: 'timestamp', utc: true, digits: 6 },
    11: { is: 'integer', bits: 8, signed: false },
    12: { is: 'integer', bits: 16, signed: false },
    13: { is: 'integer', bits: 32, signed: false },
    14: { is: 'integer', bits: 64, signed: false },
    15: { is: 'integer', bits: 8, signed: true },
    16: { is: 'integer', bits: 16, signed: true },
    17: { is: 'integer', bits: 32, signed: true },
    18: { is: 'integer', bits: 64, signed: true },
    19: { is: 'json' },
  };
  return known[converted] ?? { is: 'other', name: `converted type ${converted}` };
}

function precisionOf(precision: unknown): number {
  return precision === undefined
    ? damaged('a decimal number does not say how many digits it has')
    : small(precision);
}

function logicalMeaning(logical: Struct): Meaning | undefined {
  if (logical.field_1 !== undefined) return { is: 'text' };
  if (logical.field_3 !== undefined) return { is: 'list' };
  if (logical.field_4 !== undefined) return { is: 'enum' };
  if (logical.field_5 !== undefined) {
    const { field_1: scale, field_2: precision } = struct(logical.field_5);
    return { is: 'decimal', scale: small(scale), precision: precisionOf(precision) };
  }
  if (logical.field_6 !== undefined) return { is: 'date' };
  for (const [is, field] of [
    ['time', logical.field_7],
    ['timestamp', logical.field_8],
  ] as const) {
    if (field === undefined) continue;
    const { field_1: utc, field_2: unit } = struct(field);
    const { field_1: milliseconds, field_2: microseconds, field_3: nanoseconds } = struct(unit);
    const digits = milliseconds ? 3 : microseconds ? 6 : nanoseconds ? 9 : damaged('a time has no unit');
    if (typeof utc !== 'boolean') damaged('a time does not say whether it is an instant');
    return { is, utc, digits };
  }
  if (logical.field_10 !== undefined) {
    const { field_1: bits, field_2: signed } = struct(logical.field_10);
    if (typeof signed !== 'boolean') damaged('an integer does not say whether it has a sign');
    return { is: 'integer', bits: small(bits), signed };
  }
  if (logical.field_11 !== undefined) return { is: 'nothing' };
  if (logical.field_12 !== undefined) return { is: 'json' };
  if (logical.field_14 !== undefined) return { is: 'uuid' };
  const [other] = Object.keys(logical);
  return { is: 'other', name: `logical type ${other?.slice('field_'.length) ?? 'without a name'}` };
}

const TEXT = new TextDecoder('utf-8', { fatal: true });

function name(value: unknown): string {
  if (!(value instanceof Uint8Array)) return damaged('a column has no name');
  if (value.length > MOST_NAME) tooLarge('the name of a column is too long');
  try {
    return TEXT.decode(value);
  } catch {
    return damaged('the name of a column is not UTF-8');
  }
}

function struct(value: unknown): Struct {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    return damaged('its footer lacks a part');
  return value as Struct;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : damaged('its footer lacks a part');
}

/** A number of 32 bits that is not negative. */
function small(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : damaged('its footer has a number that cannot be');
}

/** A number of 64 bits that is not negative, and that JavaScript holds exactly. */
function whole(value: unknown): number {
  const number = typeof value === 'bigint' ? Number(value) : -1;
  return Number.isSafeInteger(number) && number >= 0
    ? number
    : damaged('its footer has a number that cannot be');
}
