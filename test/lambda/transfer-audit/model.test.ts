/**
 * That no event is lost and none staged twice, and that every transfer ends once for each recipient: with log files that
 * come twice, in any order, or first unreadable and later sent again, and a function that dies at any of its writes.
 */
import fc from 'fast-check';
import { transfersOf } from '../../../lib/transfers/life-cycle';
import { LATENESS } from '../../../lib/transfers/review';
import {
  assumed,
  collect,
  deposit,
  GRANT,
  gatePage,
  LEEDS,
  onKey,
  otherAccount,
  recall,
  STRANGER,
  type Record as TrailRecord,
  verdict,
} from '../../transfers/trail-records';
import { logFile, logKey, World } from './world';

const END = '2027-03-31T23:00:00Z';
const HOUR = 3_600_000;
const START = Date.parse('2026-10-01T00:00:00Z');
const timeAt = (hour: number, minute = 0) =>
  `${new Date(START + hour * HOUR + minute * 60_000).toISOString().slice(0, 19)}Z`;
const keyOf = (n: number) => `agreements/benefit-awards/${n}.csv`;

interface Happening {
  readonly what: 'deposit' | 'clean' | 'infected' | 'release' | 'collect' | 'stray' | 'recall' | 'grant';
  readonly object: number;
  readonly hour: number;
  readonly file: number;
  /** The file of the second copy, for calls from another account. */
  readonly copy: number;
}

/** The records of what happened, by log file. Every one has an id of its own, the same in both copies. */
function filesOf(happenings: readonly Happening[], files: number): TrailRecord[][] {
  const all: TrailRecord[][] = Array.from({ length: files }, () => []);
  for (const [n, { what, object, hour, file, copy }] of happenings.entries()) {
    const on = { key: keyOf(object), time: timeAt(hour, n), id: `event-${n}`, version: `version-${n}` };
    const put = (at: number, value: TrailRecord) => all[at % files]?.push(value);
    const shared = `shared-${n}`;
    if (what === 'deposit') put(file, deposit(on));
    if (what === 'clean') put(file, verdict('NO_THREATS_FOUND', on));
    if (what === 'infected') put(file, verdict('THREATS_FOUND', on));
    if (what === 'release')
      put(file, gatePage('released', { ...on, version: `version-${lastDeposit(happenings, n)}` }));
    if (what === 'recall') put(file, recall(on));
    if (what === 'grant') put(file, onKey('CreateGrant', GRANT, { eventID: on.id, eventTime: on.time }));
    if (what === 'collect') {
      put(file, collect({ ...on, shared }));
      put(copy, collect({ ...on, id: `copy-${n}`, shared, by: otherAccount(LEEDS) }));
    }
    if (what === 'stray') put(file, collect({ ...on, by: assumed(STRANGER, 'x') }));
  }
  return all;
}

/** The deposit before a happening, of the same object; the happening itself where there is none. */
function lastDeposit(happenings: readonly Happening[], n: number): number {
  const at = (m: number) => (happenings[m]?.hour ?? 0) * 60 + m;
  const before = happenings
    .map((each, m) => ({ ...each, m }))
    .filter(
      ({ what, object, m }) => what === 'deposit' && object === happenings[n]?.object && at(m) <= at(n),
    );
  return before.reduce((last, { m }) => (last === n || at(m) > at(last) ? m : last), n);
}

/** The entries that must be there, whatever befell the log. */
function expectedIds(happenings: readonly Happening[]): string[] {
  const kinds = {
    deposit: 'deposited',
    clean: 'scanned',
    infected: 'scanned',
    release: 'released',
    collect: 'collected',
    stray: 'collected#violation',
    recall: 'recalled',
    grant: 'grant-made',
  };
  return happenings.map(({ what }, n) => `${what === 'collect' ? 'shared' : 'event'}-${n}#${kinds[what]}`);
}

const outcomes = (world: World) =>
  [...world.staged.keys()].filter((id) => /#(?:not-collected|expired|unreleased-read)$/.test(id));
const events = (world: World) =>
  [...world.staged.keys()].filter((id) => !/^register#|#(?:not-collected|expired|unreleased-read)$/.test(id));
const marksOf = (world: World, object: number) =>
  [...world.marks.values()].filter((each) => each.object.endsWith(keyOf(object))).map(({ mark }) => mark);
const stateOf = (world: World, objects: number) =>
  Array.from({ length: objects }, (_, n) => transfersOf(marksOf(world, n), () => END, timeAt(24 * 365)));

/** Runs until nothing comes again, and then until nothing is due any more. */
async function settle(world: World, waiting: readonly string[]): Promise<void> {
  let queue = [...waiting];
  for (let round = 0; round < 20 && queue.length > 0; round++) queue = await world.deliver(queue, '2');
  expect(queue).toEqual([]);
  world.lag = 0;
  const end = Date.parse(END) + LATENESS;
  for (let week = 0; week < 60; week++) {
    world.time = Math.min(world.time, end);
    await world.invoke({ action: 'sweep' });
    if (world.time === end && ![...world.marks.values()].some(({ due }) => due !== undefined)) return;
    world.time += 7 * 24 * HOUR;
  }
  throw new Error('a transfer stays unfinished');
}

function holds(world: World, happenings: readonly Happening[], objects: number): void {
  expect(events(world).sort()).toEqual(expectedIds(happenings).sort());
  for (const transfer of stateOf(world, objects).flat())
    for (const { recipient, state, unreleased } of transfer.recipients) {
      expect(['collected', 'recalled', 'rejected', 'expired']).toContain(state);
      const told = (kind: string) => world.staged.has(`${transfer.deposit.id}#${recipient}#${kind}`);
      expect(told('unreleased-read')).toBe(unreleased === true);
      if (state === 'expired') expect([told('not-collected'), told('expired')]).toEqual([true, true]);
    }
}

const FIXED: readonly Happening[] = [
  { what: 'deposit', object: 0, hour: 1, file: 0, copy: 0 },
  { what: 'clean', object: 0, hour: 2, file: 0, copy: 0 },
  { what: 'release', object: 0, hour: 2, file: 1, copy: 0 },
  { what: 'collect', object: 0, hour: 3, file: 1, copy: 0 },
  { what: 'deposit', object: 1, hour: 4, file: 1, copy: 0 },
  { what: 'infected', object: 1, hour: 5, file: 1, copy: 0 },
  { what: 'deposit', object: 2, hour: 6, file: 2, copy: 0 },
  { what: 'stray', object: 2, hour: 7, file: 2, copy: 0 },
  { what: 'recall', object: 2, hour: 8, file: 0, copy: 0 },
  { what: 'grant', object: 0, hour: 9, file: 2, copy: 0 },
];

function worldOf(happenings: readonly Happening[], files: number): { world: World; keys: string[] } {
  const world = new World();
  const keys = filesOf(happenings, files).map((records, n) => {
    world.land(logKey(n), logFile(records));
    return logKey(n);
  });
  return { world, keys };
}

describe('a function that dies at a write', () => {
  it('leaves nothing lost, twice or unfinished, whichever write it is', async () => {
    const { world: whole, keys } = worldOf(FIXED, 3);
    await settle(whole, keys);
    holds(whole, FIXED, 3);
    expect(whole.writes).toBeGreaterThan(30);
    for (let write = 1; write <= whole.writes; write++)
      for (const done of [false, true]) {
        const { world } = worldOf(FIXED, 3);
        world.dieAt = { write, done };
        await settle(world, keys);
        holds(world, FIXED, 3);
        expect([...world.staged.keys()].sort()).toEqual([...whole.staged.keys()].sort());
        expect(stateOf(world, 3)).toEqual(stateOf(whole, 3));
        expect(world.metric('Violations').length).toBeGreaterThan(0);
      }
  });
});

const OBJECTS = 3;
const FILES = 4;
const happening = fc.record({
  what: fc.constantFrom<Happening['what']>(
    'deposit',
    'deposit',
    'clean',
    'infected',
    'release',
    'collect',
    'collect',
    'stray',
    'recall',
    'grant',
  ),
  object: fc.nat(OBJECTS - 1),
  hour: fc.nat(240),
  file: fc.nat(FILES - 1),
  copy: fc.nat(FILES - 1),
});

describe('log files that come twice, in any order, or first unreadable', () => {
  it('come to the same entries and the same state', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 14 }),
        fc.array(fc.nat(FILES - 1), { maxLength: 8 }),
        fc.array(fc.boolean(), { minLength: FILES, maxLength: FILES }),
        fc.array(fc.record({ write: fc.integer({ min: 1, max: 60 }), done: fc.boolean() }), { maxLength: 4 }),
        fc.array(fc.nat(4_000), { maxLength: 4 }),
        fc.nat(3),
        async (happenings, order, broken, deaths, sweeps, lag) => {
          const { world: calm, keys } = worldOf(happenings, FILES);
          await settle(calm, keys);
          const { world } = worldOf(happenings, FILES);
          world.lag = lag;
          const whole = new Map(
            keys.map((key) => [key, world.stored.get(`concordat-log-archive/${key}`)?.content]),
          );
          for (const [n, key] of keys.entries())
            if (broken[n]) world.land(key, whole.get(key)?.subarray(0, 40) ?? new Uint8Array());
          const waiting = new Set(keys);
          const moments = [...sweeps].sort((a, b) => a - b);
          for (const [n, file] of order.entries()) {
            world.dieAt = deaths[n];
            world.writes = 0;
            const key = keys[file] ?? '';
            for (const failed of await world.deliver([key, key])) waiting.add(failed);
            const hours = moments[n];
            if (hours !== undefined) {
              world.time = START + 241 * HOUR + hours * HOUR;
              await world.invoke({ action: 'sweep' });
            }
          }
          world.dieAt = undefined;
          // What went to the dead letters is mended and sent again.
          for (const [key, content] of whole) world.land(key, content ?? new Uint8Array());
          await settle(world, [...waiting]);
          holds(world, happenings, OBJECTS);
          expect(stateOf(world, OBJECTS)).toEqual(stateOf(calm, OBJECTS));
          // Late files may have belied a report; none that was due is missing.
          expect(outcomes(world)).toEqual(expect.arrayContaining(outcomes(calm)));
        },
      ),
      { numRuns: 40 },
    );
  });
});
