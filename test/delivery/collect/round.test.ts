/**
 * Collecting, killed between any two calls and run again: what has its final name is whole, nothing is there twice, and in the
 * end everything is there.
 */
import fc from 'fast-check';
import type { Algorithm } from '../../../lib/delivery/collect/ports';
import { checksumOf, Disk, Fate, Killed, type MemoryObject } from './memory';
import { run } from './running';

const PREFIX = 'agreements/awards/';

const object = fc
  .record({
    name: fc.constantFrom('a.csv', 'b.csv', 'a.csv/c', '../up', 'A.csv', '.hidden'),
    bytes: fc.uint8Array({ maxLength: 90 }),
    algorithm: fc.constantFrom<Algorithm>('CRC64NVME', 'CRC64NVME', 'SHA256', 'CRC32'),
    partBytes: fc.option(fc.integer({ min: 1, max: 40 }), { freq: 3 }),
  })
  .map(({ name, bytes, algorithm, partBytes }) => made(name, bytes, algorithm, partBytes ?? undefined));

function made(name: string, bytes: Uint8Array, algorithm: Algorithm, partBytes?: number): MemoryObject {
  const composite = partBytes !== undefined && algorithm !== 'CRC64NVME' && bytes.length > 0;
  const parts = composite ? sizes(bytes.length, partBytes) : undefined;
  return {
    key: PREFIX + name,
    version: `version-of-${name}`,
    bytes,
    modified: 1_790_000_000_000,
    checksum: checksumOf(bytes, algorithm, parts),
    ...(parts && { parts }),
  };
}

function sizes(bytes: number, each: number): number[] {
  const parts: number[] = [];
  for (let left = bytes; left > 0; left -= each) parts.push(Math.min(each, left));
  return parts;
}

const world = (objects: readonly MemoryObject[]) => new Map(objects.map((each) => [each.key, each]));

/** What has a final name, by its bytes. */
const contents = (disk: Disk) =>
  [...disk.files.values()].map((bytes) => Buffer.from(bytes).toString('hex')).sort();
const expected = (objects: Map<string, MemoryObject>) =>
  [...objects.values()].map(({ bytes }) => Buffer.from(bytes).toString('hex')).sort();

async function untilKilled(given: Parameters<typeof run>[0]): Promise<boolean> {
  try {
    await run(given);
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return true;
  }
}

it('ends with every object whole and once, wherever it was killed, however often', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(object, { minLength: 1, maxLength: 4, selector: ({ key }) => key }),
      fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 5 }),
      fc.boolean(),
      async (list, kills, takes) => {
        const objects = world(list);
        const temper = { takes };
        const disk = new Disk();
        for (const killAt of kills) {
          await untilKilled({ objects, disk, temper, fate: new Fate(killAt) });
          const whole = new Set(expected(objects));
          for (const each of contents(disk)) expect(whole.has(each)).toBe(true);
        }
        const { result } = await run({ objects, disk, temper });
        expect(result).toMatchObject({ held: 0, failed: 0 });
        expect(contents(disk)).toEqual(expected(objects));
        expect(disk.parts.size + disk.journals.size).toBe(0);
        for (const file of disk.files.keys()) expect(file.split('/')).not.toContain('..');
        const again = await run({ objects, disk });
        expect([again.result.collected, again.shelf.reads]).toEqual([0, []]);
      },
    ),
    { numRuns: 120 },
  );
});

it('reads what is small in the call that looks at it, and holds it against its checksum all the same', async () => {
  const temper = { takes: true };
  const objects = world([made('a.csv', new Uint8Array(9).fill(1), 'CRC64NVME')]);
  const good = await run({ objects, disk: new Disk(), temper });
  expect([good.result.collected, good.shelf.reads.length]).toEqual([1, 1]);
  const spoil = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1);
  const disk = new Disk();
  const spoilt = await run({ objects, disk, temper: { ...temper, spoil } });
  expect(spoilt.events.at(-1)).toMatchObject({ why: { refused: 'wrong-bytes' } });
  expect([disk.files.size, disk.parts.size]).toEqual([0, 0]);
});

it('is killed at every call of one run in turn, and each time the next run ends it', async () => {
  const objects = world([
    made('big.csv', new Uint8Array(75).fill(7), 'CRC64NVME'),
    made('small.csv', new Uint8Array(5).fill(9), 'SHA256'),
  ]);
  for (let killAt = 1; ; killAt++) {
    const disk = new Disk();
    const killed = await untilKilled({ objects, disk, fate: new Fate(killAt) });
    await run({ objects, disk });
    expect(contents(disk)).toEqual(expected(objects));
    if (!killed) break;
    expect(killAt).toBeLessThan(200);
  }
});

it('fetches no range again that is there, once it was interrupted', async () => {
  const bytes = Uint8Array.from({ length: 160 }, (_, n) => n);
  const objects = world([made('big.csv', bytes, 'CRC64NVME')]);
  const disk = new Disk();
  await untilKilled({ objects, disk, fate: new Fate(40) });
  const [journal] = disk.journals.values();
  const done = (journal?.done ?? []).reduce((sum, [first, last]) => sum + last - first + 1, 0);
  expect(done).toBeGreaterThan(2);
  const { shelf, arrived } = await run({ objects, disk });
  expect(shelf.reads).toHaveLength(10 - done);
  expect(arrived).toBe(160);
});

it('begins anew where a power cut spoilt what was there', async () => {
  const bytes = Uint8Array.from({ length: 160 }, (_, n) => n + 1);
  const objects = world([made('big.csv', bytes, 'CRC64NVME'), made('sum.csv', bytes, 'SHA256')]);
  for (let seed = 1; seed < 20; seed++) {
    const disk = new Disk();
    await untilKilled({ objects, disk, fate: new Fate(30 + seed * 4) });
    let state = seed;
    disk.powerCut(() => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    });
    await run({ objects, disk });
    expect(contents(disk)).toEqual(expected(objects));
  }
});

it('goes on within a range where a connection breaks, and asks for no byte twice', async () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, n) => n);
  const objects = world([made('big.csv', bytes, 'CRC64NVME')]);
  let breaks = 6;
  const { result, shelf } = await run({
    objects,
    disk: new Disk(),
    temper: { chunk: 3, breaks: () => (breaks-- > 0 ? 6 : undefined) },
  });
  expect(result.collected).toBe(1);
  const asked = shelf.reads.map(({ from }) => from);
  expect(new Set(asked).size).toBe(asked.length);
});

it('gives up on a connection that breaks without a byte in between', async () => {
  const objects = world([made('big.csv', new Uint8Array(64), 'CRC64NVME')]);
  const disk = new Disk();
  await expect(run({ objects, disk, temper: { breaks: () => 0 } })).rejects.toMatchObject({
    kind: 'unreachable',
  });
  expect(disk.files.size).toBe(0);
});

it('keeps nothing of bytes that do not come to the checksum', async () => {
  fc.assert(
    await fc.asyncProperty(object, async (each) => {
      fc.pre(each.bytes.length > 0);
      const objects = world([each]);
      const disk = new Disk();
      const { events } = await run({
        objects,
        disk,
        temper: {
          spoil: (chunk, from) => (from === 0 ? chunk.map((byte, n) => (n === 0 ? byte ^ 1 : byte)) : chunk),
        },
      });
      expect(events.at(-1)).toMatchObject({ event: 'not-collected', why: { refused: 'wrong-bytes' } });
      expect(disk.files.size + disk.parts.size + disk.journals.size).toBe(0);
    }),
  );
});

it('writes over nothing: what has the name stays, and the newcomer gets a number', async () => {
  const objects = world([made('a.csv', Buffer.from('new'), 'SHA256')]);
  const disk = new Disk();
  disk.files.set('awards/a.csv', Buffer.from('mine'));
  await run({ objects, disk });
  expect(disk.files.get('awards/a.csv')).toEqual(Buffer.from('mine'));
  expect(disk.files.get('awards/a (2).csv')).toEqual(Buffer.from('new'));
});

it('collects a second version under the same key beside the first', async () => {
  const first = made('a.csv', Buffer.from('one'), 'SHA256');
  const disk = new Disk();
  await run({ objects: world([first]), disk });
  const second = {
    ...made('a.csv', Buffer.from('two'), 'SHA256'),
    version: 'second',
    modified: 1_790_000_001_000,
  };
  const { result } = await run({ objects: world([second]), disk });
  expect(result).toMatchObject({ collected: 1, before: 0 });
  expect([...disk.files.keys()]).toEqual(['awards/a.csv', 'awards/a (2).csv']);
});

it.each([false, true])(
  'takes a version that is replaced while it is fetched for no version at all, and then collects the new one (conditions forgotten: %j)',
  async (forgetsConditions) => {
    const old = made('a.csv', new Uint8Array(64).fill(1), 'CRC64NVME');
    const next = {
      ...made('a.csv', new Uint8Array(64).fill(2), 'CRC64NVME'),
      version: 'next',
      modified: 1_790_000_002_000,
    };
    const objects = world([old]);
    const disk = new Disk();
    let opens = 0;
    const { events } = await run({
      objects,
      disk,
      temper: {
        forgetsConditions,
        before: (call) => call === 'open' && ++opens === 3 && objects.set(next.key, next),
      },
    });
    expect(events.at(-1)).toMatchObject({ event: 'not-collected', why: { refused: 'changed' } });
    expect(disk.files.size + disk.parts.size + disk.journals.size).toBe(0);
    await run({ objects, disk });
    expect(contents(disk)).toEqual(expected(objects));
  },
);

it('asks for each range on condition that it is of the version that was looked at', async () => {
  const objects = world([made('a.csv', new Uint8Array(64), 'CRC64NVME')]);
  const { shelf } = await run({ objects, disk: new Disk() });
  expect(shelf.reads.map(({ ifEtag }) => ifEtag)).toEqual(new Array(4).fill('etag-of-version-of-a.csv'));
});

it('fetches each byte once where the part of an interrupted run is gone', async () => {
  const objects = world([made('a.csv', new Uint8Array(160).fill(3), 'CRC64NVME')]);
  const disk = new Disk();
  await untilKilled({ objects, disk, fate: new Fate(40) });
  disk.parts.clear();
  expect((await run({ objects, disk })).arrived).toBe(160);
  expect(contents(disk)).toEqual(expected(objects));
});

it('takes nothing for its own that somebody put under the name, though it has the size', async () => {
  const object = made('a.csv', Buffer.from('their'), 'SHA256');
  const objects = world([object]);
  for (let killAt = 1; ; killAt++) {
    const disk = new Disk();
    const killed = await untilKilled({ objects, disk, fate: new Fate(killAt) });
    if (!killed) break;
    if (disk.files.size > 0 || !disk.notes.some(({ what }) => what === 'placing')) continue;
    disk.files.set('awards/a.csv', Buffer.from('other'));
    await run({ objects, disk });
    expect(contents(disk)).toEqual(
      [Buffer.from('other'), object.bytes].map((each) => Buffer.from(each).toString('hex')).sort(),
    );
  }
  expect.hasAssertions();
});

it('reads nothing of what it may not read, and says that it is held', async () => {
  const objects = world([{ ...made('a.csv', Buffer.from('x'), 'SHA256'), released: false }]);
  const { result, events, shelf } = await run({ objects, disk: new Disk() });
  expect(result).toMatchObject({ collected: 0, held: 1, failed: 0 });
  expect(events.map(({ event }) => event)).toEqual(['found', 'held']);
  expect(shelf.reads).toEqual([]);
});

it('collects nothing that cannot be checked', async () => {
  const objects = world([{ ...made('a.csv', Buffer.from('x'), 'SHA256'), checksum: undefined }]);
  const { events, shelf } = await run({ objects, disk: new Disk() });
  expect(events.at(-1)).toMatchObject({ why: { refused: 'no-checksum' } });
  expect(shelf.reads).toEqual([]);
});

it('does away with what nobody has gone on with', async () => {
  const objects = world([made('a.csv', new Uint8Array(90), 'CRC64NVME')]);
  const disk = new Disk();
  await untilKilled({ objects, disk, fate: new Fate(25) });
  expect(disk.parts.size).toBe(1);
  disk.touched -= 31 * 86_400_000;
  await run({ objects: new Map(), disk });
  expect(disk.parts.size + disk.journals.size).toBe(0);
});

it('does not begin what there is no room for', async () => {
  const objects = world([made('a.csv', new Uint8Array(64), 'SHA256')]);
  const disk = new Disk();
  disk.room = 63;
  const { events, shelf } = await run({ objects, disk });
  expect(events.at(-1)).toMatchObject({ why: { refused: 'no-space', needed: 64, free: 63 } });
  expect(shelf.reads).toEqual([]);
});

it('leaves out what shows as a folder, what is older than asked for, and what came under another prefix', async () => {
  const objects = world([
    made('folder/', new Uint8Array(), 'SHA256'),
    made('old.csv', Buffer.from('old'), 'SHA256'),
    { ...made('new.csv', Buffer.from('new'), 'SHA256'), modified: 1_790_000_005_000 },
  ]);
  const { result } = await run({
    objects,
    disk: new Disk(),
    options: { since: 1_790_000_001_000 },
  });
  expect(result.collected).toBe(1);
});

it('passes over nothing that came in parts whose upload began before the day that is asked for, and ended on it', async () => {
  const day = Date.parse('2026-12-01T00:00:00Z');
  const sent = (name: string, daysBefore: number) => ({
    ...made(name, Buffer.from('in two parts'), 'SHA256', 6),
    modified: day - daysBefore * 86_400_000,
  });
  const objects = world([sent('a night.csv', 0.5), sent('a week.csv', 7), sent('before.csv', 8)]);
  const { result } = await run({ objects, disk: new Disk(), options: { since: day } });
  expect(result.collected).toBe(2);
});

it('runs the command on each file until it has done its work, also after a kill', async () => {
  const objects = world([
    made('a.csv', Buffer.from('a'), 'SHA256'),
    made('b.csv', Buffer.from('b'), 'SHA256'),
  ]);
  const disk = new Disk();
  const ran: string[] = [];
  const failing = await run({
    objects,
    disk,
    options: {
      handOn: async ({ key }) => {
        ran.push(key);
        return key.endsWith('a.csv') ? { code: 3 } : { code: 0 };
      },
    },
  });
  expect(failing.result).toMatchObject({ collected: 2, failed: 1 });
  expect(failing.events.filter(({ event }) => event === 'command-failed')).toHaveLength(1);
  await run({ objects, disk });
  expect(ran).toHaveLength(2);
  const again = await run({
    objects,
    disk,
    options: { handOn: async ({ key }) => ({ code: ran.push(key) > 0 ? 0 : 1 }) },
  });
  expect(again.result).toMatchObject({ collected: 0, failed: 0 });
  expect(ran.slice(2)).toEqual([`${PREFIX}a.csv`]);
});
