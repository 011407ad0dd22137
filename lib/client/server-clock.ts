/**
 * How far this computer’s clock is from AWS’s. Each answer says in its `Date` what time it is there; the SDK then signs by that
 * time without a word, so a wrong clock is not noticed by itself, and what it says of days and times would be wrong here.
 */

/** S3 refuses what is signed fifteen minutes off; this is told before. In seconds. */
export const MOST_SECONDS_OFF = 300;

/** Keeps the smallest difference of all answers: an answer that was long under way says little. */
export class ServerClock {
  #off: number | undefined;

  /** An answer came, that says it is `date`. @param now of this computer, in milliseconds since 1970 */
  heard(date: string | undefined, now: number): void {
    const there = date === undefined ? Number.NaN : Date.parse(date);
    if (Number.isNaN(there)) return;
    const off = Math.round((now - there) / 1000);
    if (this.#off === undefined || Math.abs(off) < Math.abs(this.#off)) this.#off = off;
  }

  /** By how many seconds this computer is ahead, behind where negative; nothing before the first answer. */
  get secondsOff(): number | undefined {
    return this.#off;
  }
}
