/** The values of one page or dictionary, as they lie there: raw numbers and bytes, nothing converted. */
import type { ParquetType } from 'hyparquet';
import type { Decoders } from './decoders';
import { guardDelta } from './delta-guard';
import { damaged, notRead, tooLarge } from './fault';
import { guardHybrid } from './hybrid-guard';
import { MOST_PAGE_BYTES } from './limits';

/** Values of one physical type. */
export type Values =
  | { readonly of: 'bytes'; readonly bytes: Uint8Array; readonly from: Int32Array; readonly to: Int32Array }
  | { readonly of: 'int32'; readonly numbers: Int32Array }
  /** The low and the high half of each, alternately. */
  | { readonly of: 'int64'; readonly halves: Int32Array }
  | { readonly of: 'double'; readonly numbers: Float64Array }
  | { readonly of: 'float'; readonly numbers: Float32Array }
  | { readonly of: 'boolean'; readonly truths: ArrayLike<boolean | number> };

/** What one leaf’s values are. */
export interface Leaf {
  readonly type: ParquetType;
  /** Of a value, where they are of one fixed length. */
  readonly typeLength: number;
}

/** The numbers of encodings. @see https://parquet.apache.org/docs/file-format/data-pages/encodings/ */
export type Encoding = string | undefined;

/** Reads values that are written one after the other. @throws ParquetError where there are fewer */
export function plainValues(bytes: Uint8Array, count: number, leaf: Leaf, decoders: Decoders): Values {
  if (leaf.type === 'BYTE_ARRAY') return lengthAndBytes(bytes, count);
  if (leaf.type === 'FIXED_LEN_BYTE_ARRAY') return fixedBytes(bytes, count, leaf.typeLength);
  const needed = leaf.type === 'BOOLEAN' ? Math.ceil(count / 8) : count * widthOf(leaf);
  if (needed > bytes.length) damaged('a page has fewer values than it says');
  return fromLibrary(decoders.readPlain(readerOf(bytes), leaf.type, count, undefined), count);
}

/** Reads the values of a page that are not numbers of dictionary entries. @throws ParquetError where they are damaged */
export function encodedValues(
  bytes: Uint8Array,
  count: number,
  leaf: Leaf,
  encoding: Encoding,
  decoders: Decoders,
): Values {
  const { type } = leaf;
  if (count === 0) return plainValues(new Uint8Array(0), 0, leaf, decoders);
  switch (encoding) {
    case 'PLAIN':
      return plainValues(bytes, count, leaf, decoders);
    case 'RLE':
      if (type === 'BOOLEAN') return runsOfTruths(bytes, count, decoders);
      break;
    case 'DELTA_BINARY_PACKED':
      if (type === 'INT32' || type === 'INT64') return differences(bytes, count, type, decoders);
      break;
    case 'DELTA_LENGTH_BYTE_ARRAY':
      if (type === 'BYTE_ARRAY') return lengthsThenBytes(bytes, count, decoders);
      break;
    case 'DELTA_BYTE_ARRAY':
      if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY')
        return frontCoded(bytes, count, leaf, decoders);
      break;
    case 'BYTE_STREAM_SPLIT':
      return split(bytes, count, leaf, decoders);
  }
  return notRead(
    'page-encoding',
    `values of ${type} in the encoding ${encoding ?? 'without a name'} are not read here`,
  );
}

/** How many bytes a value takes that is not of varying length. */
function widthOf({ type, typeLength }: Leaf): number {
  switch (type) {
    case 'INT32':
    case 'FLOAT':
      return 4;
    case 'INT64':
    case 'DOUBLE':
      return 8;
    case 'INT96':
      return 12;
    case 'FIXED_LEN_BYTE_ARRAY':
      return typeLength;
    default:
      return damaged(`${type} has no fixed length`);
  }
}

function readerOf(bytes: Uint8Array, offset = 0): { view: DataView; offset: number } {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset };
}

function lengthAndBytes(bytes: Uint8Array, count: number): Values {
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const end = bytes.length;
  const { view } = readerOf(bytes);
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + 4 > end) damaged('a page has fewer values than it says');
    const length = view.getUint32(at, true);
    at += 4;
    if (length > end - at) damaged('a value is longer than its page');
    from[n] = at;
    at += length;
    to[n] = at;
  }
  return { of: 'bytes', bytes, from, to };
}

function fixedBytes(bytes: Uint8Array, count: number, length: number): Values {
  if (length * count > bytes.length) damaged('a page has fewer values than it says');
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  for (let n = 0; n < count; n++) {
    from[n] = n * length;
    to[n] = (n + 1) * length;
  }
  return { of: 'bytes', bytes, from, to };
}

function runsOfTruths(bytes: Uint8Array, count: number, decoders: Decoders): Values {
  const length =
    readerOf(bytes).view.byteLength < 4
      ? damaged('a page is too short')
      : readerOf(bytes).view.getUint32(0, true);
  if (length > bytes.length - 4) damaged('runs are longer than their page');
  guardHybrid(bytes, 4, 4 + length, 1, count);
  const truths = new Uint8Array(count);
  decoders.readRleBitPackedHybrid(readerOf(bytes), 1, truths);
  return { of: 'boolean', truths };
}

function differences(bytes: Uint8Array, count: number, type: 'INT32' | 'INT64', decoders: Decoders): Values {
  if (type === 'INT32') return { of: 'int32', numbers: differences32(bytes, 0, count, decoders).each };
  const numbers = new BigInt64Array(count);
  guardDelta(bytes, 0, bytes.length, count, 64);
  decoders.deltaBinaryUnpack(readerOf(bytes), count, numbers);
  return fromLibrary(numbers, count);
}

/**
 * Numbers of 32 bits as differences. DuckDB 2 writes the first of unsigned ones with 33 bits, which Polars reads as it was
 * meant and the library cuts off; so those are added up with 64 bits, and their lower halves are the numbers.
 */
function differences32(
  bytes: Uint8Array,
  start: number,
  count: number,
  decoders: Decoders,
): { readonly each: Int32Array; readonly end: number } {
  const { end, first } = guardDelta(bytes, start, bytes.length, count, 32);
  const each = new Int32Array(count);
  if (first < 2 ** 32) decoders.deltaBinaryUnpack(readerOf(bytes, start), count, each);
  else {
    const wide = new BigInt64Array(count);
    decoders.deltaBinaryUnpack(readerOf(bytes, start), count, wide);
    for (let n = 0; n < count; n++) each[n] = Number(BigInt.asIntN(32, wide[n] ?? 0n));
  }
  return { each, end };
}

function lengthsThenBytes(bytes: Uint8Array, count: number, decoders: Decoders): Values {
  const { each, end } = differences32(bytes, 0, count, decoders);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  let at = end;
  for (let n = 0; n < count; n++) {
    const length = each[n] ?? 0;
    if (length < 0 || length > bytes.length - at) damaged('a value is longer than its page');
    from[n] = at;
    at += length;
    to[n] = at;
  }
  return { of: 'bytes', bytes, from, to };
}

/** Each value begins as the one before did, for so many bytes. */
function frontCoded(
  bytes: Uint8Array,
  count: number,
  { type, typeLength }: Leaf,
  decoders: Decoders,
): Values {
  const prefixes = differences32(bytes, 0, count, decoders);
  const suffixes = differences32(bytes, prefixes.end, count, decoders);
  let size = 0;
  let before = 0;
  for (let n = 0; n < count; n++) {
    const prefix = prefixes.each[n] ?? 0;
    const suffix = suffixes.each[n] ?? 0;
    if (prefix < 0 || suffix < 0 || prefix > before) damaged('a value begins as none does');
    before = prefix + suffix;
    if (type === 'FIXED_LEN_BYTE_ARRAY' && before !== typeLength)
      damaged('a value has another length than its column');
    size += before;
    if (size > MOST_PAGE_BYTES) tooLarge('a page unpacks to too many bytes');
  }
  const all = new Uint8Array(size);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  let at = suffixes.end;
  let out = 0;
  for (let n = 0; n < count; n++) {
    const prefix = prefixes.each[n] ?? 0;
    const suffix = suffixes.each[n] ?? 0;
    if (suffix > bytes.length - at) damaged('a value is longer than its page');
    from[n] = out;
    if (prefix > 0) all.copyWithin(out, from[n - 1] ?? 0, (from[n - 1] ?? 0) + prefix);
    all.set(bytes.subarray(at, at + suffix), out + prefix);
    at += suffix;
    out += prefix + suffix;
    to[n] = out;
  }
  return { of: 'bytes', bytes: all, from, to };
}

function split(bytes: Uint8Array, count: number, leaf: Leaf, decoders: Decoders): Values {
  const width = widthOf(leaf);
  if (leaf.type === 'INT96' || width === 0) damaged('values of this type cannot be split by bytes');
  if (count * width > bytes.length) damaged('a page has fewer values than it says');
  const values = decoders.byteStreamSplit(readerOf(bytes), count, leaf.type, leaf.typeLength);
  if (leaf.type !== 'FIXED_LEN_BYTE_ARRAY') return fromLibrary(values, count);
  const first: unknown = values[0];
  // The library’s values are parts of one buffer, one after the other.
  if (!(first instanceof Uint8Array)) return damaged('values are not bytes');
  return fixedBytes(new Uint8Array(first.buffer, first.byteOffset, count * width), count, width);
}

/** Takes arrays of the library for what they are; it gives an empty list of nothing in particular for no values. */
function fromLibrary(values: unknown, count: number): Values {
  if (values instanceof Int32Array) return { of: 'int32', numbers: values };
  if (values instanceof BigInt64Array)
    return { of: 'int64', halves: new Int32Array(values.buffer, values.byteOffset, 2 * values.length) };
  if (values instanceof Float64Array) return { of: 'double', numbers: values };
  if (values instanceof Float32Array) return { of: 'float', numbers: values };
  if (Array.isArray(values) && (count === 0 || typeof values[0] === 'boolean'))
    return { of: 'boolean', truths: values };
  return damaged('values are of a type that is not read here');
}
