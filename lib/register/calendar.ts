/**
 * Dates and durations. A date in the register is a day in London; an end date is the last day in force.
 * The clock itself is read in one place only, where `asOf` is given no value.
 */
import type { core } from 'zod';

/** A calendar day that exists, written `2027-04-01`. Compares as text. */
export type IsoDate = string & core.$brand<'IsoDate'>;

/** A moment in UTC as IAM date conditions take it, `2027-03-31T23:00:00Z`. */
export type Instant = string;

/** A span of days; `until` is the last day, absent where it is open. */
export interface Period {
  readonly from: IsoDate;
  readonly until?: IsoDate | undefined;
}

const DAY = 86_400_000;

// Each takes longer to make than thousands of dates to write.
const IN_LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const IN_WORDS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** Whether the text is a date of the Gregorian calendar in the form YYYY-MM-DD, year 1900 to 2199. */
export function isDate(text: string): text is IsoDate {
  const match = /^(19\d\d|2[01]\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(time).toISOString().startsWith(text);
}

/** Reads a date, for callers that hold text from outside the register. @throws RangeError if it is not a date. */
export function dateOf(text: string): IsoDate {
  if (!isDate(text)) throw new RangeError(`'${text}' is not a date: write it as 2027-04-01`);
  return text;
}

/** Today in London. The only reading of the clock. */
export function today(now: Date = new Date()): IsoDate {
  const parts = IN_LONDON.formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return dateOf(`${part('year')}-${part('month')}-${part('day')}`);
}

const days = new Map<number, IsoDate>();
/** More moments than the agreements of a thousand organisations begin and end at. */
const MOST_DAYS = 10_000;

/**
 * The date in London at a moment, in milliseconds since 1970. Agreements begin and end at few moments, and to format one takes
 * longer than to say all else of a share: each is told once.
 */
export function dayOf(moment: number): IsoDate {
  const known = days.get(moment);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const day = today(new Date(moment));
  days.set(moment, day);
  return day;
}

/** The date so many days later, or earlier if negative; also where it leaves the years that a register takes. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10) as IsoDate;
}

/** Whether the date lies in the period, both ends included. */
export function within(period: Period, date: IsoDate): boolean {
  return date >= period.from && (period.until === undefined || date <= period.until);
}

/** Whether two periods share a day. */
export function overlap(a: Period, b: Period): boolean {
  return (a.until === undefined || b.from <= a.until) && (b.until === undefined || a.from <= b.until);
}

/**
 * The moment a day begins in London. Summer time runs from the last Sunday of March to the last Sunday of
 * October, changing at 01:00 UTC on both (Summer Time Act 1972, as amended in 2002), so the first of these days
 * still begins in winter time and the last still in summer time.
 */
export function startOfDay(date: IsoDate): Instant {
  const year = Number(date.slice(0, 4));
  const summer = date > lastSunday(year, 3) && date <= lastSunday(year, 10);
  return instant(Date.parse(date) - (summer ? 3_600_000 : 0));
}

/** The moment a day is over in London: the start of the next. */
export function endOfDay(date: IsoDate): Instant {
  return startOfDay(addDays(date, 1));
}

/** Writes a date as people read it: 1 April 2027. */
export function inWords(date: IsoDate): string {
  return IN_WORDS.format(Date.parse(date));
}

/**
 * A day that stands as text in what was read, as people read it: `31 March 2029`. What is for machines keeps it as ISO 8601 has it.
 * @param day as ISO 8601 has it; another text stays as it is
 */
export function dayWords(day: string): string {
  return isDate(day) ? inWords(day) : day;
}

/** By year and month: every share asks twice for each day that it begins or ends on. */
const sundays = new Map<number, string>();

function lastSunday(year: number, month: number): string {
  const known = sundays.get(year * 100 + month);
  if (known !== undefined) return known;
  const lastDay = new Date(Date.UTC(year, month, 0));
  const sunday = new Date(lastDay.getTime() - lastDay.getUTCDay() * DAY).toISOString().slice(0, 10);
  sundays.set(year * 100 + month, sunday);
  return sunday;
}

function instant(time: number): Instant {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
