/** Moments as people in the United Kingdom read them. */

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * `5 December 2026 at 9:30am`, as GOV.UK writes it.
 * @param moment milliseconds since 1970
 * @see https://www.gov.uk/guidance/style-guide/a-to-z-of-gov-uk-style#times
 */
export function momentWords(moment: number): string {
  const part = Object.fromEntries(LONDON.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${part.day} ${part.month} ${part.year} at ${onTheClock(Number(part.hour), Number(part.minute))}`;
}

function onTheClock(hour: number, minute: number): string {
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? 'midnight' : 'midday';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? 'am' : 'pm'}`;
}
