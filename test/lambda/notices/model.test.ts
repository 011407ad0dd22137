/**
 * That each team is told once of each thing, whatever dies when, however runs overlap, and whatever becomes of Notify’s answers; and
 * that nobody is told what is not so.
 */
import fc from 'fast-check';
import { type Answer, DAY, type Death, HOUR, LETTERS, MINUTE, World } from './world';

const WAITS = 'waits adult-safeguarding@leeds.example';
const REMINDER = 'reminder adult-safeguarding@leeds.example';
const NOT_DELIVERED = 'notDelivered safeguarding-desk@dwp.example';

test('a letter that nobody reads: it waits, one reminder a day before the deadline, and then its sender is told', async () => {
  const world = new World();
  world.released(world.letter('one'));
  await world.runFor(HOUR);
  expect(world.told()).toEqual({ [WAITS]: 1 });
  await world.runFor(3 * DAY + 22 * HOUR);
  expect(world.told()).toEqual({ [WAITS]: 1 });
  await world.runFor(2 * HOUR);
  expect(world.told()).toEqual({ [WAITS]: 1, [REMINDER]: 1 });
  await world.runFor(DAY + 3 * HOUR);
  expect(world.told()).toEqual({ [WAITS]: 1, [REMINDER]: 1 });
  await world.runFor(10 * DAY);
  expect(world.told()).toEqual({ [WAITS]: 1, [REMINDER]: 1, [NOT_DELIVERED]: 1 });
  expect(world.posted.map(({ personalisation }) => personalisation)).toEqual([
    {
      inbox: 'Adult safeguarding',
      organisation: 'Department for Work and Pensions',
      deadline: '6 December 2026 at 9am',
    },
    {
      inbox: 'Adult safeguarding',
      organisation: 'Department for Work and Pensions',
      deadline: '6 December 2026 at 9am',
    },
    {
      agreement:
        '“Letters about adults at risk” between Department for Work and Pensions and Leeds City Council',
      transfer: 'version-1',
      state: 'not read in time',
    },
  ]);
});

test('what Notify and the log are given names no file and no person, and the log no address', async () => {
  const world = new World();
  world.released(world.letter('about.jane.doe@dwp.invalid'));
  await world.runFor(12 * DAY);
  expect(world.posted).toHaveLength(3);
  const given = world.posted.map(({ kind, personalisation }) => ({ kind, personalisation }));
  expect(JSON.stringify(given)).not.toMatch(/jane|\.eml|@/);
  expect(world.log).not.toMatch(/jane|\.eml|@/);
});

test.each<[string, (world: World) => void, Record<string, number>]>([
  ['one that is read', (world) => read(world, HOUR), { [WAITS]: 1 }],
  ['one that is read after the reminder', (world) => read(world, 4.5 * DAY), { [WAITS]: 1, [REMINDER]: 1 }],
  [
    'one that is recalled',
    (world) => after(world, HOUR, (one) => world.happens(one, { kind: 'recalled' })),
    { [WAITS]: 1 },
  ],
  [
    'one that the gate rejects',
    (world) => world.happens(world.letter('one'), { kind: 'gated', decision: 'rejected' }),
    { [NOT_DELIVERED]: 1 },
  ],
  [
    'one that is infected',
    (world) => world.happens(world.letter('one'), { kind: 'scanned', scan: 'THREATS_FOUND' }),
    { [NOT_DELIVERED]: 1 },
  ],
  ['one that is never scanned', (world) => world.letter('one'), { [NOT_DELIVERED]: 1 }],
  [
    'a file in no inbox',
    (world) => world.released(world.letter('a', { inbox: 'files' })),
    { [NOT_DELIVERED]: 1 },
  ],
  [
    'one to be read within a day: whoever was told with a third of it left is reminded',
    (world) => world.released(world.letter('one', { collectWithin: DAY })),
    { [WAITS]: 1, [REMINDER]: 1, [NOT_DELIVERED]: 1 },
  ],
  [
    'one that is released within a day of its deadline: there is nothing to remind of',
    (world) => after(world, 4.5 * DAY, (one) => world.released(one)),
    { [WAITS]: 1, [NOT_DELIVERED]: 1 },
  ],
  [
    'one under an agreement that is suspended until after the deadline',
    (world) => {
      world.letters = [
        { ...LETTERS, inForce: [{ from: '2027-02-01T00:00:00Z', until: '2027-10-01T00:00:00Z' }] },
      ];
      world.released(world.letter('one'));
    },
    { [NOT_DELIVERED]: 1 },
  ],
  [
    'one whose agreement ends before its deadline: the end is the deadline',
    (world) => {
      world.letters = [
        { ...LETTERS, inForce: [{ from: '2026-10-01T00:00:00Z', until: '2026-12-04T00:00:00Z' }] },
      ];
      world.released(world.letter('one'));
    },
    { [WAITS]: 1, [REMINDER]: 1, [NOT_DELIVERED]: 1 },
  ],
  [
    'one under an agreement without letters',
    (world) => {
      world.letters = [];
      world.released(world.letter('one'));
    },
    {},
  ],
])('whom the team and the sender are told of: %s', async (_what, does, told) => {
  const world = new World();
  await Promise.all([does(world)]);
  await world.runFor(14 * DAY);
  expect(world.told()).toEqual(told);
});

/** A letter is released, and read so long after. */
async function read(world: World, milliseconds: number): Promise<void> {
  const one = world.letter('one');
  world.released(one);
  await world.runFor(milliseconds);
  world.happens(one, { kind: 'collected', recipient: 'leeds' });
}

async function after(world: World, milliseconds: number, does: (one: string) => void): Promise<void> {
  const one = world.letter('one');
  if (milliseconds < DAY) world.released(one);
  await world.runFor(milliseconds);
  does(one);
}

test('what Notify refuses for days is not taken for untrue: the team is told when it no longer does', async () => {
  const world = new World();
  world.released(world.letter('one'));
  world.refuses = () => true;
  await world.runFor(3 * DAY);
  world.refuses = () => false;
  await world.runFor(HOUR);
  expect(world.told()).toEqual({ [WAITS]: 1 });
});

test('a notice that was not so while it waited, since the agreement was suspended, is told once it is so again', async () => {
  const world = new World();
  const suspended = [
    { ...LETTERS, inForce: [{ from: '2026-12-03T00:00:00Z', until: '2027-10-01T00:00:00Z' }] },
  ];
  world.released(world.letter('one'));
  world.answers.push('takes-none');
  await world.run();
  world.letters = suspended;
  await world.runFor(DAY);
  expect(world.told()).toEqual({});
  await world.runFor(DAY);
  expect(world.told()).toEqual({ [WAITS]: 1 });
});

test('a letter that is released while the agreement is suspended is told of on the day on which it goes on', async () => {
  const world = new World();
  world.letters = [
    { ...LETTERS, inForce: [{ from: '2026-12-04T00:00:00Z', until: '2027-10-01T00:00:00Z' }] },
  ];
  world.released(world.letter('one'));
  await world.runFor(2 * DAY);
  expect(world.told()).toEqual({});
  await world.runFor(DAY);
  expect(world.told()).toEqual({ [WAITS]: 1 });
});

test('while terms await approval no team is told, and after the deadline the sender is', async () => {
  const world = new World();
  world.letters = [{ ...LETTERS, inForce: [] }];
  world.released(world.letter('one'));
  await world.runFor(8 * DAY);
  expect(world.told()).toEqual({ [NOT_DELIVERED]: 1 });
});

test('one mailbox of two inboxes of the sender is told once', async () => {
  const world = new World();
  const [own] = LETTERS.own;
  world.letters = [
    { ...LETTERS, own: [...LETTERS.own, { id: 'debt', team: 'Another team', mailbox: own?.mailbox ?? '' }] },
  ];
  world.happens(world.letter('one'), { kind: 'gated', decision: 'rejected' });
  await world.runFor(HOUR);
  expect(world.told()).toEqual({ [NOT_DELIVERED]: 1 });
});

test('however many notices are refused, others are sent in the next run', async () => {
  const world = new World();
  for (let n = 0; n < 30; n += 1) world.released(world.letter(`refused-${n}`));
  world.refuses = ({ object }) => object.includes('refused');
  world.requestTakes = 10_000;
  for (let n = 0; n < 4; n += 1, world.time += 13 * MINUTE) await world.run();
  world.released(world.letter('good'));
  world.time += 15 * MINUTE;
  await world.run();
  expect(world.told()).toEqual({ [WAITS]: 1 });
  // Nor does one that is always refused keep another from being tried.
  world.refuses = ({ object }) => object.includes('refused') && !object.includes('refused-29');
  await world.runFor(2 * HOUR);
  expect(world.told()).toEqual({ [WAITS]: 2 });
});

test('a notice that cannot be read holds no other up, is said, and is kept anew as it should be', async () => {
  const world = new World();
  for (const name of ['one', 'two']) world.released(world.letter(name));
  world.answers.push('takes-none');
  await world.run();
  const [first] = world.kept.values();
  if (first !== undefined) first.unreadable = 'NotAsDeployedError: another version kept it';
  expect(await world.run()).toBe(false);
  expect(world.told()).toEqual({ [WAITS]: 1 });
  expect(world.log).toContain('another version kept it');
  expect(await world.run()).toBe(true);
  expect(world.told()).toEqual({ [WAITS]: 2 });
});

test('what is kept is sent also where no list of transfers is given', async () => {
  const world = new World();
  world.released(world.letter('one'));
  world.answers.push('takes-none');
  await world.run();
  world.cannotLook = true;
  expect(await world.run()).toBe(false);
  expect(world.told()).toEqual({ [WAITS]: 1 });
});

const death = fc.option(fc.record<Death>({ call: fc.nat(14), done: fc.boolean() }), { nil: undefined });
const answer = fc.constantFrom<Answer>('accepted', 'lost answer', 'lost request', 'refused', 'takes-none');
const moment = fc.record({
  runs: fc.array(death, { minLength: 1, maxLength: 3 }),
  wait: fc.constantFrom(0, MINUTE, 15 * MINUTE),
});

test('each is told once and not twice, in whatever order runs overlap, die and lose answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(moment, { maxLength: 8 }),
      fc.array(answer, { maxLength: 8 }),
      fc.scheduler(),
      async (moments, answers, scheduler) => {
        const world = new World();
        world.released(world.letter('one'));
        world.released(world.letter('two'));
        world.happens(world.letter('three'), { kind: 'gated', decision: 'rejected' });
        world.answers.push(...answers);
        await world.overlapping(moments, scheduler);
        expect(world.told()).toEqual({ [WAITS]: 2, [NOT_DELIVERED]: 1 });
        expect(new Set(world.posted.map(({ reference }) => reference)).size).toBe(3);
        expect([...world.kept.values()].map(({ ending }) => ending)).toEqual(['sent', 'sent', 'sent']);
      },
    ),
    { numRuns: 100 },
  );
});

test('what Notify takes no more of today is sent when it does again, and one that it refuses holds no other up', async () => {
  const world = new World();
  for (const name of ['one', 'two', 'three']) world.released(world.letter(name));
  world.answers.push('refused', 'accepted', 'takes-none');
  expect(await world.run()).toBe(false);
  expect(world.posted).toHaveLength(1);
  world.time += 15 * MINUTE;
  expect(await world.run()).toBe(true);
  expect(world.told()).toEqual({ [WAITS]: 3 });
});

test('what could not be sent in time is given up, and said', async () => {
  const world = new World();
  world.released(world.letter('one'));
  world.answers.push(...Array.from({ length: 4 * 24 * 5 }, (): Answer => 'takes-none'));
  await world.runFor(5 * DAY + HOUR);
  expect(world.posted).toEqual([]);
  expect(world.log).toContain('"ending":"too-late"');
  expect(world.log).toContain('"GivenUp":1');
});

test('of a notice that died with its run days ago it is not known whether it went: it is not sent again, and said', async () => {
  const world = new World();
  world.released(world.letter('one', { collectWithin: 9 * DAY }));
  await world.run({ call: 5, done: false });
  const [taken] = world.kept.values();
  expect([(taken?.taken ?? 0) > 0, world.posted]).toEqual([true, []]);
  world.time += 3 * DAY;
  await world.run();
  expect(world.posted).toEqual([]);
  expect(world.log).toContain('"ending":"unknown"');
  expect(world.log).toContain('"GivenUp":1');
});

test('with no time left nothing more is begun, and what is left over is told by the next run', async () => {
  const world = new World();
  for (let n = 0; n < 40; n += 1) world.released(world.letter(`letter-${n}`));
  await world.run(undefined, 10_000);
  expect(world.posted).toEqual([]);
  await world.run();
  expect(world.told()).toEqual({ [WAITS]: 40 });
});
