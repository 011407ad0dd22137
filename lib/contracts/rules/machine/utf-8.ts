/** UTF-8 as RFC 3629 has it: shortest form alone, no surrogates, nothing above U+10FFFF. */

/** What is not UTF-8. */
const INVALID = -1;
/** A sequence that ends before it is complete. */
export const CUT_SHORT = -2;

/**
 * The character that begins at a byte of 0x80 or more, and how many bytes it has, as `point * 8 + bytes`; or INVALID, or
 * CUT_SHORT where the range ends within what may become one.
 */
export function characterAt(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0xc2 || first > 0xf4) return INVALID;
  if (at + 1 >= to) return CUT_SHORT;
  const second = bytes[at + 1] ?? 0;
  if ((second & 0xc0) !== 0x80) return INVALID;
  if (first < 0xe0) return ((((first & 0x1f) << 6) | (second & 0x3f)) << 3) | 2;
  if (first < 0xf0) {
    if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return INVALID;
  } else if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return INVALID;
  if (at + 2 >= to) return CUT_SHORT;
  const third = bytes[at + 2] ?? 0;
  if ((third & 0xc0) !== 0x80) return INVALID;
  if (first < 0xf0) return ((((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)) << 3) | 3;
  if (at + 3 >= to) return CUT_SHORT;
  const fourth = bytes[at + 3] ?? 0;
  if ((fourth & 0xc0) !== 0x80) return INVALID;
  const point = ((first & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
  return (point << 3) | 4;
}

/** How many characters (code points) a range of valid UTF-8 has. */
export function lengthOf(bytes: Uint8Array, from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) length++;
  return length;
}
