/**
 * Walks over the blocks of differences before the library adds them up: it takes sizes of blocks and widths as they are written.
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC
 */
import { damaged } from './fault';

const MOST_BLOCK = 1 << 20;
const MOST_MINIBLOCKS = 1 << 12;

/**
 * Makes sure that so many values are written as differences from a place on.
 * @param bits of a value, 32 or 64
 * @returns where they end, and the first value, its sign folded into its lowest bit
 * @throws ParquetError where they are not
 */
export function guardDelta(
  bytes: Uint8Array,
  start: number,
  end: number,
  values: number,
  bits: number,
): { readonly end: number; readonly first: number } {
  let at = start;
  const varint = (most: number): number => {
    let value = 0;
    for (let n = 0; n < most; n++) {
      const byte = at < end ? (bytes[at++] ?? 0) : damaged('differences end too early');
      value += (byte & 0x7f) * 2 ** (7 * n);
      if (byte < 0x80) return value;
    }
    return damaged('a number among differences does not end');
  };

  const block = varint(5);
  const miniblocks = varint(5);
  const total = varint(5);
  const each = block / miniblocks;
  if (block === 0 || block > MOST_BLOCK || miniblocks > MOST_MINIBLOCKS || each % 32 !== 0 || each === 0)
    damaged('blocks of differences have a size that they cannot have');
  if (total !== values) damaged('there are more or fewer differences than values');
  const most = bits === 32 ? 5 : 10;
  const first = varint(most);
  let left = values - 1;
  while (left > 0) {
    varint(most);
    const widths = at;
    at += miniblocks;
    if (at > end) damaged('differences end too early');
    for (let n = 0; n < miniblocks && left > 0; n++) {
      const width = bytes[widths + n] ?? 0;
      if (width > bits) damaged('differences are too wide');
      at += (each * width) / 8;
      if (at > end) damaged('differences end too early');
      left -= each;
    }
  }
  return { end: at, first };
}
