/** That moments are written as GOV.UK writes times, by the clock that people in the United Kingdom look at. */
import { momentWords } from '../../lib/words';

it.each([
  ['2026-12-05T09:00:00Z', '5 December 2026 at 9am'],
  ['2026-12-05T09:30:00Z', '5 December 2026 at 9:30am'],
  ['2026-12-05T00:05:00Z', '5 December 2026 at 12:05am'],
  ['2026-12-05T00:00:00Z', '5 December 2026 at midnight'],
  ['2026-12-05T12:00:00Z', '5 December 2026 at midday'],
  ['2026-12-05T12:45:00Z', '5 December 2026 at 12:45pm'],
  ['2026-12-05T23:59:59Z', '5 December 2026 at 11:59pm'],
  // Summer time, and the hour that is there twice.
  ['2026-07-01T23:00:00Z', '2 July 2026 at midnight'],
  ['2026-10-25T00:30:00Z', '25 October 2026 at 1:30am'],
  ['2026-10-25T01:30:00Z', '25 October 2026 at 1:30am'],
])('%s is %s', (moment, written) => {
  expect(momentWords(Date.parse(moment))).toBe(written);
});
