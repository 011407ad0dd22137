/** The options by which sums are in pounds: by a rate that the reader gives. */
import type { Rate } from '../plan';
import type { IsoDate } from '../register/calendar';
import { day, text, UsageError } from './option';

export const RATE_OPTIONS = {
  rate: text('POUNDS', 'what one US dollar is worth in pounds, such as 0.76, to have pounds'),
  'rate-on': day('the day of that rate'),
};

/** @throws UsageError if it is no rate, or has no day */
export function rateFrom(given: string | undefined, on: IsoDate | undefined): Rate | undefined {
  if (given === undefined && on === undefined) return undefined;
  if (given === undefined) throw new UsageError('--rate-on is the day of a rate: give --rate as well');
  const pounds = Number(given);
  if (!/^\d(?:\.\d{1,6})?$/.test(given) || pounds === 0)
    throw new UsageError(`--rate is '${given}': give the pounds for one US dollar, such as 0.76`);
  if (on === undefined)
    throw new UsageError('--rate changes from day to day: say of which day it is, by --rate-on');
  return { pounds, on };
}
