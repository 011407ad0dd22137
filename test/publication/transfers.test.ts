/** That no number below ten can be read from the record, nor be worked out of its numbers and totals, nor of two editions. */
import fc from 'fast-check';
import { ledgerCounts, publicRecord, siteFiles } from '../../lib/publication';
import { type Deposit, quartersOf, toldTogether } from '../../lib/publication/transfers';
import { addDays, dateOf, type IsoDate } from '../../lib/register/calendar';
import { AS_OF } from '../register/samples';
import { filesOf, registerAfter } from './sample-record';

const register = registerAfter();
const LAST = dateOf('2026-10-07');
/** The first days of quarters of 2026 that have ended by the day of the tests. */
const STARTS = ['2026-01-01', '2026-04-01', '2026-07-01'].map(dateOf);
const cells = register.agreements.flatMap(({ id }) => STARTS.map((first) => ({ id, first })));

/** So many deposits in a quarter of an agreement. */
const deposits = (counts: readonly number[]): Deposit[] =>
  counts.flatMap((count, index) => {
    const cell = cells[index];
    return cell === undefined
      ? []
      : Array.from({ length: count }, (_, nth) => ({
          agreement: cell.id as string,
          day: addDays(cell.first, nth % 90),
        }));
  });
const filesWith = (counts: readonly number[]) =>
  filesOf(register, { deposits: deposits(counts), last: LAST });
const count = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 40 }));

test('whatever the numbers below ten are, the record is the same to the letter: so nothing in it tells of them', () => {
  fc.assert(
    fc.property(
      fc.array(count, { minLength: cells.length, maxLength: cells.length }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: cells.length, maxLength: cells.length }),
      (counts, others) => {
        const changed = counts.map((each, index) => (each < 10 ? (others[index] ?? 0) : each));
        expect(filesWith(changed)).toEqual(filesWith(counts));
      },
    ),
    { numRuns: 8 },
  );
});

test('numbers of ten and more are told as they are, and their sum', () => {
  const agreement = { id: 'an-agreement', starts: dateOf('2026-01-01'), ends: dateOf('2026-12-31') };
  fc.assert(
    fc.property(fc.array(count, { minLength: 3, maxLength: 3 }), (counts) => {
      const made = counts.flatMap((each, index) =>
        Array.from({ length: each }, () => ({ agreement: agreement.id, day: STARTS[index] as IsoDate })),
      );
      const quarters = quartersOf(agreement, { deposits: made, last: LAST }, AS_OF);
      expect(quarters.map(({ transfers }) => transfers)).toEqual(
        counts.map((each) => (each < 10 ? undefined : each)),
      );
      const told = counts.filter((each) => each >= 10);
      expect(toldTogether(quarters)).toBe(
        told.length === 0 ? undefined : told.reduce((sum, each) => sum + each, 0),
      );
    }),
  );
});

test('an edition of another day of the same quarter tells the same numbers: a transfer between the two shows in neither', () => {
  const agreement = { id: 'an-agreement', starts: dateOf('2026-01-01'), ends: dateOf('2026-12-31') };
  const before = Array.from({ length: 25 }, () => ({ agreement: agreement.id, day: dateOf('2026-08-01') }));
  const later = [...before, { agreement: agreement.id, day: dateOf('2026-10-12') }];
  const on = (made: readonly Deposit[], day: string) =>
    quartersOf(agreement, { deposits: made, last: dateOf('2026-10-12') }, dateOf(day));
  expect(on(later, '2026-12-30')).toEqual(on(before, '2026-10-12'));
  expect(on(later, '2026-12-31').map(({ name }) => name)).not.toContain('2026-Q4');
});

test('however early a copy of the ledger was made, each number that it tells is told again by every later copy', () => {
  const agreement = { id: 'an-agreement', starts: dateOf('2026-01-01'), ends: dateOf('2026-12-31') };
  const day = fc.integer({ min: 0, max: 380 }).map((each) => addDays(dateOf('2026-01-01'), each));
  fc.assert(
    fc.property(fc.array(day, { minLength: 30, maxLength: 90 }), day, (days, copied) => {
      const upTo = (last: IsoDate) =>
        quartersOf(
          agreement,
          {
            deposits: days
              .filter((each) => each <= last)
              .map((each) => ({ agreement: agreement.id, day: each })),
            last,
          },
          dateOf('2027-02-01'),
        );
      const whole = upTo(dateOf('2027-01-31'));
      const early = upTo(copied);
      expect(whole.slice(0, early.length)).toEqual(early);
    }),
    {
      examples: [
        [Array.from({ length: 30 }, (_, nth) => addDays(dateOf('2026-03-10'), nth)), dateOf('2026-03-25')],
      ],
    },
  );
});

test('a quarter that a copy of the ledger does not reach is not told as one with few', () => {
  const agreement = { id: 'an-agreement', starts: dateOf('2026-01-01'), ends: dateOf('2026-12-31') };
  const names = (last: string) =>
    quartersOf(agreement, { deposits: [], last: dateOf(last) }, AS_OF).map(({ name }) => name);
  expect(names('2026-07-06')).toEqual(['2026-Q1']);
  expect(names('2026-07-07')).toEqual(['2026-Q1', '2026-Q2']);
});

test('what is counted of a ledger are deposits that were in order, on their day in London', () => {
  const entry = (time: string, event_code: string, verdict: string) => ({
    time: Date.parse(time),
    metadata: { event_code },
    unmapped: { agreement: 'benefit-rates', verdict },
  });
  const counts = ledgerCounts([
    entry('2026-06-30T23:30:00Z', 'deposited', 'in-order'),
    entry('2026-07-02T12:00:00Z', 'collected', 'in-order'),
    entry('2026-07-01T12:00:00Z', 'deposited', 'violation'),
    { no: 'entry' },
  ]);
  expect(counts).toEqual({
    deposits: [{ agreement: 'benefit-rates', day: '2026-07-01' }],
    last: '2026-07-02',
  });
  expect(ledgerCounts([])).toBeUndefined();
});

test('without a ledger nothing is counted, and every page that would have a number says so', () => {
  const files = siteFiles(publicRecord({ register, asOf: AS_OF }));
  expect(files.get('index.html')).toContain('Transfers were not counted for this edition');
  expect(files.get('agreements/benefit-rates.html')).toContain('Not counted for this edition.');
  expect(files.get('data/transfers.csv')?.split('\r\n')).toHaveLength(2);
});
