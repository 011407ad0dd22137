/** That days, moments and periods are those of London, by comparison with the time zone database of the platform. */
import fc from 'fast-check';
import {
  addDays,
  dateOf,
  dayOf,
  endOfDay,
  inWords,
  isDate,
  overlap,
  startOfDay,
  today,
  within,
} from '../../lib/register/calendar';

const DAY = 86_400_000;

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** What a clock in London shows at a moment. */
function clock(moment: number): string {
  const [date = '', time] = LONDON.format(moment).split(', ');
  return `${date.split('/').reverse().join('-')} ${time}`;
}

const day = fc
  .integer({ min: Date.parse('2026-01-01') / DAY, max: Date.parse('2028-12-31') / DAY })
  .map((days) => dateOf(new Date(days * DAY).toISOString().slice(0, 10)));

const period = fc
  .record({ from: day, days: fc.option(fc.nat(400)) })
  .map(({ from, days }) => (days === null ? { from } : { from, until: addDays(from, days) }));

test('every day from 1996 to 2100 begins at midnight in London and ends when the next begins', () => {
  const wrong: string[] = [];
  for (let date = dateOf('1996-01-01'); date < '2101-01-01'; date = addDays(date, 1)) {
    const start = Date.parse(startOfDay(date));
    if (clock(start) !== `${date} 00:00:00` || endOfDay(date) !== startOfDay(addDays(date, 1)))
      wrong.push(`${date} begins ${startOfDay(date)} and ends ${endOfDay(date)}`);
  }
  expect(wrong).toEqual([]);
});

test('the days on which the clocks change have 23 and 25 hours', () => {
  const hours = (date: string) =>
    (Date.parse(endOfDay(dateOf(date))) - Date.parse(startOfDay(dateOf(date)))) / 3_600_000;
  expect([hours('2027-03-28'), hours('2027-10-31'), hours('2027-07-01')]).toEqual([23, 25, 24]);
  expect(startOfDay(dateOf('2027-03-28'))).toBe('2027-03-28T00:00:00Z');
  expect(endOfDay(dateOf('2027-03-28'))).toBe('2027-03-28T23:00:00Z');
  expect(endOfDay(dateOf('2027-03-31'))).toBe('2027-03-31T23:00:00Z');
});

test('a date is taken if and only if it is one of the calendar, written in full', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1890, max: 2210 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
      (year, month, date) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        const real = new Date(Date.UTC(year, month - 1, date));
        const exists = real.getUTCMonth() === month - 1 && real.getUTCDate() === date;
        expect(isDate(text)).toBe(exists && year >= 1900 && year <= 2199);
      },
    ),
    { numRuns: 5000, seed: 1 },
  );
  for (const text of [
    '',
    '2027-4-1',
    '2027-04-01 ',
    '2027-04-01\n',
    '20270401',
    '2027-04-01T00:00:00Z',
    '+002027-04-01',
  ])
    expect([text, isDate(text)]).toEqual([text, false]);
});

test('what is no date is refused with a message that shows one', () => {
  expect(() => dateOf('1 April 2027')).toThrow(
    new RangeError("'1 April 2027' is not a date: write it as 2027-04-01"),
  );
});

test('days are added over months, years and leap days, and taken away again', () => {
  expect(addDays(dateOf('2028-02-28'), 1)).toBe('2028-02-29');
  expect(addDays(dateOf('2027-02-28'), 1)).toBe('2027-03-01');
  expect(addDays(dateOf('2027-12-31'), 1)).toBe('2028-01-01');
  expect([addDays(dateOf('2199-12-31'), 1), addDays(dateOf('1900-01-01'), -1)]).toEqual([
    '2200-01-01',
    '1899-12-31',
  ]);
  fc.assert(
    fc.property(day, fc.integer({ min: -500, max: 500 }), (date, days) => {
      const later = addDays(date, days);
      expect((Date.parse(later) - Date.parse(date)) / DAY).toBe(days);
      expect(addDays(later, -days)).toBe(date);
      expect(later > date).toBe(days > 0);
    }),
    { seed: 2 },
  );
});

test('two periods overlap if and only if there is a day that lies within both', () => {
  fc.assert(
    fc.property(period, period, (a, b) => {
      const later = within({ from: a.from }, b.from) ? b.from : a.from;
      expect(overlap(a, b)).toBe(within(a, later) && within(b, later));
      expect(overlap(a, b)).toBe(overlap(b, a));
      expect(within(a, a.from)).toBe(true);
      if (a.until) expect([within(a, a.until), within(a, addDays(a.until, 1))]).toEqual([true, false]);
      expect(within(a, addDays(a.from, -1))).toBe(false);
    }),
    { seed: 3 },
  );
});

test('a moment that was told before has the same day in London as when its clock is read', () => {
  const moments = fc.integer({ min: Date.parse('1996-01-01'), max: Date.parse('2100-01-01') });
  fc.assert(
    fc.property(moments, (moment) => {
      const day = today(new Date(moment));
      expect([dayOf(moment), dayOf(moment)]).toEqual([day, day]);
    }),
  );
});

test('today is the day in London, whatever the clock of the computer says', () => {
  expect(today(new Date('2027-06-30T22:59:59Z'))).toBe('2027-06-30');
  expect(today(new Date('2027-06-30T23:00:00Z'))).toBe('2027-07-01');
  expect(today(new Date('2027-12-31T23:59:59Z'))).toBe('2027-12-31');
});

test('dates are written for people as they are in Britain', () => {
  expect(inWords(dateOf('2027-04-01'))).toBe('1 April 2027');
});
