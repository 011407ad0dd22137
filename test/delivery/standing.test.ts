/** That what a profile says of days is what its days say, one by one. */
import fc from 'fast-check';
import { noticesOn, OLD_AFTER_DAYS, standingOn } from '../../lib/delivery/standing';
import { addDays, dateOf } from '../../lib/register/calendar';
import { profileOf } from '../../lib/register/profile';
import { registerOf } from '../policy/sample-register';
import { AS_OF } from '../register/samples';

const FIRST = dateOf('2027-01-01');
const day = (number: number) => addDays(FIRST, number);

/** Runs of days in order, with a gap of at least a day between them. */
const runs = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 5 })), { maxLength: 4 })
  .map((steps) => {
    let at = 0;
    return steps.map(([gap, length]) => {
      const from = at + gap;
      at = from + length + 1;
      return { from, until: from + length };
    });
  });

test('a day is in force where a run holds it, to come where a later run does, and over otherwise', () => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 0, max: 60 }), (numbered, on) => {
      const days = numbered.map(({ from, until }) => ({ from: day(from), until: day(until) }));
      const standing = standingOn(days, day(on));
      const holds = numbered.find(({ from, until }) => from <= on && on <= until);
      const later = numbered.find(({ from }) => from > on);
      if (holds) expect(standing).toEqual({ state: 'in-force', until: day(holds.until) });
      else if (later) expect(standing).toEqual({ state: 'to-come', from: day(later.from) });
      else {
        const last = numbered.at(-1);
        expect(standing).toEqual({ state: 'over', since: last && day(last.until) });
      }
    }),
  );
});

test('an old profile, one that was made ahead, and agreements that are not in force are told', () => {
  const register = registerOf();
  const leeds = register.organisations.find(({ id }) => id === 'leeds');
  if (!leeds) throw new Error('the sample has no leeds');
  const profile = profileOf(register, leeds, AS_OF);
  const kinds = (on: string) => noticesOn(profile, on).map(({ notice }) => notice);
  expect(kinds(addDays(AS_OF, OLD_AFTER_DAYS))).not.toContain('old');
  expect(kinds(addDays(AS_OF, OLD_AFTER_DAYS + 1))).toContain('old');
  expect(kinds(addDays(AS_OF, -1))).toContain('made-ahead');
  expect(noticesOn(profile, '2026-12-15')).toContainEqual({
    notice: 'to-come',
    agreement: 'anti-social-behaviour-reviews',
    from: '2027-02-01',
  });
  expect(kinds('2040-01-01').filter((each) => each === 'over')).toHaveLength(
    profile.sends.length + profile.collects.length,
  );
});
