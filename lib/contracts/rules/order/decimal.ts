/** Decimal numbers as ranges of bytes, of any length, exact: `-12.50`, without exponent and without leading zeros. */

const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** Less than, equal to or more than 0 as the one is less than, equal to or more than the other. */
export function compareDecimals(
  a: Uint8Array,
  aFrom: number,
  aTo: number,
  b: Uint8Array,
  bFrom: number,
  bTo: number,
): number {
  const aMinus = a[aFrom] === MINUS;
  const bMinus = b[bFrom] === MINUS;
  const size = compareSizes(a, aMinus ? aFrom + 1 : aFrom, aTo, b, bMinus ? bFrom + 1 : bFrom, bTo);
  if (aMinus === bMinus) return aMinus ? -size : size;
  // Of different signs, they are the same if both are zero.
  if (size === 0 && isZero(a, aMinus ? aFrom + 1 : aFrom, aTo)) return 0;
  return aMinus ? -1 : 1;
}

/** Of numbers without sign. */
function compareSizes(
  a: Uint8Array,
  aFrom: number,
  aTo: number,
  b: Uint8Array,
  bFrom: number,
  bTo: number,
): number {
  const aPoint = pointIn(a, aFrom, aTo);
  const bPoint = pointIn(b, bFrom, bTo);
  // Without leading zeros, the longer whole part is the larger.
  const longer = aPoint - aFrom - (bPoint - bFrom);
  if (longer !== 0) return longer;
  for (let i = aFrom, j = bFrom; i < aPoint; i++, j++) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference !== 0) return difference;
  }
  for (let i = aPoint + 1, j = bPoint + 1; i < aTo || j < bTo; i++, j++) {
    const difference = (i < aTo ? (a[i] ?? 0) : ZERO) - (j < bTo ? (b[j] ?? 0) : ZERO);
    if (difference !== 0) return difference;
  }
  return 0;
}

function pointIn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== POINT) at++;
  return at;
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== ZERO && bytes[at] !== POINT) return false;
  return true;
}

/** What a number has to be a multiple of. */
export interface Factor {
  /** Digits behind the point. */
  readonly scale: number;
  /** The factor with its point moved behind its last digit. */
  readonly whole: bigint;
  /** The same, where arithmetic in plain numbers is exact: else 0. */
  readonly small: number;
}

/** Remainders are worked out digit by digit: ten times one, and a digit, must be exact in a number. */
const MOST_SMALL = Math.floor(Number.MAX_SAFE_INTEGER / 10) - 1;

/** A factor from its text. @throws RangeError for zero, of which only zero is a multiple */
export function factorOf(text: string): Factor {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const shown = fraction.replace(/0+$/, '');
  const digits = BigInt(whole + shown);
  if (digits === 0n) throw new RangeError('nothing but zero is a multiple of zero');
  return { scale: shown.length, whole: digits, small: digits <= BigInt(MOST_SMALL) ? Number(digits) : 0 };
}

/** Whether a number is a multiple of a factor, exactly. */
export function isMultiple(bytes: Uint8Array, from: number, to: number, factor: Factor): boolean {
  const point = pointIn(bytes, from, to);
  const { scale, small } = factor;
  const end = Math.min(to, point + 1 + scale);
  // Digits behind the factor’s last must be zeros, or the number lies between two multiples.
  for (let at = end; at < to; at++) if (bytes[at] !== ZERO) return false;
  const missing = scale - Math.max(0, end - point - 1);
  const start = bytes[from] === MINUS ? from + 1 : from;
  if (small === 1) return true;
  if (small === 0) return largeMultiple(bytes, start, end, missing, factor.whole);
  let rest = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== POINT) rest = (rest * 10 + (byte - ZERO)) % small;
  }
  for (let n = 0; n < missing; n++) rest = (rest * 10) % small;
  return rest === 0;
}

/** Digits taken at once: their value is exact in a number. */
const PIECE = 15;

function largeMultiple(bytes: Uint8Array, from: number, to: number, missing: number, whole: bigint): boolean {
  let rest = 0n;
  let piece = 0;
  let digits = 0;
  const take = () => {
    rest = (rest * 10n ** BigInt(digits) + BigInt(piece)) % whole;
    piece = 0;
    digits = 0;
  };
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === POINT) continue;
    piece = piece * 10 + (byte - ZERO);
    if (++digits === PIECE) take();
  }
  take();
  return (rest * 10n ** BigInt(missing)) % whole === 0n;
}

/** Writes a number in its one shortest form: no zeros behind the fraction, no minus before zero. @returns where it ends */
export function writeDecimal(
  bytes: Uint8Array,
  from: number,
  to: number,
  out: Uint8Array,
  at: number,
): number {
  const point = pointIn(bytes, from, to);
  let end = to;
  if (point < to) {
    while (bytes[end - 1] === ZERO) end--;
    if (end - 1 === point) end = point;
  }
  const minus = bytes[from] === MINUS;
  const start = minus && isZero(bytes, from + 1, end) ? from + 1 : from;
  out.set(bytes.subarray(start, end), at);
  return at + end - start;
}
