/** Explains faulty dates: written another way round, or not in the calendar. */

import { plural } from '../../words';
import { isDate } from '../calendar';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const FORM = 'a date that exists, written year-month-day, such as 2027-04-01';

/** A date as it was written, in any order. */
interface Written {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  /** What is odd about how it is written. */
  readonly oddity: string;
}

/** What is wrong with a text that stands for a date. */
export function dateFault(name: string, text: string) {
  const fault = (message: string, fix: string, suggestion?: string) => ({
    code: 'bad-date' as const,
    message,
    allowed: FORM,
    fix,
    ...(suggestion !== undefined && { suggestion }),
  });
  if (text.trim() === '')
    return fault(`${name} has no value`, 'write a date after the colon, such as 2027-04-01');
  const written = read(text);
  if (written === undefined)
    return fault(`${name} is not a date`, 'write it as year-month-day, such as 2027-04-01');
  const { year, month, day, oddity } = written;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isDate(date)) return fault(`${name} ${oddity}`, `write ${date}`, date);
  const monthName = MONTHS[Number(month) - 1];
  if (monthName === undefined) {
    return fault(
      `${name} is a date that does not exist: a year has 12 months, not ${Number(month)}`,
      'check the month and the day: the year comes first, then the month',
    );
  }
  const length = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) < 1 || Number(day) > length) {
    return fault(
      `${name} is a date that does not exist: ${monthName} ${year} has ${plural(length, 'day')}`,
      'check the day',
    );
  }
  return fault(`${name} lies outside the years 1900 to 2199`, 'check the year');
}

function read(text: string): Written | undefined {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(.*)$/.exec(text);
  if (yearFirst) {
    const [, year = '', month = '', day = '', rest = ''] = yearFirst;
    if (/^[T\s]/.test(rest)) return { year, month, day, oddity: 'takes a day without a time' };
    const oddity = text.includes('-') ? 'is a date without its zeros' : 'is a date without its hyphens';
    return rest === '' ? { year, month, day, oddity } : undefined;
  }
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (dayFirst) {
    const [, day = '', month = '', year = ''] = dayFirst;
    return { year, month, day, oddity: 'is written with the day first' };
  }
  const [, day = '', name = '', year = ''] =
    /^(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9}),? (\d{4})$/.exec(text) ?? [];
  const month = MONTHS.findIndex((each) => each.toLowerCase().startsWith(name.toLowerCase())) + 1;
  if (name === '' || month === 0) return undefined;
  return { year, month: String(month), day, oddity: 'is written in words' };
}
