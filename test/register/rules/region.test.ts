/** That the zone is in the United Kingdom, or has an exception for just where it is, in force on the day. */
import { addDays, dateOf, type IsoDate } from '../../../lib/register/calendar';
import { loadRegister } from '../../../lib/register/load';
import { AS_OF, edited, MINIMAL, pointedAt, registerAfter, replace, set } from '../samples';

const ZONE = 'zone.yaml';
const keyMoves = replace('organisations/leeds.yaml', 'eu-west-2', 'eu-west-1');
const exception = (region: string, until: string) => ({
  regionException: { region, reason: 'A rehearsal.', owner: 'Senior information risk owner', until },
});
const inIreland = (more: object = {}) => [keyMoves, set(ZONE, { region: 'eu-west-1', ...more })];

test('London needs no exception, and is where the zone is if it does not say', () => {
  expect(registerAfter(set(ZONE, { region: undefined })).zone.region).toBe('eu-west-2');
});

test('a Region outside the UK is refused', () => {
  expect(pointedAt(...inIreland())).toEqual([`region-exception at ${ZONE}, region: eu-west-1`]);
});

test('an exception holds to its last day', () => {
  const judged = (day: IsoDate) =>
    loadRegister(edited(MINIMAL, ...inIreland(exception('eu-west-1', AS_OF))), day).ok;
  expect(judged(dateOf('2026-01-01'))).toBe(true);
  expect(judged(AS_OF)).toBe(true);
  expect(judged(addDays(AS_OF, 1))).toBe(false);
});

test('an exception that has ended is pointed at', () => {
  expect(pointedAt(...inIreland(exception('eu-west-1', '2026-09-30')))).toEqual([
    `region-exception at ${ZONE}, until: 2026-09-30`,
  ]);
});

test('an exception is for its own Region only', () => {
  expect(pointedAt(...inIreland(exception('eu-west-3', '2027-09-30')))).toEqual([
    `region-exception at ${ZONE}, region: eu-west-3`,
  ]);
});

test('an exception that is not needed is refused, so that none lies in wait', () => {
  expect(pointedAt(set(ZONE, exception('eu-west-1', '2027-09-30')))).toEqual([
    `region-exception at ${ZONE}, regionException:`,
  ]);
});
