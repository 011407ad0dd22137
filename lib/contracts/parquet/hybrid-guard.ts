/**
 * Walks over the runs of Parquet’s hybrid of run lengths and packed bits, which levels and numbers of dictionary entries are
 * written in, before the library unpacks them: the library takes the length of a run as it is written.
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
import { damaged } from './fault';

/** A packed run may be filled up to whole groups of eight: writers end a page with up to 63 of them. */
const MOST_PADDING = 63 * 8;
/** What the library unpacks right; wider ones would be numbers in a dictionary of more than sixteen million entries. */
const MOST_WIDTH = 24;

/**
 * Makes sure that so many values of a width are written between two places, and no more.
 * @throws ParquetError where they are not
 */
export function guardHybrid(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  values: number,
): void {
  if (width > MOST_WIDTH) damaged('numbers of dictionary entries are too wide');
  let at = start;
  let seen = 0;
  while (seen < values) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = at < end ? (bytes[at++] ?? 0) : damaged('runs end too early');
      if (shift > 28) damaged('the length of a run does not end');
      header += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const left = values - seen;
    if (header % 2 === 1) {
      const packed = ((header - 1) / 2) * 8;
      if (packed === 0 || packed > left + MOST_PADDING) damaged('a run of packed bits is too long');
      at += Math.ceil((Math.min(packed, left) * width) / 8);
      if (at > end) damaged('packed bits end too early');
      // Only the last run may be cut off after its last value.
      if (packed < left) seen += packed;
      else return;
    } else {
      const length = header / 2;
      if (length === 0 || length > left) damaged('a run is too long');
      at += (width + 7) >> 3;
      if (at > end) damaged('a run ends too early');
      seen += length;
    }
  }
}
