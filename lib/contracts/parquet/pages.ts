/**
 * Takes one page apart: its levels, and its values or the numbers of their dictionary entries. What is written of lengths and
 * counts is held against the bytes that are there before the library reads any.
 * @see https://parquet.apache.org/docs/file-format/data-pages/
 */
import type { CompressionCodec, PageHeader } from 'hyparquet';
import type { Decoders } from './decoders';
import { unpackPage } from './decompress';
import { damaged, notRead, tooLarge } from './fault';
import { guardHybrid } from './hybrid-guard';
import { MOST_PAGE_BYTES, MOST_PAGE_VALUES } from './limits';
import type { Node } from './schema';
import { encodedValues, type Leaf, plainValues, type Values } from './values';

/** What the pages of one column of one row group have in common. */
export interface PageContext {
  readonly leaf: Leaf;
  readonly node: Node;
  readonly codec: CompressionCodec | undefined;
  readonly decoders: Decoders;
}

/** The entries of a dictionary. */
export interface Dictionary {
  readonly values: Values;
  readonly size: number;
}

/** One page of values. */
export interface Page {
  /** How many values there are, none among them; more than rows where they repeat. */
  readonly count: number;
  /** For each, how much of its path is there; nothing where all of it must be. */
  readonly defined: ArrayLike<number> | undefined;
  /** For each, from where on its path it repeats; nothing where none does. */
  readonly repeated: ArrayLike<number> | undefined;
  /** How many are not none. */
  readonly present: number;
  /** Either the values themselves, or numbers of dictionary entries. */
  readonly content: Values | { readonly of: 'entries'; readonly numbers: ArrayLike<number> };
}

/** What a value of a page takes up besides its bytes: levels, where it begins and ends, the number of an entry. */
const BYTES_OF_VALUE = 10;

/** Sizes of a page as its header says, once they can be true. @throws ParquetError where they cannot */
export function sizesOf(header: PageHeader): { readonly packed: number; readonly unpacked: number } {
  const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
  if (!isCount(packed) || !isCount(unpacked)) damaged('a page has no size');
  if (packed > MOST_PAGE_BYTES || unpacked > MOST_PAGE_BYTES) tooLarge('a page is too large');
  return { packed, unpacked };
}

/**
 * How many values a page has, and what it takes up once it is unpacked, by its header, so that this can be counted before.
 * @throws ParquetError where that cannot be true
 */
export function heldBy(header: PageHeader): { readonly count: number; readonly bytes: number } {
  const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: entries } = header;
  const own = { DATA_PAGE: first, DATA_PAGE_V2: second, DICTIONARY_PAGE: entries, INDEX_PAGE: undefined };
  const count = countOf(own[header.type]?.num_values ?? 0);
  return { count, bytes: sizesOf(header).unpacked + BYTES_OF_VALUE * count };
}

/** Reads a page that holds a dictionary. */
export function readDictionary(
  bytes: Uint8Array,
  header: PageHeader,
  { leaf, codec, decoders }: PageContext,
): Dictionary {
  const size = countOf(header.dictionary_page_header?.num_values);
  const page = unpackPage(bytes, codec, sizesOf(header).unpacked, decoders);
  return { values: plainValues(page, size, leaf, decoders), size };
}

/** Reads a page of values. @param dictionary of its column in its row group, if there is one */
export function readPage(
  bytes: Uint8Array,
  header: PageHeader,
  context: PageContext,
  dictionary: Dictionary | undefined,
): Page {
  if (header.type === 'DATA_PAGE') return firstForm(bytes, header, context, dictionary);
  if (header.type === 'DATA_PAGE_V2') return secondForm(bytes, header, context, dictionary);
  return notRead('page-encoding', 'a page is of a kind that is not read here');
}

/** Levels and values are compressed together, and the levels say how long they are. */
function firstForm(
  bytes: Uint8Array,
  header: PageHeader,
  context: PageContext,
  dictionary: Dictionary | undefined,
): Page {
  const page = header.data_page_header ?? damaged('a page has no header of its own');
  const { node, decoders } = context;
  const count = countOf(page.num_values);
  const unpacked = unpackPage(bytes, context.codec, sizesOf(header).unpacked, decoders);
  let at = 0;
  const levels = (most: number, encoding: string): ArrayLike<number> | undefined => {
    if (most === 0) return undefined;
    if (encoding !== 'RLE') notRead('page-encoding', 'levels are in an encoding that is not read here');
    if (at + 4 > unpacked.length) damaged('a page is too short');
    const length = new DataView(unpacked.buffer, unpacked.byteOffset + at, 4).getUint32(0, true);
    if (length > unpacked.length - at - 4) damaged('levels are longer than their page');
    const read = levelsOf(unpacked, at + 4, at + 4 + length, most, count, decoders);
    at += 4 + length;
    return read;
  };
  const repeated = levels(node.repeated, page.repetition_level_encoding);
  const defined = levels(node.defined, page.definition_level_encoding);
  guardRepetition(repeated, count, node.repeated);
  const present = presentOf(defined, count, node.defined);
  const content = contentOf(unpacked.subarray(at), present, page.encoding, context, dictionary);
  return { count, defined, repeated, present, content };
}

/** Levels stand before the values, of lengths that the header says, and are never compressed. */
function secondForm(
  bytes: Uint8Array,
  header: PageHeader,
  context: PageContext,
  dictionary: Dictionary | undefined,
): Page {
  const page = header.data_page_header_v2 ?? damaged('a page has no header of its own');
  const { node, codec, decoders } = context;
  const count = countOf(page.num_values);
  const { unpacked } = sizesOf(header);
  const repetition = page.repetition_levels_byte_length;
  const definition = page.definition_levels_byte_length;
  if (
    !isCount(repetition) ||
    !isCount(definition) ||
    repetition + definition > Math.min(bytes.length, unpacked)
  )
    damaged('levels are longer than their page');
  const levels = (from: number, to: number, most: number): ArrayLike<number> | undefined =>
    most === 0 ? undefined : levelsOf(bytes, from, to, most, count, decoders);
  const repeated = levels(0, repetition, node.repeated);
  const defined = levels(repetition, repetition + definition, node.defined);
  guardRepetition(repeated, count, node.repeated);
  const present = presentOf(defined, count, node.defined);
  if (count - page.num_nulls !== present) damaged('a page has more or fewer values than it says');
  const packed = bytes.subarray(repetition + definition);
  const length = unpacked - repetition - definition;
  const values = unpackPage(packed, page.is_compressed === false ? 'UNCOMPRESSED' : codec, length, decoders);
  return {
    count,
    defined,
    repeated,
    present,
    content: contentOf(values, present, page.encoding, context, dictionary),
  };
}

function levelsOf(
  bytes: Uint8Array,
  from: number,
  to: number,
  most: number,
  count: number,
  decoders: Decoders,
): ArrayLike<number> {
  const width = 32 - Math.clz32(most);
  guardHybrid(bytes, from, to, width, count);
  const levels = new Uint8Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  decoders.readRleBitPackedHybrid({ view, offset: from }, width, levels, to - from);
  return levels;
}

function presentOf(defined: ArrayLike<number> | undefined, count: number, most: number): number {
  if (!defined) return count;
  let present = 0;
  for (let n = 0; n < count; n++) {
    const level = defined[n] ?? 0;
    if (level > most) damaged('a value lies deeper than its column');
    if (level === most) present++;
  }
  return present;
}

function contentOf(
  bytes: Uint8Array,
  count: number,
  encoding: string,
  { leaf, decoders }: PageContext,
  dictionary: Dictionary | undefined,
): Page['content'] {
  if (encoding !== 'PLAIN_DICTIONARY' && encoding !== 'RLE_DICTIONARY')
    return encodedValues(bytes, count, leaf, encoding, decoders);
  if (!dictionary) return damaged('a page refers to a dictionary that is not there');
  if (count === 0) return { of: 'entries', numbers: [] };
  const width = bytes[0] ?? damaged('a page is too short');
  if (dictionary.size === 0) damaged('a page refers to an empty dictionary');
  if (width === 0) return { of: 'entries', numbers: new Uint8Array(count) };
  guardHybrid(bytes, 1, bytes.length, width, count);
  // As wide as what the library can write into it: a run has whole bytes, packed bits are cut off at the width.
  const numbers = new (width <= 8 ? Uint8Array : width <= 16 ? Uint16Array : Uint32Array)(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Its types leave out arrays of 16 bits, which it writes into as into the others.
  decoders.readRleBitPackedHybrid({ view, offset: 1 }, width, numbers as Uint32Array, bytes.length - 1);
  for (let n = 0; n < count; n++)
    if ((numbers[n] ?? 0) >= dictionary.size) damaged('a page refers to an entry that its dictionary lacks');
  return { of: 'entries', numbers };
}

function guardRepetition(repeated: ArrayLike<number> | undefined, count: number, most: number): void {
  for (let n = 0; repeated && n < count; n++)
    if ((repeated[n] ?? 0) > most) damaged('a value repeats deeper than its column');
}

/** Whether a number of a header is one, as the types promise. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

function countOf(count: number | undefined): number {
  if (!isCount(count)) return damaged('a page does not say how many values it has');
  if (count > MOST_PAGE_VALUES) tooLarge('a page has too many values');
  return count;
}
