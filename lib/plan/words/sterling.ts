/** US dollars in pounds, by a rate that the reader gives: one of ours would be old on the day that it is read. */
import { type IsoDate, inWords } from '../../register/calendar';
import { dollars } from '../cost/in-words';

/** What one US dollar was worth, and when. */
export interface Rate {
  /** Pounds for one US dollar, more than 0 and less than 10. */
  readonly pounds: number;
  readonly on: IsoDate;
}

/** An amount as people read it: in dollars, or by a rate in pounds. */
export type Money = (usd: number) => string;

/** Amounts in pounds, to the penny, where there is a rate; otherwise in dollars. */
export function moneyBy(rate: Rate | undefined): Money {
  if (rate === undefined) return dollars;
  return (usd) =>
    `£${(usd * rate.pounds).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A clause that says in which money amounts are, and by which rate. @param prices the day of the prices */
export function moneyInWords(rate: Rate | undefined, prices: IsoDate): string {
  const list = `AWS list prices in London of ${inWords(prices)}`;
  return rate === undefined
    ? `US dollars, ${list}`
    : `pounds, at £${rate.pounds} for one US dollar on ${inWords(rate.on)}; ${list}`;
}
