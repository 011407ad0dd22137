/**
 * That a deposit may be interrupted at any call, and by whatever happens meanwhile, and comes to one transfer of the right bytes
 * in the end: as a model that kills the run at each call, before the call takes hold and after it.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  type DepositItem,
  giveUp,
  type LocalFile,
  rememberedOf,
  type Survey,
  send,
} from '../../lib/delivery';
import { type Memory, SHA256_METADATA } from '../../lib/delivery/deposit/item';
import type { UnfinishedDeposit } from '../../lib/wire';
import { crc64, type Kill, Killed, MemoryS3 } from './memory-store';

const KEY = 'agreements/benefit-rates/rates.json';
const PART = 8;

class MemoryMap implements Memory {
  readonly all = new Map<string, string>();
  read(key: string): unknown {
    const text = this.all.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }
  write(key: string, value: UnfinishedDeposit): void {
    this.all.set(key, JSON.stringify(value));
  }
  remove(key: string): void {
    this.all.delete(key);
  }
}

function fileOf(bytes: Buffer): LocalFile {
  return {
    path: '/data/rates.json',
    bytes: bytes.length,
    stamp: `${bytes.length}`,
    read: async function* (from, to) {
      yield bytes.subarray(from, to);
    },
  };
}

function itemOf(bytes: Buffer): DepositItem {
  return {
    agreement: 'benefit-rates',
    bucket: 'bucket',
    key: KEY,
    mediaType: 'application/json',
    file: fileOf(bytes),
  };
}

/** A survey with parts so small that a model has several. */
function surveyOf(bytes: Buffer): Survey {
  const count = Math.max(1, Math.ceil(bytes.length / PART));
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    partBytes: PART,
    crc64nvme: Array.from({ length: count }, (_, n) => crc64(bytes.subarray(n * PART, (n + 1) * PART))),
  };
}

class World {
  readonly s3 = new MemoryS3();
  readonly memory = new MemoryMap();
  lanes = 3;

  async send(bytes: Buffer, kill?: Kill) {
    const store = this.s3.run(kill);
    return send(itemOf(bytes), surveyOf(bytes), {
      store,
      memory: this.memory,
      now: () => this.s3.now,
      lanes: this.lanes,
    });
  }

  /** Runs again until it comes to its end. @returns how it ended, and how often it was run */
  async insist(bytes: Buffer, kills: readonly Kill[]) {
    for (const kill of kills) {
      try {
        return await this.send(bytes, kill);
      } catch (error) {
        if (!isKilled(error)) throw error;
      }
    }
    return this.send(bytes);
  }

  get versions() {
    return this.s3.objects.get(KEY) ?? [];
  }
}

/** Several calls side by side see it each. */
function isKilled(error: unknown): boolean {
  return error instanceof AggregateError ? error.errors.every(isKilled) : error instanceof Killed;
}

async function killed(run: Promise<unknown>): Promise<void> {
  expect(await run.then(() => 'came to its end', isKilled)).toBe(true);
}

const SIZES = [1, PART, PART + 1, 5 * PART + 3];
const bytesOf = (size: number) => Buffer.from(Array.from({ length: size }, (_, n) => (n * 37 + size) % 251));

test('what arrives has the bytes, the type, the SHA-256 of the whole and no tag', async () => {
  for (const size of SIZES) {
    const world = new World();
    const bytes = bytesOf(size);
    const { version, before } = await world.send(bytes);
    const [stored] = world.versions;
    expect([world.versions.length, stored?.version, before]).toEqual([1, version, false]);
    expect(stored?.bytes).toEqual(bytes);
    expect(stored?.about).toEqual({
      mediaType: 'application/json',
      metadata: { [SHA256_METADATA]: surveyOf(bytes).sha256 },
    });
    expect(stored?.tags.size).toBe(0);
    expect(world.s3.uploads.size).toBe(0);
  }
});

describe('killed at each call and run again', () => {
  // Eight calls are more than any of these sizes takes.
  const kills = Array.from({ length: 10 }, (_, n) =>
    (['before', 'after'] as const).map((when) => ({ call: n + 1, when })),
  ).flat();
  test.each(SIZES)('%d bytes come to one transfer', async (size) => {
    for (const kill of kills) {
      const world = new World();
      const bytes = bytesOf(size);
      const { version } = await world.insist(bytes, [kill]);
      expect([kill, world.versions.map((each) => each.version)]).toEqual([kill, [version]]);
      expect(world.versions[0]?.bytes).toEqual(bytes);
      // Only an upload that was begun, and whose id never came back, is left to the rule of the bucket; it holds no part.
      expect([...world.s3.uploads.values()].every(({ parts }) => parts.size === 0)).toBe(true);
      // What S3 has is not sent again.
      expect(Math.max(0, ...world.s3.taken.values())).toBeLessThanOrEqual(1);
    }
  });

  test('any number of times', async () => {
    const kill = fc.record({
      call: fc.integer({ min: 1, max: 9 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 * PART }),
        fc.array(kill, { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (size, some, lanes) => {
          const world = new World();
          world.lanes = lanes;
          const bytes = bytesOf(size);
          const { version } = await world.insist(bytes, some);
          expect(world.versions.map((each) => each.version)).toEqual([version]);
          expect(world.versions[0]?.bytes).toEqual(bytes);
          expect(Math.max(0, ...world.s3.taken.values())).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

test('once done, it says so again until it is forgotten; then it is another transfer', async () => {
  for (const size of SIZES) {
    const world = new World();
    const first = await world.send(bytesOf(size));
    expect(await world.send(bytesOf(size))).toEqual({ version: first.version, before: true });
    world.memory.remove(KEY);
    const second = await world.send(bytesOf(size));
    expect(second.version).not.toBe(first.version);
    expect(world.versions).toHaveLength(2);
  }
});

test('of an object that somebody else deposited under the name it does not say that it is its own', async () => {
  for (const size of SIZES) {
    const world = new World();
    const bytes = bytesOf(size);
    // One of another size is there, from before and from meanwhile.
    await world.send(Buffer.concat([bytes, bytes]));
    world.memory.remove(KEY);
    await killed(world.send(bytes, { call: 1, when: 'before' }));
    const { version, before } = await world.send(bytes);
    expect([before, world.versions.at(-1)?.version]).toEqual([false, version]);
    expect(world.versions).toHaveLength(2);
  }
});

test('nor of one of the same bytes that was deposited before it', async () => {
  for (const size of SIZES) {
    const world = new World();
    const bytes = bytesOf(size);
    await world.send(bytes);
    world.memory.remove(KEY);
    for (let call = 0; call < 5; call++) world.s3.tick();
    // Killed at each of its calls before that takes hold: the last of them makes the object.
    for (const call of [1, 7]) await world.send(bytes, { call, when: 'before' }).catch(() => undefined);
    const { version } = await world.send(bytes);
    expect(world.versions.map((each) => each.version).slice(1)).toEqual([version]);
  }
});

test('a file that was changed meanwhile begins anew, and what was sent of the old one is taken away', async () => {
  const world = new World();
  const [old, changed] = [bytesOf(5 * PART), bytesOf(5 * PART).reverse()];
  await killed(world.send(old, { call: 4, when: 'after' }));
  expect(world.s3.uploads.size).toBe(1);
  await world.send(changed);
  expect(world.versions.map(({ bytes }) => bytes)).toEqual([changed]);
  expect(world.s3.uploads.size).toBe(0);
});

test('an upload that the bucket’s rule took away is begun anew', async () => {
  const world = new World();
  const bytes = bytesOf(5 * PART);
  await killed(world.send(bytes, { call: 4, when: 'after' }));
  world.s3.uploads.clear();
  await world.send(bytes);
  expect(world.versions.map((each) => each.bytes)).toEqual([bytes]);
});

test('given up, it leaves no part behind and nothing to go on from', async () => {
  const world = new World();
  const bytes = bytesOf(5 * PART);
  await killed(world.send(bytes, { call: 4, when: 'after' }));
  const left = rememberedOf(itemOf(bytes), world.memory);
  if (left === undefined) throw new Error('nothing is remembered');
  await giveUp(left, world.s3.run(), world.memory);
  expect([world.s3.uploads.size, world.memory.all.size, world.versions.length]).toEqual([0, 0, 0]);
  await giveUp(left, world.s3.run(), world.memory);
});

test('what is remembered holds nothing but what says which upload it was, and of what', async () => {
  const world = new World();
  await killed(world.send(bytesOf(5 * PART), { call: 4, when: 'after' }));
  const [text = '{}'] = world.memory.all.values();
  expect(Object.keys(JSON.parse(text)).sort()).toEqual([
    'agreement',
    'bucket',
    'file',
    'form',
    'key',
    'mediaType',
    'stage',
    'survey',
  ]);
});

test('what was remembered in another form is passed over', async () => {
  const world = new World();
  world.memory.all.set(KEY, '{"form":"concordat-unfinished-deposit/v0","key":1}');
  await world.send(bytesOf(PART));
  expect(world.versions).toHaveLength(1);
});
