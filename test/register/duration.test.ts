/** That a span of time means what ISO 8601 says, and that no other text is taken for one. */
import fc from 'fast-check';
import { durationInWords, durationOf, wholeDays } from '../../lib/register/duration';

const number = fc.option(fc.nat(9_999), { nil: undefined });

it('has the years, months, weeks and days that its text gives', () => {
  fc.assert(
    fc.property(number, number, number, number, (years, months, weeks, days) => {
      const parts = [
        [years, 'Y'],
        [months, 'M'],
        [weeks, 'W'],
        [days, 'D'],
      ] as const;
      const text = `P${parts.map(([count, unit]) => (count === undefined ? '' : `${count}${unit}`)).join('')}`;
      fc.pre(text !== 'P');
      expect(durationOf(text)).toEqual({
        years: years ?? 0,
        months: months ?? 0,
        weeks: weeks ?? 0,
        days: days ?? 0,
      });
    }),
  );
});

it.each(['', 'P', '7Y', 'P7', 'P7YM', 'P1D1Y', 'PT5H', 'P1Y ', '-P1Y', 'P1.5Y'])('is not %j', (text) => {
  expect(() => durationOf(text)).toThrow(`'${text}' is not a duration: write it as P7Y, P18M, P2W or P5D`);
});

it.each([
  ['P7Y', '7 years'],
  ['P1Y6M', '1 year and 6 months'],
  ['P1Y2W3D', '1 year, 2 weeks and 3 days'],
  ['P0D', '0 days'],
])('%s is %s to people', (text, said) => expect(durationInWords(text)).toBe(said));

it('is so many days where it is written in days or weeks, and in no other case', () => {
  expect([wholeDays('P5D'), wholeDays('P2W')]).toEqual([5, 14]);
  expect(() => wholeDays('P1M')).toThrow(`'P1M' is not a span of days or weeks`);
});
