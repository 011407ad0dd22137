/** Writes dates and times of Parquet, which are counts from a beginning, as ISO 8601 has them: to the last digit. */
import { writeWhole } from './digits';

const ZERO = 48;
const DASH = 45;
const COLON = 58;
const POINT = 46;
const T = 84;
const Z = 90;
const PLUS = 43;
const MINUS = 45;
const DAY = 86_400;

/** A count of 64 bits, as days, seconds of the day and the rest, in units. */
export interface Instant {
  days: number;
  seconds: number;
  rest: number;
}

/**
 * Divides a count of 64 bits, in halves, into seconds and what is left, exactly: in steps of 16 bits, since products of more
 * are not exact in floating-point numbers.
 * @param units of a second: 1e3, 1e6 or 1e9
 */
export function divide(low: number, high: number, units: number, into: Instant): Instant {
  const negative = high < 0;
  let lower = low >>> 0;
  let upper = high >>> 0;
  if (negative) {
    upper = ~upper >>> 0;
    lower = ~lower >>> 0;
    if (lower === 0xffffffff) {
      lower = 0;
      upper = (upper + 1) >>> 0;
    } else lower++;
  }
  let seconds = 0;
  let rest = 0;
  for (const part of [upper >>> 16, upper & 0xffff, lower >>> 16, lower & 0xffff]) {
    const all = rest * 65_536 + part;
    const whole = Math.floor(all / units);
    rest = all - whole * units;
    seconds = seconds * 65_536 + whole;
  }
  if (negative) {
    // Times before the beginning count forwards within their second.
    seconds = rest === 0 ? -seconds : -seconds - 1;
    rest = rest === 0 ? 0 : units - rest;
  }
  into.days = Math.floor(seconds / DAY);
  into.seconds = seconds - into.days * DAY;
  into.rest = rest;
  return into;
}

/**
 * Writes a date. Years of more than four digits are written with a sign, which the rules then refuse.
 * @param days since 1970-01-01 in the proleptic Gregorian calendar
 * @see https://howardhinnant.github.io/date_algorithms.html#civil_from_days
 */
export function writeDate(out: Uint8Array, start: number, days: number): number {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

  let at = start;
  if (year >= 0 && year <= 9999) at = writeWhole(out, at, year, 4);
  else {
    out[at++] = year < 0 ? MINUS : PLUS;
    at = writeWhole(out, at, Math.abs(year), 6);
  }
  out[at++] = DASH;
  at = writeWhole(out, at, month, 2);
  out[at++] = DASH;
  return writeWhole(out, at, day, 2);
}

/**
 * Writes a time of day. A fraction has no zeros at its end beyond those that are asked for, and none is written where there is none.
 * @param digits of a second that `rest` counts
 * @param least how many of its digits are written, also where they are zeros
 */
export function writeTime(
  out: Uint8Array,
  start: number,
  seconds: number,
  rest: number,
  digits: number,
  least: number,
): number {
  const minutes = Math.floor(seconds / 60);
  let at = writeWhole(out, start, Math.floor(minutes / 60), 2);
  out[at++] = COLON;
  at = writeWhole(out, at, minutes % 60, 2);
  out[at++] = COLON;
  at = writeWhole(out, at, seconds % 60, 2);
  if (rest === 0 && least === 0) return at;
  out[at++] = POINT;
  const end = at + least;
  at = writeWhole(out, at, rest, digits);
  while (at > end && out[at - 1] === ZERO) at--;
  while (at < end) out[at++] = ZERO;
  return at;
}

/** Writes a date and time. @param utc whether it is an instant, which is written in UTC */
export function writeTimestamp(
  out: Uint8Array,
  start: number,
  { days, seconds, rest }: Instant,
  digits: number,
  least: number,
  utc: boolean,
): number {
  let at = writeDate(out, start, days);
  out[at++] = T;
  at = writeTime(out, at, seconds, rest, digits, least);
  if (utc) out[at++] = Z;
  return at;
}
