/** Times and timestamps as ranges of bytes, once their form is known to be right: as seconds and nanoseconds. */

const ZERO = 48;
const DAY = 86_400;

/** A moment: whole seconds since 1970 (of a time of day: since midnight), in UTC where there is an offset; and nanoseconds. */
export class Moment {
  seconds = 0;
  nanoseconds = 0;

  /** Reads `2027-04-01T07:00:00.5+01:00`, with or without fraction and offset. */
  timestamp(bytes: Uint8Array, from: number, to: number): void {
    this.time(bytes, from + 11, to);
    const year = 100 * two(bytes, from) + two(bytes, from + 2);
    this.seconds += DAY * daysSince1970(year, two(bytes, from + 5), two(bytes, from + 8));
  }

  /** Reads `07:00:00.5+01:00`, with or without fraction and offset. */
  time(bytes: Uint8Array, from: number, to: number): void {
    this.seconds = 3_600 * two(bytes, from) + 60 * two(bytes, from + 3) + two(bytes, from + 6);
    this.nanoseconds = 0;
    let at = from + 8;
    if (bytes[at] === 46) {
      let unit = 100_000_000;
      for (at++; at < to; at++, unit /= 10) {
        const digit = (bytes[at] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) break;
        this.nanoseconds += unit * digit;
      }
    }
    // Z, or nothing: no offset.
    if (to - at !== 6) return;
    const offset = 3_600 * two(bytes, at + 1) + 60 * two(bytes, at + 4);
    this.seconds += bytes[at] === 45 ? offset : -offset;
  }

  /** Less than, equal to or more than 0 as this is earlier than, at the same time as, or later than another. */
  compare({ seconds, nanoseconds }: Moment): number {
    return this.seconds - seconds || this.nanoseconds - nanoseconds;
  }

  /** Writes it as twelve bytes, the same for the same moment. @returns where they end */
  write(out: Uint8Array, at: number): number {
    const view = new DataView(out.buffer, out.byteOffset + at, 12);
    view.setFloat64(0, this.seconds);
    view.setUint32(8, this.nanoseconds);
    return at + 12;
  }
}

function two(bytes: Uint8Array, at: number): number {
  return 10 * ((bytes[at] ?? 0) - ZERO) + (bytes[at + 1] ?? 0) - ZERO;
}

/** Days from 1 January 1970 to a day of the Gregorian calendar, whose year begins in March here, so that leap days are last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}
