/** That what is sealed gets its name only once it is opened and looked at, whole and once, wherever a run is killed. */
import type { Unsealing } from '../../../lib/delivery';
import { DeliveryRefused } from '../../../lib/delivery';
import { checksumOf, Disk, Fate, Killed, type MemoryObject } from './memory';
import { run } from './running';

const SECRET = 0x5a;
const PLAIN = Buffer.from('what the caller said, in some words more than one piece holds');

function turned(bytes: Uint8Array): Uint8Array {
  return bytes.map((each) => each ^ SECRET);
}

function sealedObject(name = 'letter.txt.age', version = 'v1', plain: Uint8Array = PLAIN): MemoryObject {
  const bytes = turned(plain);
  return {
    key: `agreements/awards/${name}`,
    version,
    bytes,
    modified: 1_799_999_000_000,
    checksum: checksumOf(bytes, 'CRC64NVME'),
  };
}

/** Opens by turning bits; each piece is a step at which a run can be killed. */
function unsealing(fate: Fate, look: Unsealing['look'] = async () => undefined): Unsealing {
  return {
    async *open({ bytes, read }) {
      for await (const piece of read(0, bytes)) {
        fate.step();
        yield turned(piece);
      }
    },
    look,
  };
}

const worldOf = (...all: readonly MemoryObject[]) => new Map(all.map((each) => [each.key, each]));

async function collected(disk: Disk, objects: Map<string, MemoryObject>, fate = new Fate()) {
  return run({ objects, disk, fate, options: { unsealingOf: () => unsealing(fate) } });
}

test('what was sealed lies under its name without the ending, and the list says both what it was and what it is', async () => {
  const disk = new Disk();
  await collected(disk, worldOf(sealedObject()));
  expect([...disk.files]).toEqual([['awards/letter.txt', Uint8Array.from(PLAIN)]]);
  expect(disk.notes.at(-1)).toMatchObject({
    what: 'collected',
    key: 'agreements/awards/letter.txt.age',
    checksum: checksumOf(turned(PLAIN), 'CRC64NVME'),
    opened: { bytes: PLAIN.length, checksum: checksumOf(PLAIN, 'SHA256') },
  });
  expect([disk.parts.size, disk.journals.size]).toEqual([0, 0]);
});

test('killed anywhere, a run is made good by the next: the same bytes, once, and nothing left beside them', async () => {
  for (let killAt = 1; ; killAt++) {
    const disk = new Disk();
    const objects = worldOf(sealedObject());
    let isKilled = false;
    await collected(disk, objects, new Fate(killAt)).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      isKilled = true;
    });
    // At no moment lies anything under a name that is not what was sealed, and whole.
    for (const bytes of disk.files.values()) expect(Buffer.from(bytes)).toEqual(PLAIN);
    await collected(disk, objects);
    await collected(disk, objects);
    expect([...disk.files.keys()]).toEqual(['awards/letter.txt']);
    expect([disk.parts.size, disk.journals.size]).toEqual([0, 0]);
    if (!isKilled) return;
  }
});

describe('what is not to be kept', () => {
  test.each([
    ['opens to nobody here', 'sealed-to-others'],
    ['is damaged', 'seal-damaged'],
  ] as const)('because it %s has no name, and the rest goes on', async (_, why) => {
    const disk = new Disk();
    const bad = sealedObject('a.txt.age', 'v2');
    const { events, result } = await run({
      objects: worldOf(bad, sealedObject()),
      disk,
      options: {
        unsealingOf: () => ({
          async *open(sealed, key) {
            yield* unsealing(new Fate()).open(sealed, key);
            if (key === bad.key) throw new DeliveryRefused({ refused: why, key });
          },
          look: async () => undefined,
        }),
      },
    });
    expect([...disk.files.keys()]).toEqual(['awards/letter.txt']);
    expect(result).toMatchObject({ collected: 1, failed: 1 });
    expect(events).toContainEqual({
      event: 'not-collected',
      agreement: 'awards',
      key: bad.key,
      why: { refused: why, key: bad.key },
    });
    expect([...disk.parts.keys()].filter((id) => id.endsWith('-opened'))).toEqual([]);
  });

  test('because of what it holds has no name either, and is looked at again by the next run', async () => {
    const disk = new Disk();
    const looks: string[] = [];
    const refusing: Unsealing['look'] = async (_path, name, key) => {
      looks.push(name);
      throw new DeliveryRefused({ refused: 'scan-found', key, how: { code: 1 } } as const);
    };
    for (const look of [refusing, refusing, async () => undefined])
      await run({
        objects: worldOf(sealedObject()),
        disk,
        options: { unsealingOf: () => unsealing(new Fate(), look) },
      });
    expect(looks).toEqual(['letter.txt', 'letter.txt']);
    expect([...disk.files.keys()]).toEqual(['awards/letter.txt']);
  });
});

test('left sealed, it lies there as it is; and another agreement is not hindered by one that nobody can open', async () => {
  const disk = new Disk();
  await run({ objects: worldOf(sealedObject()), disk });
  expect([...disk.files]).toEqual([['awards/letter.txt.age', turned(PLAIN)]]);
  const { events } = await run({
    objects: worldOf(sealedObject()),
    disk: new Disk(),
    options: {
      unsealingOf: ({ agreement }) => {
        throw new DeliveryRefused({ refused: 'no-identity', agreement, keptBy: [] } as const);
      },
    },
  });
  expect(events).toEqual([
    expect.objectContaining({
      event: 'agreement-closed',
      why: expect.objectContaining({ refused: 'no-identity' }),
    }),
  ]);
});
