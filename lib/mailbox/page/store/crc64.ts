/**
 * CRC-64/NVME of what is sent and received, eight bytes at a time by tables: browsers have none, and WebAssembly would ask for a
 * wider content policy.
 * @see https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme
 * @see https://create.stephan-brumme.com/crc32/#slicing-by-8-overview
 */
import type { Running } from '../../../delivery';

/** For each of eight places and each byte: what it does to the remainder, as lower and upper half. */
const LOWER: Int32Array[] = [];
const UPPER: Int32Array[] = [];

function fillTables(): void {
  for (let place = 0; place < 8; place++) {
    LOWER.push(new Int32Array(256));
    UPPER.push(new Int32Array(256));
  }
  const [lower = new Int32Array(), upper = new Int32Array()] = [LOWER[0], UPPER[0]];
  for (let byte = 0; byte < 256; byte++) {
    let low = byte;
    let high = 0;
    for (let bit = 0; bit < 8; bit++) {
      const falls = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (falls !== 0) {
        low ^= LOW_POLYNOMIAL;
        high ^= HIGH_POLYNOMIAL;
      }
    }
    lower[byte] = low;
    upper[byte] = high;
  }
  for (let place = 1; place < 8; place++)
    for (let byte = 0; byte < 256; byte++) {
      const low = LOWER[place - 1]?.[byte] ?? 0;
      const high = UPPER[place - 1]?.[byte] ?? 0;
      (LOWER[place] as Int32Array)[byte] = ((low >>> 8) | (high << 24)) ^ (lower[low & 255] ?? 0);
      (UPPER[place] as Int32Array)[byte] = (high >>> 8) ^ (upper[low & 255] ?? 0);
    }
}

/** 0x9a6c9329ac4bc9b5, reflected. */
const HIGH_POLYNOMIAL = 0x9a6c9329;
const LOW_POLYNOMIAL = 0xac4bc9b5;

/** A checksum of bytes that come in pieces. Its digest is big-endian, as S3 writes it. */
export function runningCrc64(): Running {
  if (LOWER.length === 0) fillTables();
  const [l0, l1, l2, l3, l4, l5, l6, l7] = LOWER as unknown as Eight;
  const [u0, u1, u2, u3, u4, u5, u6, u7] = UPPER as unknown as Eight;
  let low = -1;
  let high = -1;
  return {
    update(bytes) {
      const { length } = bytes;
      let at = 0;
      for (const last = length - 7; at < last; at += 8) {
        const a =
          low ^
          ((bytes[at] as number) |
            ((bytes[at + 1] as number) << 8) |
            ((bytes[at + 2] as number) << 16) |
            ((bytes[at + 3] as number) << 24));
        const b =
          high ^
          ((bytes[at + 4] as number) |
            ((bytes[at + 5] as number) << 8) |
            ((bytes[at + 6] as number) << 16) |
            ((bytes[at + 7] as number) << 24));
        low =
          (l7[a & 255] as number) ^
          (l6[(a >>> 8) & 255] as number) ^
          (l5[(a >>> 16) & 255] as number) ^
          (l4[a >>> 24] as number) ^
          (l3[b & 255] as number) ^
          (l2[(b >>> 8) & 255] as number) ^
          (l1[(b >>> 16) & 255] as number) ^
          (l0[b >>> 24] as number);
        high =
          (u7[a & 255] as number) ^
          (u6[(a >>> 8) & 255] as number) ^
          (u5[(a >>> 16) & 255] as number) ^
          (u4[a >>> 24] as number) ^
          (u3[b & 255] as number) ^
          (u2[(b >>> 8) & 255] as number) ^
          (u1[(b >>> 16) & 255] as number) ^
          (u0[b >>> 24] as number);
      }
      for (; at < length; at++) {
        const byte = (low ^ (bytes[at] as number)) & 255;
        low = ((low >>> 8) | (high << 24)) ^ (l0[byte] as number);
        high = (high >>> 8) ^ (u0[byte] as number);
      }
    },
    digest() {
      const result = new Uint8Array(8);
      const view = new DataView(result.buffer);
      view.setInt32(0, ~high);
      view.setInt32(4, ~low);
      return result;
    },
  };
}

type Eight = readonly [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];
