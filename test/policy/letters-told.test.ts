/** That the gate’s list says on which days a team can open what it is told of: those on which the share stands in force. */
import fc from 'fast-check';
import { gateFiles } from '../../lib/policy';
import { sharesOf } from '../../lib/register';
import { addDays, dateOf, startOfDay } from '../../lib/register/calendar';
import { parseGateList } from '../../lib/wire';
import { DWP, LEEDS, ZONE } from '../register/bad-input/cases';
import { LETTERS_FILE, LETTERS_ID, letters } from '../register/letters';
import { set } from '../register/samples';
import { AS_OF, registerOf } from './sample-register';

const reason = 'An incident is looked into.';
const FIRST = dateOf('2026-11-01');
const days = fc.tuple(fc.nat(60), fc.option(fc.nat(30))).map(([from, more]) => ({
  from: addDays(FIRST, from),
  ...(more !== null && { until: addDays(FIRST, from + more) }),
  reason,
}));
const maybe = fc.option(days, { nil: undefined });

test('a suspension, a pause of either party, the last day and missing approval each take days away, and nothing else does', () => {
  fc.assert(
    fc.property(
      fc.record({ suspended: maybe, dwp: maybe, leeds: maybe, approvals: fc.boolean() }),
      fc.array(fc.nat(2_000), { minLength: 1, maxLength: 20 }),
      ({ suspended, dwp, leeds, approvals }, looked) => {
        const register = registerOf(
          letters(
            set(LETTERS_FILE, { suspended }),
            set(DWP, { paused: dwp }),
            set(LEEDS, { paused: leeds }),
            set(ZONE, { approvals: approvals ? 'required' : undefined }),
          ),
          AS_OF,
        );
        for (const owner of register.organisations) {
          if (owner.membership !== 'member' || !['dwp', 'leeds'].includes(owner.id)) continue;
          const list = parseGateList(gateFiles(register, owner).list.text);
          const told = list.agreements.find(({ id }) => id === LETTERS_ID)?.letters;
          for (const n of [...looked, 0, 30, 61]) {
            const day = addDays(FIRST, n);
            const moment = startOfDay(day);
            const state = sharesOf(register, day).find(
              (each) => each.agreement.id === LETTERS_ID && each.owner.id === owner.id,
            )?.state;
            const opens = told?.inForce.some(({ from, until }) => from <= moment && moment < until);
            expect([day, opens]).toEqual([day, state === 'in-force']);
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});
