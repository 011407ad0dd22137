/**
 * CRC-64/NVME of a whole from those of its parts: so that each byte is read once, and parts that were sent before an interruption
 * are not read again. A CRC is the remainder of a polynomial over two elements: to put bytes behind others is to multiply by a
 * power of x, and to add.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 * @see https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme
 */
import { base64, fromBase64 } from '../ledger/core';

/** The polynomial, lowest power first. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n;
const ONE = 1n << 63n;

/** Of one run of bytes. */
export interface Checksummed {
  /** Big-endian in base64, as S3 has it. */
  readonly crc64nvme: string;
  readonly bytes: number;
}

/** The checksum of the runs one behind another. Of none it is that of no bytes. */
export function joinedCrc64(runs: Iterable<Checksummed>): string {
  let whole = 0n;
  // All parts but the last have one length.
  let last: { readonly bytes: number; readonly shift: bigint } | undefined;
  for (const { crc64nvme, bytes } of runs) {
    if (last?.bytes !== bytes) last = { bytes, shift: shiftBy(bytes) };
    whole = product(last.shift, whole) ^ numberOf(crc64nvme);
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, whole);
  return base64(bytes);
}

function numberOf(crc64nvme: string): bigint {
  const bytes = fromBase64(crc64nvme, 'a CRC-64');
  if (bytes.length !== 8) throw new TypeError(`'${crc64nvme}' is no CRC-64 in base64`);
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
}

/** x to the power of eight times the bytes. */
function shiftBy(bytes: number): bigint {
  let result = ONE;
  // x^8
  let square = ONE >> 8n;
  for (let rest = BigInt(bytes); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = product(result, square);
    square = product(square, square);
  }
  return result;
}

/** The product of two polynomials, by the remainder. */
function product(a: bigint, b: bigint): bigint {
  let sum = 0n;
  let term = b;
  for (let rest = a; rest !== 0n; rest = (rest << 1n) & 0xffffffffffffffffn) {
    if (rest & ONE) sum ^= term;
    term = term & 1n ? (term >> 1n) ^ POLYNOMIAL : term >> 1n;
  }
  return sum;
}
