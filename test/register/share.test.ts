/** That shares are in force on the days that the register says, and on no other. */
import fc from 'fast-check';
import { addDays, dateOf, type IsoDate, type Period, within } from '../../lib/register/calendar';
import { loadRegister } from '../../lib/register/load';
import type { Register } from '../../lib/register/register';
import type { Agreement, AgreementId } from '../../lib/register/schema/agreement';
import type { Member, Organisation, OrganisationId } from '../../lib/register/schema/organisation';
import { agreementHash, isLive, type Share, sharesOf } from '../../lib/register/share';
import { AS_OF, faultsAfter, registerAfter, SAMPLE, set } from './samples';

const AGREEMENT = 'agreements/benefit-awards.yaml';
const OWNER = 'organisations/dwp.yaml';
const RECIPIENT = 'organisations/leeds.yaml';

const FIRST = dateOf('2027-01-01');
const near = (min: number, max: number) => fc.integer({ min, max }).map((days) => addDays(FIRST, days));
const gap = fc
  .record({ from: near(-40, 140), length: fc.option(fc.nat(40)) })
  .map(({ from, length }): Period => (length === null ? { from } : { from, until: addDays(from, length) }));

/** An agreement over about a hundred days, with pauses and a suspension anywhere, and a day to judge it on. */
const situation = fc.record({
  length: fc.nat(100),
  ownerPause: fc.option(gap, { nil: undefined }),
  recipientPause: fc.option(gap, { nil: undefined }),
  suspension: fc.option(gap, { nil: undefined }),
  asOf: near(-60, 160),
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const base = registerAfter();

/** The one share of the minimal register in a situation. */
function shareIn({ length, ownerPause, recipientPause, suspension, asOf }: Situation): Share {
  const [agreement] = base.agreements;
  if (agreement === undefined) throw new Error('the minimal register has an agreement');
  const reason = 'A test.';
  const paused = (id: string, pause: Period | undefined): Organisation => ({
    ...base.organisation(id as OrganisationId),
    ...(pause && { paused: { ...pause, reason } }),
  });
  const dated: Agreement = {
    ...agreement,
    starts: FIRST,
    ends: addDays(FIRST, length),
    ...(suspension && { suspended: { ...suspension, reason } }),
  };
  const parties = [paused('dwp', ownerPause), paused('leeds', recipientPause)];
  const [share] = sharesOf(
    {
      zone: base.zone,
      agreements: [dated],
      organisation: (id: OrganisationId) => parties.find((each) => each.id === id) as Member,
    } as unknown as Register,
    asOf,
  );
  if (share === undefined) throw new Error('the agreement has a recipient');
  return share;
}

/** Whether the recipient may read on a day, said as simply as can be. */
function mayRead({ length, ownerPause, recipientPause, suspension }: Situation, day: IsoDate): boolean {
  const gaps = [ownerPause, recipientPause, suspension].filter((each) => each !== undefined);
  return (
    within({ from: FIRST, until: addDays(FIRST, length) }, day) && !gaps.some((each) => within(each, day))
  );
}

/** Every day from one on, up to another that is not among them. */
function daysFrom(first: IsoDate, end: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = first; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

function each(check: (given: Situation, share: Share) => void): void {
  fc.assert(
    fc.property(situation, (given) => check(given, shareIn(given))),
    { numRuns: 1000, seed: 4 },
  );
}

test('a share’s days are days of the agreement on which nothing is paused or suspended', () => {
  each((given, { days }) => {
    if (days === undefined) return;
    expect(days.from <= days.until).toBe(true);
    expect(daysFrom(days.from, addDays(days.until, 1)).filter((day) => !mayRead(given, day))).toEqual([]);
  });
});

test('a share’s days are as many as there are: the day before and the day after are not among them', () => {
  each((given, { days }) => {
    if (days === undefined) return;
    expect(mayRead(given, addDays(days.from, -1))).toBe(false);
    expect(mayRead(given, addDays(days.until, 1))).toBe(false);
  });
});

test('a share is in force if and only if the recipient may read on the day, and then the day is among its days', () => {
  each((given, { state, days }) => {
    expect(state === 'in-force').toBe(mayRead(given, given.asOf));
    if (state === 'in-force') expect(days && within(days, given.asOf)).toBe(true);
  });
});

test('a share that is to come begins on the first day on which the recipient may read', () => {
  each((given, { state, days }) => {
    if (state !== 'to-come') return;
    expect(days && days.from > given.asOf).toBe(true);
    expect(daysFrom(given.asOf, days?.from ?? given.asOf).filter((day) => mayRead(given, day))).toEqual([]);
  });
});

test('a share says why it is not in force: ended, suspended before paused, or to come', () => {
  each((given, { state }) => {
    const { asOf, ownerPause, recipientPause, suspension, length } = given;
    if (asOf > addDays(FIRST, length)) expect(state).toBe('ended');
    else if (suspension && within(suspension, asOf)) expect(state).toBe('suspended');
    else if ([ownerPause, recipientPause].some((pause) => pause && within(pause, asOf)))
      expect(state).toBe('paused');
    else expect(state).not.toBe('ended');
  });
});

test('a share that is neither in force nor to come has no days', () => {
  each((_given, share) => {
    expect(isLive(share)).toBe(share.state === 'in-force' || share.state === 'to-come');
  });
});

test.each([
  ['2026-03-31', 'to-come'],
  ['2026-04-01', 'in-force'],
  ['2030-03-31', 'in-force'],
  ['2030-04-01', 'ended'],
])('on %s the share of the minimal register is %s', (day, state) => {
  expect(sharesOf(base, dateOf(day)).map((share) => share.state)).toEqual([state]);
});

test('an owner’s pause, a recipient’s pause and a suspension each stop the share from their first day', () => {
  const edits = [
    set(OWNER, { paused: { from: '2026-11-01', reason: 'A test.' } }),
    set(RECIPIENT, { paused: { from: '2026-11-01', reason: 'A test.' } }),
    set(AGREEMENT, { suspended: { from: '2026-11-01', reason: 'A test.' } }),
  ];
  for (const edit of edits) {
    const [share] = sharesOf(registerAfter(edit), AS_OF);
    expect(share?.days).toEqual({ from: '2026-04-01', until: '2026-10-31' });
  }
});

test('the shares of the sample have ids of their own, which S3 takes as the names of access points', () => {
  const loaded = loadRegister(SAMPLE, AS_OF);
  if (!loaded.ok) throw new Error('the sample is sound');
  const ids = sharesOf(loaded.register, AS_OF).map((share) => share.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(10);
  expect(ids.filter((id) => !isAccessPointName(id))).toEqual([]);
});

test('whatever their agreement and recipient are called, share ids are names of access points and tell them apart', () => {
  const handle = (longest: number) =>
    fc.stringMatching(/^[a-z][a-z0-9]{0,15}(-[a-z0-9]{1,15}){0,3}$/).filter((id) => id.length <= longest);
  fc.assert(
    fc.property(
      fc.uniqueArray(handle(48), { minLength: 2, maxLength: 4 }),
      handle(24),
      (agreements, recipient) => {
        const ids = agreements.map((id) => `${agreementHash(id as AgreementId)}--${recipient}`);
        expect(ids.filter((id) => !isAccessPointName(id))).toEqual([]);
        expect(new Set(ids).size).toBe(ids.length);
      },
    ),
    { numRuns: 1000, seed: 5 },
  );
});

test('an id as long as may be makes a share id of 38 characters', () => {
  const id = `a${'b'.repeat(23)}`;
  const register = registerAfter(
    (files) => files.delete(RECIPIENT),
    set('organisations/routing.yaml', { id }),
    (files) => files.set(`organisations/${id}.yaml`, files.get('organisations/routing.yaml') as Uint8Array),
    (files) => files.delete('organisations/routing.yaml'),
    set(AGREEMENT, { recipients: [id] }),
  );
  const [share] = sharesOf(register, AS_OF);
  expect(share?.id).toMatch(new RegExp(`^[0-9a-f]{12}--${id}$`));
  expect(share?.id).toHaveLength(12 + 2 + 24);
});

test.each(['s3alias', 'leeds-s3alias', 'xa-s3'])(
  'an organisation may not be called %s, which S3 reserves',
  (id) => {
    const faults = faultsAfter(set(AGREEMENT, { recipients: [id] }));
    expect(faults).toEqual([expect.objectContaining({ code: 'bad-format', found: id })]);
  },
);

/** The rule of S3: 3 to 50 lower-case letters, digits and hyphens, no hyphen at an end, and no reserved ending. */
function isAccessPointName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(name) && !/(?:-s3alias|--xa-s3)$/.test(name);
}
