/** That the index says of every share when it is in force, and is read whole or refused with every reason. */
import fc from 'fast-check';
import { auditIndexOf } from '../../lib/register/audit-index';
import { addDays, dateOf, endOfDay, startOfDay } from '../../lib/register/calendar';
import { loadRegister } from '../../lib/register/load';
import { isLive, sharesOf } from '../../lib/register/share';
import { type AuditIndex, parseAuditIndex } from '../../lib/wire';
import { AuditIndexError } from '../../lib/wire/audit-index';
import { registerOf } from '../policy/sample-register';
import { signedBy, signedByBoth } from './approvals/world';
import { AS_OF, edited, MINIMAL, SAMPLE, set } from './samples';

const register = registerOf();
const index = auditIndexOf(register);

describe('the index of a register', () => {
  it('is read as it was written', () => expect(parseAuditIndex(JSON.stringify(index))).toEqual(index));

  it('names every organisation’s account, and the bucket of those that have one', () => {
    expect(index.organisations).toHaveLength(register.organisations.length);
    expect(index.organisations.find(({ id }) => id === 'dwp')).toEqual({
      id: 'dwp',
      account: '100000000011',
      bucket: 'concordat-exchange-100000000011-eu-west-2-an',
    });
    const external = register.organisations.find(({ membership }) => membership === 'external');
    expect(index.organisations.find(({ id }) => id === external?.id)).not.toHaveProperty('bucket');
    expect(index).toMatchObject({
      bucketPrefix: 'concordat-exchange-',
      roles: { collect: '/concordat/concordat-collect' },
    });
  });

  it('has every share in force on exactly the days on which the register has it', () => {
    const changed = edited(
      SAMPLE,
      set('agreements/violence-hotspots.yaml', {
        suspended: { from: '2027-02-01', until: '2027-03-28', reason: 'A question about the data.' },
      }),
      set('organisations/leeds.yaml', {
        paused: { from: '2026-12-24', until: '2027-01-02', reason: 'Closed.' },
      }),
    );
    const other = registerOf(changed);
    const found = auditIndexOf(other);
    for (let day = dateOf('2026-11-01'); day < '2027-05-01'; day = addDays(day, 1)) {
      const live = sharesOf(other, day).filter(
        (share) => isLive(share) && share.days.from <= day && day <= share.days.until,
      );
      for (const moment of [
        startOfDay(day),
        `${new Date(Date.parse(endOfDay(day)) - 1000).toISOString().slice(0, 19)}Z`,
      ]) {
        const inForce = found.agreements
          .flatMap(({ shares }) => shares)
          .filter(({ spans }) => spans.some(({ from, until }) => from <= moment && moment < until));
        expect(inForce.map(({ share }) => share).sort()).toEqual(live.map(({ id }) => id).sort());
      }
    }
  });

  it('says how many days there are to collect', () => {
    const days = (id: string) => index.agreements.find((each) => each.id === id)?.collectWithinDays;
    expect([days('housing-benefit-awards'), days('violence-hotspots')]).toEqual([3, 14]);
  });

  it('is another for another register, and holds no name of an organisation', () => {
    const renamed = auditIndexOf(registerOf(edited(SAMPLE, set('zone.yaml', { operator: 'Another' }))));
    expect(renamed).toEqual({ ...index, register: renamed.register });
    expect(renamed.register).not.toBe(index.register);
    expect(JSON.stringify(index)).not.toMatch(/Council|Department|@/);
  });
});

const small: AuditIndex = {
  ...index,
  organisations: index.organisations.filter(({ id }) => id === 'dwp' || id === 'leeds'),
  agreements: index.agreements.filter(({ id }) => id === 'housing-benefit-awards'),
};

function problemsOf(value: unknown): readonly string[] {
  try {
    parseAuditIndex(typeof value === 'string' ? value : JSON.stringify(value));
  } catch (error) {
    if (error instanceof AuditIndexError) return error.problems;
    throw error;
  }
  return [];
}

describe('an index', () => {
  it('is in order', () => expect(problemsOf(small)).toEqual([]));

  const [agreement] = small.agreements;
  const [share] = agreement?.shares ?? [];
  const withShare = (change: object) => ({
    ...small,
    agreements: [{ ...agreement, shares: [{ ...share, ...change }] }],
  });
  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'the index is not JSON'],
    ['no object', [], 'the index is [], it must be an object'],
    ['another form', { ...small, form: 'v2' }, `form of the index is "v2", it must be 'concordat-index/v1'`],
    ['an unknown field', { ...small, more: 1 }, 'the index has the unknown field more'],
    ['no register', { ...small, register: 'x' }, 'register of the index is "x"'],
    [
      'a role with no path',
      { ...small, roles: { ...small.roles, collect: 'x' } },
      'roles.collect of the index is "x"',
    ],
    [
      'an organisation twice',
      { ...small, organisations: [...small.organisations, small.organisations[0]] },
      `organisations of the index names 'dwp' twice`,
    ],
    [
      'an owner that is not there',
      { ...small, organisations: small.organisations.slice(1) },
      `agreements[0].owner of the index is 'dwp', which is no organisation`,
    ],
    [
      'days that are none',
      { ...small, agreements: [{ ...agreement, collectWithinDays: 1.5 }] },
      'agreements[0].collectWithinDays of the index is 1.5, it must be whole days',
    ],
    [
      'a share of another recipient',
      withShare({ share: '0123456789ab--camden' }),
      'does not end with the recipient "leeds"',
    ],
    [
      'a time that does not exist',
      withShare({ spans: [{ from: '2027-02-29T00:00:00Z', until: '2028-01-01T00:00:00Z' }] }),
      'spans[0].from of the index is "2027-02-29T00:00:00Z", it must be an instant that exists',
    ],
    [
      'an end before its beginning',
      withShare({ spans: [{ from: '2027-02-02T00:00:00Z', until: '2027-02-01T00:00:00Z' }] }),
      'ends at 2027-02-01T00:00:00Z, not after',
    ],
    ['too many bytes', ' '.repeat(32_000_001), 'the index is 32000001 bytes'],
  ])('is refused with %s', (_, value, problem) => expect(problemsOf(value).join('\n')).toContain(problem));

  it('never fails but by its own error, whatever one part of it is', () => {
    const keys = Object.keys(small) as (keyof AuditIndex)[];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const harmless =
          (key === 'agreements' || key === 'organisations') && Array.isArray(value) && value.length === 0;
        const same = JSON.stringify({ ...small, [key]: value }) === JSON.stringify(small);
        if (!harmless && !same) expect(problemsOf({ ...small, [key]: value })).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

it('has all that was signed, in the order of signing, and no word of it where nothing was', async () => {
  expect(auditIndexOf(registerOf(MINIMAL))).not.toHaveProperty('signed');
  const on = dateOf('2026-09-01');
  const withdrawn = await signedBy(await signedByBoth(), 'leeds', { kind: 'withdraws', from: on }, on);
  const again = await signedBy(withdrawn, 'leeds');
  const loaded = loadRegister(again, AS_OF);
  if (!loaded.ok) throw new Error('the register is sound');
  const { signed = [] } = parseAuditIndex(JSON.stringify(auditIndexOf(loaded.register)));
  const of = (party: string) => signed.filter(({ organisation }) => organisation === party);
  expect(of('leeds').map(({ decision }) => decision)).toEqual(['approves', 'withdraws', 'approves']);
  expect(of('leeds').map(({ after }) => after)).toEqual([
    [],
    [of('leeds')[0]?.sha256],
    [of('leeds')[1]?.sha256],
  ]);
  expect(of('dwp').map(({ decision, on: day }) => [decision, day])).toEqual([['approves', on]]);
});
