/** Moments as people here read them: in London. */
import { inWords, today } from '../../register/calendar';

const TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `29 November 2026, 14:05`. @param moment milliseconds since 1970 */
export function momentWords(moment: number): string {
  const date = new Date(moment);
  return `${inWords(today(date))}, ${TIME.format(date)}`;
}
