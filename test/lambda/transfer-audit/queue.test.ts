/** That a message stands by itself, that no more is begun than there is time for, and that what happens is in the log. */

import { gzipSync } from 'node:zlib';
import { parseEnvironment } from '../../../lambda/transfer-audit/environment';
import { EnvironmentError } from '../../../lib/runtime';
import { originOf } from '../../../lib/transfers/ocsf';
import { assumed, collect, deposit, noise, STRANGER } from '../../transfers/trail-records';
import { logFile, logKey, sha256, World } from './world';

const three = [1, 2, 3].map((n) => logKey(n));

function worldOfThree(): World {
  const world = new World();
  for (const [n, key] of three.entries())
    world.land(key, logFile([deposit({ id: `d${n}`, key: `agreements/benefit-awards/${n}` })]));
  return world;
}

describe('a batch of messages', () => {
  it('has only those again that failed', async () => {
    const world = worldOfThree();
    const open = world.open.bind(world);
    world.open = async (bucket, key) => {
      if (key === three[1])
        throw Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
      return open(bucket, key);
    };
    expect(await world.deliver(three)).toEqual([three[1]]);
    expect([...world.staged.keys()].filter((id) => id.endsWith('#deposited'))).toEqual([
      'd0#deposited',
      'd2#deposited',
    ]);
    expect(world.told('failed')).toMatchObject([{ error: 'SlowDown: Please reduce your request rate.' }]);
    expect(world.metric('Unreadable')).toEqual([0]);
  });

  it('is not begun where there is no time left', async () => {
    const world = worldOfThree();
    world.timeLeft = 20_000;
    expect(await world.deliver(three)).toEqual(three);
    world.timeLeft = 300_000;
    expect(await world.deliver(three)).toEqual([]);
  });

  it('fails a file of which one record can’t be read, and takes in the others', async () => {
    const world = new World();
    world.land(
      logKey(1),
      logFile([deposit({ id: 'a' }), { ...deposit(), eventTime: 'noon' }, collect({ id: 'b' })]),
    );
    expect(await world.deliver([logKey(1)])).toEqual([logKey(1)]);
    expect([...world.staged.keys()]).toEqual(expect.arrayContaining(['a#deposited', 'b#collected']));
    expect(world.told('unreadable-file')).toMatchObject([
      { reason: expect.stringContaining('has no eventTime') },
    ]);
    expect(world.logFiles.size).toBe(0);
  });

  it('says how late what it staged was', async () => {
    const world = worldOfThree();
    await world.deliver(three);
    expect([world.metric('Staged'), world.metric('LagSeconds')]).toEqual([[3], [600]]);
  });

  it('alarms of a violation once, and again where the run before may have ended between the entry and the alarm', async () => {
    const world = new World();
    world.land(logKey(1), logFile([collect({ by: assumed(STRANGER, 'x') })]));
    await world.deliver([logKey(1)]);
    await world.deliver([logKey(1)]);
    expect(world.metric('Violations')).toEqual([1]);
    await world.deliver([logKey(1)], '2');
    expect(world.metric('Violations')).toEqual([1, 1]);
  });
});

describe('an entry', () => {
  const CONTENT = 64 * 1024 * 1024;
  /** A file that is read as it comes, with so many collections in it. */
  const large = (collections: number) => {
    const padding = Array.from({ length: 70 }, () => ({ ...noise(), padding: 'x'.repeat(1024 * 1024) }));
    return {
      Records: [...padding, ...Array.from({ length: collections }, (_, n) => collect({ id: `large-${n}` }))],
    };
  };
  const origins = (world: World) =>
    world
      .entries()
      .map(originOf)
      .filter((each) => each !== undefined);

  it('names the file that it comes from, with the hash that CloudTrail’s digest has of it', async () => {
    const world = new World();
    const records = [collect({ id: 'one' }), deposit({ id: 'two' })];
    world.land(logKey(1), logFile(records));
    await world.deliver([logKey(1)]);
    const file = logKey(1).replace('AWSLogs/o-example0000/', '');
    const hash = sha256(JSON.stringify({ Records: records }));
    expect(origins(world)).toEqual(['one', 'two'].map((eventId) => ({ file, eventId, sha256: hash })));
  });

  it.each([3, 2_500])(
    'of %d from a file too large to be read as a whole names it by its hash too',
    async (count) => {
      const world = new World();
      const text = JSON.stringify(large(count));
      expect(text.length).toBeGreaterThan(CONTENT);
      world.land(logKey(1), gzipSync(text, { level: 1 }));
      expect(await world.deliver([logKey(1)])).toEqual([]);
      expect(origins(world)).toHaveLength(count);
      expect(new Set(origins(world).map((each) => each.sha256))).toEqual(new Set([sha256(text)]));
    },
  );

  it('from a file that is cut short is not lost, and claims no hash', async () => {
    const world = new World();
    const whole = gzipSync(JSON.stringify(large(2_500)), { level: 1 });
    world.land(logKey(1), whole.subarray(0, whole.length - 9));
    expect(await world.deliver([logKey(1)])).toEqual([logKey(1)]);
    expect(origins(world).length).toBeGreaterThan(2_000);
    expect(new Set(origins(world).map((each) => each.sha256))).toEqual(new Set([undefined]));
  });
});

describe('a sweep', () => {
  const later = async () => {
    const world = worldOfThree();
    await world.deliver(three);
    world.time += 5 * 86_400_000;
    return world;
  };
  const reports = (world: World) => [...world.staged.keys()].filter((id) => id.endsWith('#not-collected'));

  it('tells each owner once of what nobody collected', async () => {
    const world = await later();
    expect(await world.invoke({ action: 'sweep' })).toEqual({ reviewed: 3, left: false });
    await world.invoke({ action: 'sweep' });
    expect(reports(world)).toHaveLength(6);
    expect(world.metric('NonDelivery').at(-2)).toBe(6);
    expect(world.metric('NonDelivery').at(-1)).toBe(0);
  });

  it('does what it can where one transfer fails, and then fails itself', async () => {
    const world = await later();
    const marksOf = world.marksOf.bind(world);
    world.marksOf = async (object) => {
      if (object.endsWith('/1')) throw new Error('gone');
      return marksOf(object);
    };
    await expect(world.invoke({ action: 'sweep' })).rejects.toThrow('1 failed of 3 reviews');
    expect(reports(world)).toHaveLength(4);
  });

  it('leaves to the next what there is no time for', async () => {
    const world = await later();
    world.timeLeft = 5_000;
    expect(await world.invoke({ action: 'sweep' })).toEqual({ reviewed: 0, left: true });
    world.timeLeft = 300_000;
    await world.invoke({ action: 'sweep' });
    expect(reports(world)).toHaveLength(6);
  });
});

describe('the environment', () => {
  it('is refused with everything that is wrong at once', () => {
    expect(() => parseEnvironment({ INDEX_FILE: 'index.json' })).toThrow(EnvironmentError);
    expect(() => parseEnvironment({ INDEX_FILE: 'index.json' })).toThrow(
      /AWS_REGION is not set.*INDEX_FILE is 'index\.json': set it to the absolute path.*STAGING_TABLE.*TRANSFERS_TABLE.*LEDGER_BUCKET/,
    );
  });
});
