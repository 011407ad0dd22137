/** That every change of an agreement in a small drawn register shows as exactly what it is, and as nothing else. */
import fc from 'fast-check';
import type { AgreementFacts, OrganisationFacts, World } from '../../lib/assembly';
import { type ShareChange, shareChanges } from '../../lib/plan/shares';
import { addDays, dateOf } from '../../lib/register/calendar';

const AS_OF = '2027-01-05';
const IDS = ['a', 'b', 'c', 'd'];

const organisations = IDS.map(
  (id, n): OrganisationFacts => ({
    id,
    name: `Body ${id}`,
    account: `10000000000${n}`,
    membership: 'member',
    mayCollect: [],
  }),
);

/** Days around the day of the plan, so that some agreements are over, some run and some are to come. */
const agreement: fc.Arbitrary<Omit<AgreementFacts, 'id'>> = fc
  .tuple(
    fc.shuffledSubarray(IDS, { minLength: 2 }),
    fc.boolean(),
    fc.nat(400),
    fc.integer({ min: 10, max: 400 }),
  )
  .map(([[owner = '', ...recipients], isReciprocal, start, days]) => ({
    directions: isReciprocal
      ? [
          { owner, recipients: recipients.slice(0, 1) },
          { owner: recipients[0] ?? '', recipients: [owner] },
        ]
      : [{ owner, recipients }],
    delivery: { collectWithin: 'P5D' },
    retention: { period: 'P1Y' },
    starts: addDays(dateOf('2026-06-01'), start),
    ends: addDays(dateOf('2026-06-01'), start + days),
  }));
const register = fc
  .array(agreement, { minLength: 1, maxLength: 5 })
  .map((list) => list.map((each, n): AgreementFacts => ({ id: `agreement-${n}`, ...each })));

function worldOf(agreements: readonly AgreementFacts[], those = organisations, asOf = AS_OF): World {
  const zone = {
    accounts: { management: '1', zone: '2' },
    awsOrganizationId: 'o-1',
    namePrefix: 'concordat',
    region: 'eu-west-2',
  };
  return {
    asOf,
    register: { zone, organisations: those, agreements },
    roles: [],
    deployers: [],
    buckets: [],
    tables: [],
    keys: [],
    controls: { service: [], resource: [] },
    s3Policies: [],
    baselines: [],
    things: [],
    notUnderstood: [],
  };
}

/** Agreement, owner, recipient, and the days before and after. */
const NONE = { id: '' };

function plain({ before, after, absence }: ShareChange) {
  const {
    agreement: id,
    owner,
    recipient,
  } = after ?? before ?? { agreement: '', owner: NONE, recipient: NONE };
  const days = (share: typeof before) => share && [share.from, share.until];
  return { id, owner: owner.id, recipient: recipient.id, before: days(before), after: days(after), absence };
}

const isOver = ({ ends }: AgreementFacts) => ends < AS_OF;

/** Changes the first agreement of a drawn register, and says what the plan must be for each of its recipients. */
function holds(
  change: (first: AgreementFacts) => AgreementFacts | undefined,
  expected: (first: AgreementFacts, changed: AgreementFacts | undefined) => object | undefined,
) {
  fc.assert(
    fc.property(register, ([first, ...rest]) => {
      if (first === undefined) return;
      const changed = change(first);
      const found = shareChanges(
        worldOf([first, ...rest]),
        worldOf([...(changed === undefined ? [] : [changed]), ...rest]),
      )
        .map(plain)
        .sort(inOrder);
      const wanted = expected(first, changed);
      const all = pairsOf(first).map((pair) => ({ id: first.id, ...pair, ...wanted }));
      expect(found).toEqual(wanted === undefined ? [] : all.sort(inOrder));
    }),
  );
}

interface Pair {
  readonly owner: string;
  readonly recipient: string;
}

const pairsOf = ({ directions }: AgreementFacts): Pair[] =>
  directions.flatMap(({ owner, recipients }) => recipients.map((recipient) => ({ owner, recipient })));
const inOrder = (a: Pair, b: Pair) => (`${a.owner} ${a.recipient}` < `${b.owner} ${b.recipient}` ? -1 : 1);
const daysOf = ({ starts, ends }: AgreementFacts) => [starts, ends];

test('an agreement that is removed is lost by each of its recipients, unless it was over', () => {
  holds(
    () => undefined,
    (first) => (isOver(first) ? undefined : { before: daysOf(first), absence: 'no such agreement' }),
  );
});

test('an agreement that ends later is longer, or open again', () => {
  holds(
    (first) => ({ ...first, ends: addDays(dateOf(first.ends), 500) }),
    (first, changed) => {
      const after = changed && daysOf(changed);
      return isOver(first) ? { after, absence: 'ended' } : { before: daysOf(first), after };
    },
  );
});

test('an agreement that starts earlier is longer', () => {
  holds(
    (first) => ({ ...first, starts: '2026-01-01' }),
    (first, changed) =>
      isOver(first) ? undefined : { before: daysOf(first), after: changed && daysOf(changed) },
  );
});

test('an agreement that is suspended without an end is lost', () => {
  holds(
    (first) => ({ ...first, suspended: { from: '2026-01-01' } }),
    (first) => (isOver(first) ? undefined : { before: daysOf(first), absence: 'suspended' }),
  );
});

test('a recipient that is dropped loses, and the others keep what they have', () => {
  fc.assert(
    fc.property(register, ([first, ...rest]) => {
      const [direction] = first?.directions ?? [];
      const [dropped, ...kept] = direction?.recipients ?? [];
      if (first === undefined || direction === undefined || kept.length === 0 || isOver(first)) return;
      const narrowed = { ...first, directions: [{ ...direction, recipients: kept }] };
      const found = shareChanges(worldOf([first, ...rest]), worldOf([narrowed, ...rest])).map(plain);
      expect(found).toEqual([
        {
          id: first.id,
          owner: direction.owner,
          recipient: dropped,
          before: daysOf(first),
          absence: 'not a recipient',
        },
      ]);
    }),
  );
});

test('an organisation that is paused loses and gives nothing, whatever else agreements say', () => {
  fc.assert(
    fc.property(register, fc.constantFrom(...IDS), (agreements, id) => {
      const paused = organisations.map((each) =>
        each.id === id ? { ...each, paused: { from: '2026-12-01' } } : each,
      );
      const found = shareChanges(worldOf(agreements), worldOf(agreements, paused)).map(plain);
      const touched = agreements.filter((each) => !isOver(each));
      const count = touched
        .flatMap(pairsOf)
        .filter(({ owner, recipient }) => owner === id || recipient === id);
      expect(found).toHaveLength(count.length);
      expect(found.every(({ after, absence }) => after === undefined && absence === 'paused')).toBe(true);
    }),
  );
});

test('an organisation in another account is another: the one account loses what the other gains', () => {
  fc.assert(
    fc.property(register, (agreements) => {
      const moved = organisations.map((each) => ({ ...each, account: `2${each.account.slice(1)}` }));
      const found = shareChanges(worldOf(agreements), worldOf(agreements, moved));
      const open = agreements.filter((each) => !isOver(each)).flatMap(pairsOf);
      expect(found.filter(({ after }) => after === undefined)).toHaveLength(open.length);
      expect(found.filter(({ before }) => before === undefined)).toHaveLength(open.length);
    }),
  );
});

test('turned round, what is gained is lost, with the same days', () => {
  fc.assert(
    fc.property(register, register, (one, other) => {
      const there = shareChanges(worldOf(one), worldOf(other));
      const back = shareChanges(worldOf(other, organisations, '2027-06-01'), worldOf(one));
      const forth = shareChanges(worldOf(one), worldOf(other, organisations, '2027-06-01'));
      const turned = forth.map(({ before, after, absence }) => ({
        ...(after !== undefined && { before: after }),
        ...(before !== undefined && { after: before }),
        ...(absence !== undefined && { absence }),
      }));
      expect(back).toEqual(turned);
      expect(shareChanges(worldOf(one), worldOf(one))).toEqual([]);
      expect(there.every(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))).toBe(true);
    }),
  );
});
