/** Writes numbers as text into bytes: quick, exact, without strings where they can be avoided. */

const ZERO = 48;
const MINUS = 45;
const POINT = 46;

/**
 * Writes a whole number that JavaScript holds exactly.
 * @param least how many digits at least
 * @returns the first byte behind it
 */
export function writeWhole(out: Uint8Array, at: number, value: number, least = 1): number {
  let start = at;
  let rest = value;
  if (rest < 0) {
    out[start++] = MINUS;
    rest = -rest;
  }
  let length = 1;
  for (let bound = 10; rest >= bound && length < 16; bound *= 10) length++;
  if (length < least) length = least;
  const end = start + length;
  // Whole numbers of 31 bits are divided several times as fast.
  let digit = end;
  while (rest > 0x7fffffff) {
    const next = Math.floor(rest / 10);
    out[--digit] = ZERO + (rest - next * 10);
    rest = next;
  }
  let small = rest | 0;
  while (digit > start) {
    const next = (small / 10) | 0;
    out[--digit] = ZERO + (small - next * 10);
    small = next;
  }
  return end;
}

/** Writes text of ASCII. @returns the first byte behind it */
export function writeAscii(out: Uint8Array, at: number, text: string): number {
  for (let n = 0; n < text.length; n++) out[at + n] = text.charCodeAt(n);
  return at + text.length;
}

/**
 * Writes a decimal number: as many digits behind the point as its column has.
 * @param unscaled the number without its point
 */
export function writeDecimal(out: Uint8Array, at: number, unscaled: number, scale: number): number {
  const start = unscaled < 0 ? at + 1 : at;
  const end = writeWhole(out, at, unscaled, scale + 1);
  return scale === 0 ? end : withPoint(out, start, end, scale);
}

/** The same, of a number of any size. */
export function writeBigDecimal(out: Uint8Array, at: number, unscaled: bigint, scale: number): number {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  let start = at;
  if (unscaled < 0n) out[start++] = MINUS;
  const end = writeAscii(out, start, digits);
  return scale === 0 ? end : withPoint(out, start, end, scale);
}

/** Moves the last digits one byte on, and puts a point before them. */
function withPoint(out: Uint8Array, start: number, end: number, scale: number): number {
  const point = Math.max(start, end - scale);
  out.copyWithin(point + 1, point, end);
  out[point] = POINT;
  return end + 1;
}

/**
 * A floating-point number as the shortest decimal number that reads as the same one, which is how every language writes it;
 * without exponent.
 * @param single whether it has 32 bits
 */
export function floatingText(value: number, single: boolean): string {
  if (!Number.isFinite(value)) return String(value);
  let text = String(value);
  if (single)
    for (let digits = 1; digits <= 9; digits++) {
      text = String(Number(value.toPrecision(digits)));
      if (Math.fround(Number(text)) === value) break;
    }
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
