/** That dates are in order, and that agreements lie inside the membership of their parties. */
import { pointedAt, registerAfter, set } from '../samples';

const DWP = 'organisations/dwp.yaml';
const LEEDS = 'organisations/leeds.yaml';
const AGREEMENT = 'agreements/benefit-awards.yaml';
const reason = 'A test.';

describe('what starts does so no later than it ends', () => {
  test.each([
    ['an agreement', AGREEMENT, 'starts', 'ends', {}],
    ['a membership', LEEDS, 'joins', 'leaves', {}],
    ['a pause', LEEDS, 'paused.from', 'paused.until', { paused: { reason } }],
    ['a suspension', AGREEMENT, 'suspended.from', 'suspended.until', { suspended: { reason } }],
    ['a code', LEEDS, 'identifiers.0.from', 'identifiers.0.until', {}],
  ])('%s', (_what, file, from, until, more) => {
    const quiet = file === AGREEMENT ? { review: '2027-06-01' } : {};
    const agreement = set(AGREEMENT, { starts: '2027-06-01', ends: '2027-06-01', review: '2027-06-01' });
    const dates = (first: string, last: string) =>
      set(file, { ...quiet, ...more, [from]: first, [until]: last });
    const name = until.replace(/^.*\./, '');
    expect(pointedAt(agreement, dates('2027-06-01', '2027-06-01'))).toEqual([]);
    expect(pointedAt(agreement, dates('2027-06-01', '2027-05-31'))).toContain(
      `date-order at ${file}, ${name}: 2027-05-31`,
    );
  });
});

describe('a review', () => {
  const review = (date: string) => pointedAt(set(AGREEMENT, { review: date }));

  test('is on the first or the last day of the agreement, or between them', () => {
    expect([review('2026-04-01'), review('2030-03-31')]).toEqual([[], []]);
  });

  test('is not before the agreement starts', () => {
    expect(review('2026-03-31')).toEqual([`date-order at ${AGREEMENT}, review: 2026-03-31`]);
  });

  test('is not after the agreement ends', () => {
    expect(review('2030-04-01')).toEqual([`date-order at ${AGREEMENT}, review: 2030-04-01`]);
  });
});

describe.each([
  ['the owner', DWP],
  ['a recipient', LEEDS],
])('an agreement lies inside the membership of %s', (_who, party) => {
  test('it may start on the day on which the party joins, and not before', () => {
    expect(registerAfter(set(party, { joins: '2026-04-01' })).agreements).toHaveLength(1);
    expect(pointedAt(set(party, { joins: '2026-04-02' }))).toEqual([
      `outside-membership at ${AGREEMENT}, starts: 2026-04-01`,
    ]);
  });

  test('it may end on the last day of the party, and not after', () => {
    expect(registerAfter(set(party, { leaves: '2030-03-31' })).agreements).toHaveLength(1);
    expect(pointedAt(set(party, { leaves: '2030-03-30' }))).toEqual([
      `outside-membership at ${AGREEMENT}, ends: 2030-03-31`,
    ]);
  });
});
