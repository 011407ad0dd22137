/** CRC-32 as gzip and zip have it. Node has had one of its own since 20.15. @see https://www.rfc-editor.org/rfc/rfc1952#section-8 */
import * as zlib from 'node:zlib';

const own = (zlib as { readonly crc32?: (bytes: Uint8Array, before?: number) => number }).crc32;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC of bytes, unsigned. @param before that of what stands before them */
export const crc32: (bytes: Uint8Array, before?: number) => number = own ?? plainCrc32;

/** The same without Node’s. @internal Tests hold it against Node’s. */
export function plainCrc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
