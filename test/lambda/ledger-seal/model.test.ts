/**
 * That no entry is lost, none is sealed twice and the ledger never forks: wherever a sealer crashes, however two sealers
 * interleave, and in whatever order and how often events arrive.
 */
import fc from 'fast-check';
import { expectAllSealed, expectNoFork } from './invariants';
import { Crash, crashingAt, entryOf, type Gate, OPEN, World } from './world';

const LIMITS = { entries: 3, bytes: 1_000_000 };
const LARGE = { entries: 400, bytes: 1_000_000 };
const entries = (count: number, from = 0) => Array.from({ length: count }, (_, n) => entryOf(from + n));

/** A ledger that already has so many entries. */
async function ledgerOf(count: number): Promise<World> {
  const world = new World();
  // Receipts of what was there before are of no interest, and take time to read.
  world.stage(...entries(count).map((each) => ({ ...each, organisations: [] })));
  if (count > 0) await world.sealer(OPEN, { limits: LARGE })();
  return world;
}

/** Runs to the end or to the crash; what else goes wrong is a failure of the test. */
async function run(sealer: () => Promise<unknown>): Promise<void> {
  await sealer().catch((error: unknown) => {
    if (!/failed; each is in the log/.test(String(error))) throw error;
  });
}

const crashed = (world: World) => world.log.some((line) => String(line.error).startsWith('Crash'));
const otherErrors = (world: World) =>
  world.log.filter((line) => line.level === 'ERROR' && !String(line.error).startsWith('Crash'));

describe('one sealer', () => {
  it('seals everything in order of arrival, in batches, and then nothing more', async () => {
    const world = new World();
    world.stage(...entries(8).reverse());
    const result = await world.sealer()();
    expect(result).toMatchObject({ sealed: 8, size: 8, failures: 0 });
    await expectAllSealed(world);
    expect([...world.rows.values()].every(({ item }) => item.eventId?.S === `event-${item.leaf?.N}`)).toBe(
      true,
    );
    expect([...world.objects.keys()].filter((path) => path.startsWith('claim/'))).toHaveLength(3);
    expect(world.signatures).toBe(3);
    const before = [...world.objects.keys()];
    expect(await world.sealer()()).toMatchObject({ sealed: 0, failures: 0 });
    expect([...world.objects.keys()]).toEqual(before);
  });

  it.each([[255], [256], [257], [511], [700]])('goes on from a ledger of %i', async (count) => {
    const world = await ledgerOf(count);
    await expectAllSealed(world);
    world.stage(...entries(260, count));
    await world.sealer(OPEN, { limits: LARGE })();
    await expectAllSealed(world);
  });

  it('seals nothing twice though the index still lists it', async () => {
    const world = new World();
    world.stage(...entries(7));
    const sealer = world.sealer();
    await sealer();
    world.lag = 5;
    world.stage(...entries(4, 7));
    for (let round = 0; round < 3; round++) await sealer();
    world.lag = 0;
    await sealer();
    await expectAllSealed(world);
  });

  it('keeps to the bytes of a batch, and takes one entry whatever its size', async () => {
    const world = new World();
    world.stage(...entries(5));
    await world.sealer(OPEN, { limits: { entries: 100, bytes: 1 } })();
    await expectAllSealed(world);
    expect(world.signatures).toBe(5);
  });
});

describe('a crash', () => {
  it.each([
    [0, 7],
    [254, 4],
  ])('at any call, on a ledger of %i, is repaired by the next run', async (before, more) => {
    const whole = await ledgerOf(before);
    whole.stage(...entries(more, before));
    const counting = crashingAt(Number.POSITIVE_INFINITY);
    await whole.sealer(counting.gate, { limits: LIMITS })();
    expect(counting.passed()).toBeGreaterThan(80);
    const start = await ledgerOf(before);
    for (let point = 0; point < counting.passed(); point++) {
      const world = copyOf(start);
      world.stage(...entries(more, before));
      await run(world.sealer(crashingAt(point).gate, { limits: LIMITS }));
      expect([point, crashed(world)]).toEqual([point, true]);
      if (point % 8 === 0) await expectNoFork(world);
      await world.sealer(OPEN, { limits: LIMITS })();
      await expectAllSealed(world);
      expect(otherErrors(world)).toEqual([]);
    }
  });

  it('after crash after crash, with events between, comes to the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ point: fc.nat(120), staged: fc.nat(4), lag: fc.nat(3) }), { maxLength: 6 }),
        async (rounds) => {
          const world = new World();
          let count = 0;
          for (const { point, staged, lag } of rounds) {
            world.stage(...entries(staged, count));
            count += staged;
            world.lag = lag;
            await run(world.sealer(crashingAt(point).gate));
            await expectNoFork(world);
          }
          world.lag = 0;
          await world.sealer()();
          await expectAllSealed(world);
          expect(otherErrors(world)).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('two sealers', () => {
  it('of which one does all its work while the other stands still, at any call', async () => {
    const counting = crashingAt(Number.POSITIVE_INFINITY);
    const whole = new World();
    whole.stage(...entries(7));
    await whole.sealer(counting.gate)();
    for (let point = 0; point < counting.passed(); point++) {
      const world = new World();
      world.stage(...entries(7));
      let passed = 0;
      const gate: Gate = async () => {
        passed += 1;
        if (passed !== point + 1) return;
        world.stage(...entries(2, 7));
        await world.sealer()();
      };
      await world.sealer(gate)();
      await expectAllSealed(world);
      expect(otherErrors(world)).toEqual([]);
    }
  });

  it('in any interleaving, with events that come twice and out of order, and one that crashes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.uniqueArray(fc.nat(11), { minLength: 1 }),
        fc.array(fc.nat(11), { maxLength: 6 }),
        fc.nat(200),
        fc.nat(3),
        async (scheduler, first, later, crashPoint, lag) => {
          const world = new World();
          world.lag = lag;
          world.stage(...first.map((n) => entryOf(n)));
          const crashing = crashingAt(crashPoint);
          const steady: Gate = (call, when) =>
            scheduler.schedule(Promise.resolve(), `steady ${when} ${call}`);
          const shaky: Gate = async (call, when) => {
            await scheduler.schedule(Promise.resolve(), `shaky ${when} ${call}`);
            await crashing.gate(call, when);
          };
          const events = later.map((n) =>
            scheduler.schedule(Promise.resolve(), `stage ${n}`).then(() => world.stage(entryOf(n))),
          );
          const runs = [run(world.sealer(steady)), run(world.sealer(shaky)), ...events];
          await scheduler.waitFor(Promise.all(runs));
          await expectNoFork(world);
          world.lag = 0;
          await world.sealer()();
          await expectAllSealed(world);
          expect(otherErrors(world)).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the proof by crash', () => {
  it('does crash: a run that loses its first claim finishes nothing', async () => {
    const world = new World();
    world.stage(...entries(2));
    await expect(world.sealer(async () => Promise.reject(new Crash()))()).rejects.toThrow(
      'each is in the log',
    );
    expect(world.objects.size).toBe(0);
  });
});

function copyOf(world: World): World {
  const copy = new World();
  for (const [path, versions] of world.objects) copy.objects.set(path, [...versions]);
  for (const [id, { item }] of world.rows) copy.rows.set(id, { item: { ...item } });
  return copy;
}
