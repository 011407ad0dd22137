/** That the calendar has every day of the register that starts, ends or asks for something, once, and nothing else. */
import { addDays, dateOf } from '../../lib/register/calendar';
import { entriesBetween, overdueOn } from '../../lib/register/diary';
import { registerOf } from '../policy/sample-register';
import { AS_OF, edited, SAMPLE, set } from './samples';

const register = registerOf(SAMPLE, AS_OF);
const all = entriesBetween(register, dateOf('1900-01-01'), dateOf('2199-12-31'));

test('each day that a file of the register names comes up under its agreement or organisation', () => {
  const told = new Set(
    all.map((each) => `${'agreement' in each ? each.agreement : each.organisations[0]} ${each.on}`),
  );
  const days = [
    ...register.agreements.flatMap(({ id, starts, ends, review, suspended }) =>
      [starts, ends, review, suspended?.from, suspended?.until].map((day) => [id, day] as const),
    ),
    ...register.organisations.flatMap(({ id, joins, leaves, windsUp, paused, handsOver }) =>
      [joins, leaves, windsUp, paused?.from, paused?.until, ...(handsOver ?? []).map(({ on }) => on)].map(
        (day) => [id, day] as const,
      ),
    ),
  ].filter(([, day]) => day !== undefined);
  expect(days.filter(([id, day]) => !told.has(`${id} ${day}`))).toEqual([]);
  // Two more for each agreement: when what was deposited goes, and by when that is to be deployed.
  const agreements = register.agreements.map(({ id }) => id).sort();
  const going = (['copies-go', 'copies-deployment'] as const).flatMap((kind) => {
    const those = all.filter((each) => each.kind === kind);
    expect(those.flatMap((each) => ('agreement' in each ? each.agreement : [])).sort()).toEqual(agreements);
    return those;
  });
  // Where approvals are asked for, one of a recipient’s declaration, once all have approved.
  const declaring = all.filter(({ kind }) => kind === 'disposal-due');
  expect(declaring.map((each) => 'agreement' in each && each.agreement)).toEqual([
    'hospital-discharge-referrals',
  ]);
  // One more for each organisation, when its assurance is due, and for key material that expires.
  const material = register.organisations.filter(
    (each) => each.membership === 'member' && each.custody.kind === 'imported',
  ).length;
  expect(all).toHaveLength(
    days.length + going.length + declaring.length + register.organisations.length + material,
  );
});

test('days are in order, and both ends of a span are in it', () => {
  expect(all.map(({ on }) => on)).toEqual(all.map(({ on }) => on).sort());
  const [{ on: first } = { on: AS_OF }] = all;
  expect(entriesBetween(register, first, first).length).toBeGreaterThan(0);
  expect(
    entriesBetween(register, addDays(first, 1), dateOf('2199-12-31')).some(({ on }) => on === first),
  ).toBe(false);
});

test.each([
  [{ scheme: 'iso-27001', date: '2024-02-29' }, '2027-02-28'],
  [{ scheme: 'dspt', date: '2026-06-30' }, '2027-06-30'],
  [{ scheme: 'other', name: 'PSN', date: '2026-06-30' }, '2027-06-30'],
  [{ scheme: 'none', by: '2027-03-31' }, '2027-03-31'],
])('assurance %j is due on %s', (assurance, on) => {
  const files = edited(SAMPLE, set('organisations/leeds.yaml', { assurance }));
  const due = entriesBetween(registerOf(files, AS_OF), dateOf('2020-01-01'), dateOf('2199-12-31')).find(
    ({ kind, organisations }) => kind === 'assurance-due' && organisations[0] === 'leeds',
  );
  expect(due?.on).toBe(on);
});

test('what was due is overdue from the day after, and no longer once the agreement has ended or the organisation left', () => {
  const review = all.find(({ kind }) => kind === 'agreement-review');
  if (review === undefined || !('agreement' in review)) throw new Error('no agreement is to be reviewed');
  const isOver = (day: string) =>
    overdueOn(register, dateOf(day)).some(
      (each) =>
        each.kind === 'agreement-review' && 'agreement' in each && each.agreement === review.agreement,
    );
  const ends = register.agreements.find(({ id }) => id === review.agreement)?.ends ?? AS_OF;
  expect([isOver(review.on), isOver(addDays(review.on, 1)), isOver(addDays(ends, 1))]).toEqual([
    false,
    true,
    false,
  ]);
  const left = edited(SAMPLE, set('organisations/nspcc.yaml', { leaves: '2040-01-01' }));
  const who = (day: string) =>
    overdueOn(registerOf(left, AS_OF), dateOf(day)).flatMap(({ kind, organisations }) =>
      kind === 'assurance-due' ? organisations.map(String) : [],
    );
  expect([who('2040-01-01').includes('nspcc'), who('2040-01-02').includes('nspcc')]).toEqual([true, false]);
});
