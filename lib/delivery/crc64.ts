/**
 * CRC-64/NVME, S3’s own checksum of whole objects: joining the checksums of neighbours to that of both together, so that
 * parts may be worked out in any order. The checksums themselves are worked out by a library.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 * @see https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme
 */

/** The polynomial with its lowest power first. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const ONE = 1n << 63n;
const X = 1n << 62n;

/** The checksum of two pieces, of which the second has so many bytes, from theirs. */
export function joinedCrc64(first: bigint, second: bigint, bytes: number): bigint {
  return times(powerOfX(BigInt(bytes) * 8n), first) ^ second;
}

/** The checksum of pieces one after another. */
export function crc64OfPieces(pieces: Iterable<{ readonly crc: bigint; readonly bytes: number }>): bigint {
  let whole = 0n;
  for (const { crc, bytes } of pieces) whole = joinedCrc64(whole, crc, bytes);
  return whole;
}

/** As S3 writes it: base64 of its eight bytes, the highest first. */
export function crc64Text(crc: bigint): string {
  const bytes = Array.from({ length: 8 }, (_, n) => Number((crc >> BigInt(56 - 8 * n)) & 0xffn));
  return btoa(String.fromCharCode(...bytes));
}

/** From the bytes of a checksum, the highest first. */
export function crc64From(bytes: Uint8Array): bigint {
  return bytes.reduce((crc, byte) => (crc << 8n) | BigInt(byte), 0n);
}

/** The product of two polynomials, modulo ours. */
function times(a: bigint, b: bigint): bigint {
  let product = 0n;
  let by = b;
  for (let power = ONE; power > 0n; power >>= 1n) {
    if (a & power) product ^= by;
    by = by & 1n ? (by >> 1n) ^ POLYNOMIAL : by >> 1n;
  }
  return product;
}

function powerOfX(exponent: bigint): bigint {
  let power = ONE;
  for (let rest = exponent, square = X; rest > 0n; rest >>= 1n, square = times(square, square))
    if (rest & 1n) power = times(power, square);
  return power;
}
