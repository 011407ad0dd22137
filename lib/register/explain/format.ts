/** Explains values that are not written in the expected form, with the mistakes that people most often make. */
import type { z } from 'zod';
import { isDate } from '../calendar';
import type { Path } from '../yaml-source';
import { describe, type Fault, settingName } from './fault';
import { metaOf, type Schema } from './schema-walk';

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
];

/** The fault of a value whose shape is right but whose form is not. */
export function explainFormat(
  schema: Schema | undefined,
  path: Path,
  found: unknown,
  issue: z.core.$ZodIssue,
): Fault {
  const meta = schema ? metaOf(schema) : {};
  const name = settingName(path);
  const text = describe(found);
  const base = { path, part: 'value', found: text } as const;
  if (meta.format === 'date') return { ...base, ...dateFault(name, String(found)) };
  if (issue.code === 'too_small' && issue.origin === 'array') {
    return {
      ...base,
      code: 'bad-format',
      message: `${name} is an empty list; it takes at least one item`,
      allowed: 'at least one item',
      fix: 'add an item on a line of its own that begins with a dash and a space',
    };
  }
  const expects = meta.expects ?? 'another form';
  if (found === '') {
    return {
      ...base,
      code: 'bad-format',
      message: `${name} has no value`,
      allowed: expects,
      fix: meta.fix ?? 'write a value after the colon',
    };
  }
  const mistake = commonMistake(meta, String(found), issue);
  return {
    ...base,
    code: 'bad-format',
    message: `${name} is not ${expects.replace(/(?:, (?:such as|in quotes)|:).*/, '')}${mistake?.because ?? ''}`,
    allowed: expects,
    ...(mistake?.suggestion !== undefined && { suggestion: mistake.suggestion }),
    fix: mistake?.fix ?? meta.fix ?? 'write it in the form allowed',
  };
}

interface Mistake {
  readonly because?: string;
  readonly suggestion?: string;
  readonly fix?: string;
}

function commonMistake(meta: z.core.GlobalMeta, text: string, issue: z.core.$ZodIssue): Mistake | undefined {
  if (meta.quoted === true && /^\d{11}$/.test(text)) {
    return {
      because: ': it has 11 digits, so it seems to have lost its leading zero',
      suggestion: `"0${text}"`,
      fix: `if it begins with 0, write "0${text}", with the quotes that keep the zero`,
    };
  }
  if (meta.quoted === true && /^[\d\s-]+$/.test(text)) {
    const digits = text.replace(/\D/g, '');
    if (digits.length === 12) return { because: ': it holds spaces or hyphens', suggestion: `"${digits}"` };
    return { because: `: it has ${digits.length} digits, not 12` };
  }
  if (issue.code === 'too_big') {
    return { because: `: it has ${text.length} characters, at most ${issue.maximum} are allowed` };
  }
  if (text !== text.trim()) return { because: ': it begins or ends with a space', suggestion: text.trim() };
  if (text !== text.toLowerCase() && accepts(issue, text.toLowerCase())) {
    return { because: ': it has capital letters', suggestion: text.toLowerCase() };
  }
  if (text !== text.toUpperCase() && accepts(issue, text.toUpperCase())) {
    return { because: ': its letters must be capitals', suggestion: text.toUpperCase() };
  }
  if (text.includes('--'))
    return { because: ': two hyphens in a row separate names in AWS', suggestion: text.replace(/--+/g, '-') };
  return undefined;
}

function accepts(issue: z.core.$ZodIssue, text: string): boolean {
  if (issue.code !== 'invalid_format' || !('pattern' in issue) || typeof issue.pattern !== 'string')
    return false;
  const match = /^\/(.*)\/([a-z]*)$/s.exec(issue.pattern);
  return match?.[1] !== undefined && new RegExp(match[1], match[2]).test(text);
}

function dateFault(name: string, text: string) {
  const form = 'a date that exists, written year-month-day, such as 2027-04-01';
  const fault = (message: string, fix: string, suggestion?: string) => ({
    code: 'bad-date' as const,
    message,
    allowed: form,
    fix,
    ...(suggestion !== undefined && { suggestion }),
  });
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (year !== '') {
    const padded = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (isDate(padded)) return fault(`${name} is a date without its zeros`, `write ${padded}`, padded);
    const monthName = MONTHS[Number(month) - 1];
    if (monthName === undefined)
      return fault(
        `${name} has no such month: a year has 12`,
        'check the month and the day; the year comes first',
      );
    const length = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    if (Number(day) < 1 || Number(day) > length) {
      return fault(
        `${name} is a date that does not exist: ${monthName} ${year} has ${length} days`,
        'check the day',
      );
    }
    return fault(`${name} lies outside the years 1900 to 2199`, 'check the year');
  }
  const [, d = '', m = '', y = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const turned = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  if (isDate(turned))
    return fault(`${name} is written with the day first`, `write the year first: ${turned}`, turned);
  const start = text.slice(0, 10);
  if (isDate(start)) return fault(`${name} takes a day without a time`, `write ${start}`, start);
  return fault(`${name} is not a date`, 'write it as year-month-day, such as 2027-04-01');
}
