/** Days as people read them: the pack’s JSON and CSV keep them as ISO 8601 has them. */
import { inWords, isDate } from '../register/calendar';

/** `31 March 2029`. @param day as ISO 8601 has it; another text stays as it is */
export function dayWords(day: string): string {
  return isDate(day) ? inWords(day) : day;
}
