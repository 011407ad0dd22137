/** That the table of AWS limits says where each number is from and when it was looked up. */

import { LIMITS, LIMITS_AS_OF, WARN_FROM } from '../../lib/policy/limits';
import { isDate } from '../../lib/register/calendar';

it('is dated', () => {
  expect(isDate(LIMITS_AS_OF)).toBe(true);
});

it.each(Object.entries(LIMITS))(
  'cites an AWS page for %s, which is a positive whole number',
  (_name, limit) => {
    expect(limit.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
    expect(Number.isInteger(limit.most)).toBe(true);
    expect(limit.most).toBeGreaterThan(0);
  },
);

it('warns from nine tenths of a limit', () => {
  expect(WARN_FROM).toBe(0.9);
});
