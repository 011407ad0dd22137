/** The order of values by their type, and the one form in which equal values are equal byte for byte. */
import type { ScalarType } from '../../../wire/contracts';
import { compareDecimals, writeDecimal } from './decimal';
import { Moment } from './moment';

/** Compares two values of one type, each a range of bytes of that type’s form. */
export type Compare = (
  a: Uint8Array,
  aFrom: number,
  aTo: number,
  b: Uint8Array,
  bFrom: number,
  bTo: number,
) => number;

/** The order of characters (code points), which in UTF-8 is that of the bytes. */
const compareBytes: Compare = (a, aFrom, aTo, b, bFrom, bTo) => {
  const least = Math.min(aTo - aFrom, bTo - bFrom);
  for (let n = 0; n < least; n++) {
    const difference = (a[aFrom + n] ?? 0) - (b[bFrom + n] ?? 0);
    if (difference !== 0) return difference;
  }
  return aTo - aFrom - (bTo - bFrom);
};

const one = new Moment();
const other = new Moment();

const compareTimestamps: Compare = (a, aFrom, aTo, b, bFrom, bTo) => {
  one.timestamp(a, aFrom, aTo);
  other.timestamp(b, bFrom, bTo);
  return one.compare(other);
};

const compareTimes: Compare = (a, aFrom, aTo, b, bFrom, bTo) => {
  one.time(a, aFrom, aTo);
  other.time(b, bFrom, bTo);
  return one.compare(other);
};

/** Numbers by their value, timestamps as instants, all else by characters, which for dates is the order of days. */
export function orderOf(kind: ScalarType['kind']): Compare {
  switch (kind) {
    case 'integer':
    case 'number':
      return compareDecimals;
    case 'timestamp':
      return compareTimestamps;
    case 'time':
      return compareTimes;
    default:
      return compareBytes;
  }
}

/** Writes a value so that two that are equal by their order are the same bytes. @returns where it ends */
export type Write = (bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number) => number;

const writeBytes: Write = (bytes, from, to, out, at) => {
  for (let n = from; n < to; n++) out[at++] = bytes[n] ?? 0;
  return at;
};

/** How a type’s values are written to be compared for being the same. At most as many bytes as the value, or twelve. */
export function writerOf(kind: ScalarType['kind']): Write {
  switch (kind) {
    case 'integer':
    case 'number':
      return writeDecimal;
    case 'timestamp':
      return (bytes, from, to, out, at) => {
        one.timestamp(bytes, from, to);
        return one.write(out, at);
      };
    case 'time':
      return (bytes, from, to, out, at) => {
        one.time(bytes, from, to);
        return one.write(out, at);
      };
    default:
      return writeBytes;
  }
}
