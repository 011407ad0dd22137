/** Takes the escapes out of a string of JSON. */
import * as characters from './characters';
import * as scan from './scan';

// Kept here: where modules are not bundled, a name of another is looked up at each use, which is once for each byte.
const { BACKSLASH } = characters;
const { hexValue, stop } = scan;

const SHORT: Readonly<Record<string, number>> = { b: 8, f: 12, n: 10, r: 13, t: 9 };
const MEANS = Uint8Array.from({ length: 256 }, (_, byte) => SHORT[String.fromCharCode(byte)] ?? byte);
const U = 0x75;

/**
 * Writes a string without its escapes, as UTF-8: at most as many bytes as it had with them.
 * @param from its first byte behind the opening quote
 * @param to its closing quote; all escapes before it are whole
 * @returns the first byte behind what was written
 */
export function decodeString(
  bytes: Uint8Array,
  from: number,
  to: number,
  out: Uint8Array,
  start: number,
): number {
  let written = start;
  for (let at = from; at < to; ) {
    const byte = bytes[at] ?? 0;
    if (byte !== BACKSLASH) {
      out[written++] = byte;
      at++;
      continue;
    }
    const letter = bytes[at + 1] ?? 0;
    if (letter !== U) {
      out[written++] = MEANS[letter] ?? 0;
      at += 2;
      continue;
    }
    let point = unit(bytes, at + 2);
    const escaped = at;
    at += 6;
    if (point >= 0xd800 && point <= 0xdfff) {
      // Half a character, which no text in UTF-8 can hold (RFC 8259, section 8.2), unless its other half follows.
      const second = bytes[at] === BACKSLASH && bytes[at + 1] === U && at + 6 <= to ? unit(bytes, at + 2) : 0;
      if (point > 0xdbff || second < 0xdc00 || second > 0xdfff) return stop(escaped, 'encoding');
      point = 0x10000 + (point - 0xd800) * 0x400 + (second - 0xdc00);
      at += 6;
    }
    written = writePoint(out, written, point);
  }
  return written;
}

/** Whether a part of a line has an escape. */
export function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}

function unit(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let n = 0; n < 4; n++) value = value * 16 + hexValue(bytes[at + n]);
  return value;
}

function writePoint(out: Uint8Array, at: number, point: number): number {
  let written = at;
  if (point < 0x80) {
    out[written++] = point;
    return written;
  }
  if (point < 0x800) out[written++] = 0xc0 | (point >> 6);
  else {
    if (point < 0x10000) out[written++] = 0xe0 | (point >> 12);
    else {
      out[written++] = 0xf0 | (point >> 18);
      out[written++] = 0x80 | ((point >> 12) & 63);
    }
    out[written++] = 0x80 | ((point >> 6) & 63);
  }
  out[written++] = 0x80 | (point & 63);
  return written;
}
