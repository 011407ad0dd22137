/**
 * Unpacks a page into exactly as many bytes as its header says. Gzip and Brotli are Node’s own, which stop at a length that
 * they are given; of the others, what they would come to is worked out before they write.
 * @see https://github.com/apache/parquet-format/blob/master/Compression.md
 */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';
import type { Decoders } from './decoders';
import { damaged, notRead, ParquetError } from './fault';

/** The bytes of a page. @throws ParquetError where they are damaged, or packed by what is not read here */
export function unpackPage(
  packed: Uint8Array,
  codec: CompressionCodec | undefined,
  bytes: number,
  decoders: Decoders,
): Uint8Array {
  if (codec === 'UNCOMPRESSED') {
    if (packed.length !== bytes) damaged('a page that is not compressed has two lengths');
    return packed;
  }
  // What comes to nothing may be written as nothing, which is not what every method calls an empty page.
  if (bytes === 0) return new Uint8Array(0);
  const page = withLibrary(packed, codec, bytes, decoders);
  if (page.length !== bytes) damaged('a page unpacks to another length than its header says');
  return page;
}

function withLibrary(
  packed: Uint8Array,
  codec: CompressionCodec | undefined,
  bytes: number,
  decoders: Decoders,
): Uint8Array {
  try {
    switch (codec) {
      case 'SNAPPY': {
        const page = new Uint8Array(bytes);
        decoders.snappyUncompress(packed, page);
        return page;
      }
      case 'GZIP':
        return gunzipSync(packed, { maxOutputLength: bytes });
      case 'BROTLI':
        return brotliDecompressSync(packed, { maxOutputLength: bytes });
      case 'ZSTD':
        return decoders.zstd.decode(packed, bytes);
      case 'LZ4_RAW':
        guardLz4(packed, bytes);
        return decoders.decompressLz4Raw(packed, bytes);
    }
  } catch (error) {
    throw error instanceof ParquetError
      ? error
      : new ParquetError('parquet', 'a page is damaged', { reason: 'damaged', cause: error });
  }
  // LZO is nobody’s any more, and LZ4 without RAW was written in three forms that do not tell themselves apart.
  return notRead('page-compression', `pages are compressed by ${codec ?? 'a method without a name'}`);
}

/**
 * Makes sure that a block of LZ4 comes to exactly so many bytes: the library writes on beyond what it has.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
function guardLz4(packed: Uint8Array, bytes: number): void {
  let at = 0;
  let out = 0;
  const length = (nibble: number): number => {
    let value = nibble;
    for (let byte = nibble === 15 ? 255 : 0; byte === 255; value += byte) {
      byte = packed[at++] ?? damaged('a page of LZ4 ends too early');
    }
    return value;
  };
  while (at < packed.length) {
    const token = packed[at++] ?? 0;
    const literals = length(token >> 4);
    at += literals;
    out += literals;
    if (at > packed.length || out > bytes) damaged('a page of LZ4 is longer than its header says');
    if (at === packed.length) break;
    const offset = (packed[at] ?? 0) + 256 * (packed[at + 1] ?? damaged('a page of LZ4 ends too early'));
    at += 2;
    if (offset === 0 || offset > out) damaged('a page of LZ4 refers to what is not there');
    out += length(token & 15) + 4;
    if (out > bytes) damaged('a page of LZ4 is longer than its header says');
  }
  if (out !== bytes) damaged('a page of LZ4 unpacks to another length than its header says');
}
