/** That no topic gets more e-mails in a second than AWS lets a mailbox have, whatever runs are under way at once. */
import fc from 'fast-check';
import { PacedNotices } from '../../../lambda/release-gate/paced';
import { AT_ONCE } from '../../../lib/constructs/gate/release-gate';
import { MALWARE_CLEAN } from '../../../lib/names';
import { MINUTE, World } from './world';

/** A sweep, and what it handed on last time. */
const SWEEPS = 2;
const MOST_A_SECOND = 10;

/** One run: how long it works on each version, and the topics that it then tells. */
const run = fc.array(
  fc.record({
    work: fc.integer({ min: 0, max: 2_500 }),
    topics: fc.uniqueArray(fc.constantFrom(undefined, 'inbox', 'own'), { maxLength: 3 }),
  }),
  { maxLength: 4 },
);
/** What is under way at once: in each place one run after another, each perhaps on a machine that has sent nothing yet. */
const places = fc.array(fc.array(run, { maxLength: 6 }), {
  minLength: AT_ONCE + SWEEPS,
  maxLength: AT_ONCE + SWEEPS,
});

/** Each run tells of one version, at once. */
const BUSIEST = Array.from({ length: AT_ONCE + SWEEPS }, () =>
  Array.from({ length: 6 }, () => [{ work: 0, topics: [undefined] }]),
);

test('no topic gets more than ten in any second', async () => {
  await fc.assert(
    fc.asyncProperty(places, async (all) => {
      const sent: { readonly at: number; readonly topic: string | undefined }[] = [];
      for (const runs of all) {
        let now = 0;
        const clock = {
          now: () => now,
          sleep: async (milliseconds: number) => {
            now += milliseconds;
          },
        };
        const sns = {
          send: async (_: string, __: string, topic?: string) => void sent.push({ at: now, topic }),
        };
        for (const versions of runs) {
          const notices = new PacedNotices(sns, clock);
          for (const { work, topics } of versions) {
            now += work;
            for (const topic of topics) await notices.send('subject', 'text', topic);
          }
        }
      }
      for (const { at, topic } of sent) {
        const within = sent.filter((each) => each.topic === topic && each.at >= at && each.at < at + 1_000);
        expect(within.length).toBeLessThanOrEqual(MOST_A_SECOND);
      }
    }),
    { examples: [[BUSIEST]] },
  );
});

test('a run that worked for longer tells at once, and one that has told another topic as well', async () => {
  let now = 0;
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => {
    waits.push(milliseconds);
    now += milliseconds;
  };
  const notices = new PacedNotices({ send: async () => {} }, { now: () => now, sleep });
  now = 400;
  await notices.send('subject', 'text', 'inbox');
  await notices.send('subject', 'text', 'own');
  now = 5_000;
  await notices.send('subject', 'text', 'inbox');
  expect(waits).toEqual([600]);
});

test('the gate tells at this pace of what it rejects, of one version and of many', async () => {
  const world = new World();
  const at: number[] = [];
  world.sleep = async (milliseconds) => {
    world.time += milliseconds;
  };
  world.send = async () => {
    at.push(world.time);
  };
  const rejected = (name: string) => {
    const kept = world.deposit(`agreements/housing-pilot/${name}`, 'x', { mediaType: 'image/png' });
    world.scan(kept, MALWARE_CLEAN);
    return kept;
  };
  const [first] = [rejected('a'), rejected('b'), rejected('c')];
  const began = world.time;
  await world.deliver([world.verdict(first, MALWARE_CLEAN)]);
  expect(at).toEqual([began + 1_000]);
  world.time += 20 * MINUTE;
  const swept = world.time;
  await world.sweep();
  expect(at.slice(1)).toEqual([swept + 1_000, swept + 2_000]);
});
