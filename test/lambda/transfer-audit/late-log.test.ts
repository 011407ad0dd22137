/**
 * That nobody is said not to have collected before CloudTrail’s digests cover the time until the deadline, and some hours more:
 * with log files and digests that are late by a day, in any order, twice, not what they were, or never come.
 */
import fc from 'fast-check';
import { LATENESS } from '../../../lib/transfers/review';
import { collect, DWP, deposit, gatePage, verdict } from '../../transfers/trail-records';
import { ChainOfDigests } from './chain-of-digests';
import { logFile, logKey, World } from './world';

const HOUR = 3_600_000;
const START = Date.parse('2026-10-01T12:00:00Z');
const DEADLINE = START + 3 * 24 * HOUR;
const KEY = 'agreements/benefit-awards/1.csv';
const at = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

const LIFE = [
  deposit({ key: KEY, version: 'v1', id: 'deposit', time: at(START) }),
  verdict('NO_THREATS_FOUND', { key: KEY, version: 'v1', id: 'verdict', time: at(START + 60_000) }),
  gatePage('released', { key: KEY, version: 'v1', id: 'release', time: at(START + 120_000) }),
];
/** In the last minute. */
const READ = [collect({ key: KEY, id: 'read', shared: 'read', time: at(DEADLINE - 60_000) })];
const [LIFE_FILE, READ_FILE] = [logKey('life'), logKey('read')];

const said = (world: World) =>
  [...world.staged.keys()].filter((id) => /#(?:not-collected|expired)$/.test(id)).sort();
const gaps = (world: World) => world.told('digest-gap').map(({ why }) => why);
const CAMDEN = 'deposit#camden#not-collected';

/** A world in which the deposit is known, and the chain has come to an hour before the deadline. */
async function begun(before?: string) {
  const world = new World();
  world.steady = false;
  if (before) await world.noteChain(`${DWP}_CloudTrail-Digest_eu-west-2_zone_eu-west-2`, 'eu-west-2', before);
  const chain = new ChainOfDigests((...file) => world.land(...file), START);
  world.land(LIFE_FILE, logFile(LIFE));
  world.land(READ_FILE, logFile(READ));
  const first = chain.until(DEADLINE - HOUR, { [LIFE_FILE]: LIFE });
  world.time = DEADLINE - HOUR / 2;
  expect(await world.deliver([LIFE_FILE, first])).toEqual([]);
  const sweepAt = async (time: number) => {
    world.time = time;
    await world.invoke({ action: 'sweep' });
    return said(world);
  };
  return { world, chain, sweepAt };
}

it('who collected in the last minute, and whose log file comes a day late, is not said not to have', async () => {
  const { world, chain, sweepAt } = await begun();
  const back = DEADLINE + 24 * HOUR;
  for (let hour = 6; hour <= 24; hour++) expect(await sweepAt(DEADLINE + hour * HOUR)).toEqual([]);
  expect(gaps(world)).toEqual(['chain-silent']);
  // The notice of the file is lost: the digest alone tells of it.
  world.time = back + HOUR;
  expect(await world.deliver([chain.until(back, { [READ_FILE]: READ })])).toEqual([]);
  // What was held up with it may still be under way, for as long as is waited for a file at other times.
  for (let hour = 1; hour < 8; hour++) {
    expect(await sweepAt(back + hour * HOUR)).toEqual([]);
    await world.deliver([chain.until(back + hour * HOUR, {})]);
  }
  expect(await sweepAt(back + 8 * HOUR)).toEqual([CAMDEN]);
});

it('is held however late CloudTrail is, in whatever order its notices come, and whichever are lost', async () => {
  const notice = fc.record({ late: fc.nat(30), lost: fc.boolean(), twice: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      // CloudTrail is away for so long, and the file comes so long after it works again: within what is waited for, which begins
      // anew where the chain was seen to stand still.
      fc.oneof(fc.tuple(fc.nat(3), fc.nat(2)), fc.tuple(fc.integer({ min: 4, max: 48 }), fc.nat(5))),
      fc.array(notice, { minLength: 14, maxLength: 14 }),
      notice,
      async ([away, late], ofDigests, ofFile) => {
        const { world, chain, sweepAt } = await begun();
        const due = new Map<number, string[]>();
        const tell = (key: string, from: number, each: (typeof ofDigests)[number]) => {
          const hours = [
            ...(each.lost ? [] : [from + each.late]),
            ...(each.twice ? [from + each.late + 3] : []),
          ];
          for (const hour of hours) due.set(hour, [...(due.get(hour) ?? []), key]);
        };
        const LAST = away + 100;
        const told: string[] = [];
        for (let hour = 0; hour <= LAST; hour++) {
          const worked = hour - away;
          world.time = DEADLINE + hour * HOUR;
          if (worked === late) tell(READ_FILE, hour, ofFile);
          if (worked >= 0) {
            const key = chain.until(world.time, worked === late ? { [READ_FILE]: READ } : {});
            tell(key, hour, ofDigests[worked] ?? { late: 0, lost: false, twice: false });
          }
          const keys = due.get(hour) ?? [];
          if (keys.length > 0) expect(await world.deliver(keys)).toEqual([]);
          told.push(...(await sweepAt(world.time)));
        }
        expect([...new Set(told)]).toEqual([CAMDEN]);
      },
    ),
    { numRuns: 25 },
  );
});

it('is told of as soon as the digests cover six hours after the deadline, where all comes as it should', async () => {
  const { world, chain, sweepAt } = await begun();
  for (let hour = 0; hour < 6; hour++) {
    await world.deliver([chain.until(DEADLINE + hour * HOUR, hour === 0 ? { [READ_FILE]: READ } : {})]);
    expect(await sweepAt(DEADLINE + hour * HOUR)).toEqual([]);
  }
  await world.deliver([chain.until(DEADLINE + LATENESS, {})]);
  expect(await sweepAt(DEADLINE + LATENESS + HOUR / 2)).toEqual([CAMDEN]);
});

it('stays untold where no digest comes any more, whatever other accounts and Regions have; and that is told, once', async () => {
  const { world, sweepAt } = await begun();
  const later = DEADLINE + 400 * 24 * HOUR;
  await world.noteChain('100000000012_CloudTrail-Digest_eu-west-2_zone_eu-west-2', 'eu-west-2', at(later));
  await world.noteChain(`${DWP}_CloudTrail-Digest_us-east-1_zone_eu-west-2`, 'us-east-1', at(later));
  for (const day of [1, 2, 9, 30, 399]) expect(await sweepAt(DEADLINE + day * 24 * HOUR)).toEqual([]);
  expect(gaps(world)).toEqual(['chain-silent']);
  expect(world.metric('DigestGaps').filter((count) => count > 0)).toEqual([1]);
});

it('stays untold where no digest ever came, and that is told, once', async () => {
  const world = new World();
  world.steady = false;
  world.land(LIFE_FILE, logFile(LIFE));
  await world.deliver([LIFE_FILE]);
  for (const hour of [6, 7, 8]) {
    world.time = DEADLINE + hour * HOUR;
    await world.invoke({ action: 'sweep' });
  }
  expect([said(world), gaps(world)]).toEqual([[], ['chain-silent']]);
});

it.each([
  ['missing', undefined],
  ['changed', logFile([])],
])(
  'waits where a log file is %s, and is told once the file is what the digest says and that comes again',
  async (_, content) => {
    const { world, chain, sweepAt } = await begun();
    const whole = world.stored.get(`concordat-log-archive/${READ_FILE}`);
    if (content) world.land(READ_FILE, content);
    else world.stored.delete(`concordat-log-archive/${READ_FILE}`);
    const digest = chain.until(DEADLINE, { [READ_FILE]: READ });
    world.time = DEADLINE;
    await world.deliver([digest]);
    for (let hour = 1; hour <= 30; hour++) {
      world.time = DEADLINE + hour * HOUR;
      await world.deliver([chain.until(world.time, {})]);
    }
    for (const hour of [31, 50, 24 * 8]) expect(await sweepAt(DEADLINE + hour * HOUR)).toEqual([]);
    expect(gaps(world).length).toBeGreaterThan(0);
    world.land(READ_FILE, whole?.content ?? new Uint8Array());
    await world.deliver([digest]);
    await world.deliver([digest]);
    expect(await sweepAt(DEADLINE + 15 * 24 * HOUR)).toEqual([CAMDEN]);
  },
);

it('is told in time though the log had a gap before the deposit', async () => {
  const { world, chain, sweepAt } = await begun();
  const gap = { chain: `${DWP}_CloudTrail-Digest_x`, region: 'eu-west-2' };
  await world.noteGap('old', { ...gap, from: at(START - 2 * HOUR), until: at(START) });
  for (let hour = 0; hour <= 6; hour++) {
    world.time = DEADLINE + hour * HOUR;
    await world.deliver([chain.until(world.time, hour === 0 ? { [READ_FILE]: READ } : {})]);
  }
  expect(await sweepAt(world.time)).toEqual([CAMDEN]);
});

it('stays untold where the chain began anew meanwhile, however often its first digest comes: nobody knows what was not logged', async () => {
  const { world, sweepAt } = await begun();
  const anew = new ChainOfDigests((...file) => world.land(...file), DEADLINE + HOUR);
  world.time = DEADLINE + 2 * HOUR;
  const first = anew.until(world.time, {});
  for (let times = 0; times < 3; times++) expect(await world.deliver([first])).toEqual([]);
  for (let hour = 3; hour <= 12; hour++) {
    world.time = DEADLINE + hour * HOUR;
    await world.deliver([anew.until(world.time, {})]);
  }
  await world.deliver([first]);
  for (const hour of [13, 50, 24 * 8]) expect(await sweepAt(DEADLINE + hour * HOUR)).toEqual([]);
  expect(gaps(world)).toContain('chain-restarted');
});

it('is told in time of what is deposited once a chain has begun anew: the log since is whole', async () => {
  const { world, chain, sweepAt } = await begun(at(START - 3 * HOUR));
  expect(gaps(world)).toEqual(['chain-restarted']);
  for (let hour = 0; hour <= 6; hour++) {
    world.time = DEADLINE + hour * HOUR;
    await world.deliver([chain.until(world.time, hour === 0 ? { [READ_FILE]: READ } : {})]);
  }
  expect(await sweepAt(world.time)).toEqual([CAMDEN]);
});

it.each([
  ['a digest is', []],
  ['two digests are', [DEADLINE + HOUR]],
])(
  'waits where %s missing, and once the last is back, until all that they list is there',
  async (_, more) => {
    const { world, chain, sweepAt } = await begun();
    const taken = (key: string) => {
      const file = world.stored.get(`concordat-log-archive/${key}`);
      world.stored.delete(`concordat-log-archive/${key}`);
      return () => world.land(key, file?.content ?? new Uint8Array(), file?.signature);
    };
    const bringFile = taken(READ_FILE);
    const missing = [
      chain.until(DEADLINE, { [READ_FILE]: READ }),
      ...more.map((end) => chain.until(end, {})),
    ];
    const bringDigests = missing.map(taken);
    const next = chain.until(DEADLINE + 2 * HOUR, {});
    world.time = DEADLINE + 2 * HOUR;
    await world.deliver([next]);
    for (let hour = 3; hour <= 30; hour++) {
      world.time = DEADLINE + hour * HOUR;
      await world.deliver([chain.until(world.time, {})]);
    }
    expect(await sweepAt(DEADLINE + 31 * HOUR)).toEqual([]);
    // They are put back without notices: the digest that names the last comes again.
    for (const bring of bringDigests) bring();
    await world.deliver([next]);
    expect(await sweepAt(DEADLINE + 9 * 24 * HOUR)).toEqual([]);
    expect(gaps(world)).toEqual(expect.arrayContaining(['digest-missing', 'log-file-missing']));
    bringFile();
    await world.deliver([missing[0] ?? '']);
    expect(await sweepAt(DEADLINE + 20 * 24 * HOUR)).toEqual([CAMDEN]);
  },
);
