/**
 * That where SNS tells, which keeps no references, each team is told at most once of what the gates cannot see, whatever dies when; that
 * what may not have gone is said; and that nobody is told here what the gates tell.
 */
import fc from 'fast-check';
import { type Answer, DAY, type Death, HOUR, LETTERS, MINUTE, World } from './world';

const WAITS = 'waits adult-safeguarding@leeds.example';
const REMINDER = 'reminder adult-safeguarding@leeds.example';
const NOT_DELIVERED = 'notDelivered safeguarding-desk@dwp.example';

function bySns(): World {
  const world = new World();
  world.telling = 'what gates cannot see';
  world.forgets = true;
  return world;
}

test('a letter that nobody reads: one reminder a day before the deadline, and then its sender is told', async () => {
  const world = bySns();
  world.released(world.letter('one'));
  await world.runFor(3 * DAY + 23 * HOUR);
  expect(world.told()).toEqual({});
  await world.runFor(2 * HOUR);
  expect(world.told()).toEqual({ [REMINDER]: 1 });
  await world.runFor(10 * DAY);
  expect(world.told()).toEqual({ [REMINDER]: 1, [NOT_DELIVERED]: 1 });
  expect(world.posted.map(({ personalisation: { state } }) => state)).toEqual([
    undefined,
    'not read in time',
  ]);
});

test.each<[string, (world: World) => void, Record<string, number>]>([
  [
    'one that the gate rejects',
    (world) => world.happens(world.letter('one'), { kind: 'gated', decision: 'rejected' }),
    {},
  ],
  [
    'one that is infected',
    (world) => world.happens(world.letter('one'), { kind: 'scanned', scan: 'THREATS_FOUND' }),
    {},
  ],
  ['one that is never scanned', (world) => world.letter('one'), { [NOT_DELIVERED]: 1 }],
  [
    'one that is read on the first day',
    (world) => {
      const one = world.letter('one');
      world.released(one);
      world.happens(one, { kind: 'collected', recipient: 'leeds' });
    },
    {},
  ],
  [
    'one that is recalled',
    (world) => {
      const one = world.letter('one');
      world.released(one);
      world.happens(one, { kind: 'recalled' });
    },
    {},
  ],
])('whom the zone’s topics tell of %s', async (_what, does, told) => {
  const world = bySns();
  does(world);
  await world.runFor(14 * DAY);
  expect(world.told()).toEqual(told);
});

test.each([
  ['four days before the deadline', '2026-12-02T00:00:00Z', { [WAITS]: 1, [REMINDER]: 1 }],
  ['on the last day', '2026-12-06T00:00:00Z', { [WAITS]: 1 }],
])(
  'a letter that is released while nobody can open it, of which no gate tells, is told of once somebody can: %s',
  async (_when, from, told) => {
    const world = bySns();
    world.letters = [{ ...LETTERS, inForce: [{ from, until: '2027-10-01T00:00:00Z' }] }];
    world.released(world.letter('one'));
    await world.runFor(14 * HOUR);
    expect(world.told()).toEqual({});
    await world.runFor(5 * DAY - 15 * HOUR);
    expect(world.told()).toEqual(told);
  },
);

test('of a letter that the gate told of, a suspension that came and went since has the zone say nothing more', async () => {
  const world = bySns();
  world.letters = [
    {
      ...LETTERS,
      inForce: [
        { from: '2026-10-01T00:00:00Z', until: '2026-12-02T00:00:00Z' },
        { from: '2026-12-04T00:00:00Z', until: '2027-10-01T00:00:00Z' },
      ],
    },
  ];
  world.released(world.letter('one'));
  await world.runFor(3 * DAY + 12 * HOUR);
  expect(world.told()).toEqual({});
});

test('a zone that goes over from Notify tells what waits for nobody twice, and reminds of it', async () => {
  const world = new World();
  world.released(world.letter('one'));
  world.answers.push('takes-none');
  await world.run();
  world.telling = 'what gates cannot see';
  world.forgets = true;
  await world.runFor(4 * DAY + HOUR);
  expect(world.told()).toEqual({ [REMINDER]: 1 });
});

test('a team whose mailbox is another by the time is told there', async () => {
  const world = bySns();
  world.released(world.letter('one'));
  world.time += 4 * DAY + MINUTE;
  world.answers.push('takes-none');
  await world.run();
  const [inbox] = LETTERS.inboxes;
  world.letters = [
    { ...LETTERS, inboxes: inbox === undefined ? [] : [{ ...inbox, mailbox: 'new@leeds.example' }] },
  ];
  await world.run();
  expect(world.told()).toEqual({ 'reminder new@leeds.example': 1 });
});

test('what a run that died had taken is given up, and said: it may have gone', async () => {
  for (const done of [false, true]) {
    const world = bySns();
    world.released(world.letter('one'));
    world.time += 4 * DAY + MINUTE;
    let call = 0;
    for (; world.kept.size === 0 || [...world.kept.values()].every(({ taken }) => taken === 0); call += 1)
      await world.run({ call, done: true });
    await world.run({ call: 0, done });
    world.time += 15 * MINUTE;
    await world.run();
    expect(world.log).toContain('"ending":"unknown"');
    expect(world.log).toContain('"GivenUp":1');
    await world.runFor(DAY - HOUR);
    expect(world.posted).toEqual([]);
  }
});

const death = fc.option(fc.record<Death>({ call: fc.nat(14), done: fc.boolean() }), { nil: undefined });
const answer = fc.constantFrom<Answer>('accepted', 'lost answer', 'lost request', 'refused', 'takes-none');
const kindly = fc.constantFrom<Answer>('accepted', 'refused', 'takes-none');
const momentOf = (dies: typeof death) =>
  fc.record({
    runs: fc.array(dies, { minLength: 1, maxLength: 3 }),
    wait: fc.constantFrom(0, MINUTE, 15 * MINUTE),
  });

/** Two of which to remind, and one of whose sender is to be told that nobody released it. */
async function told(
  moments: readonly { readonly runs: readonly (Death | undefined)[]; readonly wait: number }[],
  answers: readonly Answer[],
  scheduler: fc.Scheduler,
): Promise<World> {
  const world = bySns();
  world.letter('three', { collectWithin: 3 * DAY });
  for (const name of ['one', 'two']) world.released(world.letter(name));
  world.time += 4 * DAY + HOUR;
  world.answers.push(...answers);
  await world.overlapping(moments, scheduler);
  return world;
}

test('each is told at most once, in whatever order runs overlap, die and lose answers, and what may not have gone is said', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(momentOf(death), { maxLength: 8 }),
      fc.array(answer, { maxLength: 8 }),
      fc.scheduler(),
      async (moments, answers, scheduler) => {
        const world = await told(moments, answers, scheduler);
        const posted = world.posted.map(({ reference }) => reference);
        expect(new Set(posted).size).toBe(posted.length);
        expect(world.kept.size).toBe(3);
        const unknown = [...world.kept.values()].filter(({ ending }) => ending === 'unknown').length;
        // Where a run dies as it gives one up, that is said again by the next.
        expect(world.log.match(/"GivenUp":1,/g)?.length ?? 0).toBeGreaterThanOrEqual(unknown);
        for (const [reference, { ending }] of world.kept) {
          expect(['sent', 'unknown']).toContain(ending);
          if (ending === 'sent') expect(posted).toContain(reference);
          else expect(world.log).toContain(`"reference":${JSON.stringify(reference)},"ending":"unknown"`);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('where no run dies and no answer is lost, each is told once, however runs overlap', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(momentOf(fc.constant(undefined)), { maxLength: 6 }),
      fc.array(kindly, { maxLength: 8 }),
      fc.scheduler(),
      async (moments, answers, scheduler) => {
        const world = await told(moments, answers, scheduler);
        expect(world.told()).toEqual({ [REMINDER]: 2, [NOT_DELIVERED]: 1 });
        expect([...world.kept.values()].map(({ ending }) => ending)).toEqual(['sent', 'sent', 'sent']);
      },
    ),
    { numRuns: 50 },
  );
});
