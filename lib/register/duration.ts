/** Spans of time as the register writes them: ISO 8601, in years, months, weeks and days. */
import { andList, plural } from '../words';
import { addDays, type IsoDate } from './calendar';

/** A span of time. Months and years have no one length; who needs days chooses which. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
}

const FORM = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

/** Reads `P7Y`, `P18M`, `P2W` or `P1Y6M`. @throws RangeError for any other text */
export function durationOf(text: string): Duration {
  const match = FORM.exec(text);
  if (!match) throw new RangeError(`'${text}' is not a duration: write it as P7Y, P18M, P2W or P5D`);
  const [years, months, weeks, days] = match.slice(1).map((each) => Number(each ?? 0));
  return { years: years ?? 0, months: months ?? 0, weeks: weeks ?? 0, days: days ?? 0 };
}

/** `P1Y6M` as `1 year and 6 months`. @throws RangeError if the text is not a duration */
export function durationInWords(text: string): string {
  const { years, months, weeks, days } = durationOf(text);
  const parts = Object.entries({ year: years, month: months, week: weeks, day: days });
  const told = parts.flatMap(([noun, count]) => (count === 0 ? [] : plural(count, noun)));
  return told.length === 0 ? plural(0, 'day') : andList(told);
}

/** The days of a span that is written in days or weeks alone, as `collectWithin` is. @throws RangeError if it is not */
export function wholeDays(text: string): number {
  const { years, months, weeks, days } = durationOf(text);
  if (years + months > 0)
    throw new RangeError(`'${text}' is not a span of days or weeks: write it as P5D or P2W`);
  return weeks * 7 + days;
}

/** The day so long after another: months and years by the calendar, the last day of a month where it has none of that number. */
export function addDuration(date: IsoDate, text: string): IsoDate {
  const { years, months, weeks, days } = durationOf(text);
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year + years, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return addDays(first.toISOString().slice(0, 10) as IsoDate, weeks * 7 + days);
}
