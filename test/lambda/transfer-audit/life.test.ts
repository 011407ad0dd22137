/**
 * A life without dead ends: whatever happens to a deposit, in whichever order it is heard of, twice, late or never, it comes
 * to an end that is told of; for each recipient a report of non-delivery comes by the deadline, once, if it could still
 * collect and did not, and never if it could not. What is so is told by a bucket that is played, not by the audit’s rules.
 */
import fc from 'fast-check';
import { LATENESS } from '../../../lib/transfers/review';
import { ACTS, type Act, PlayedBucket, type Step } from './played-bucket';
import { logFile, logKey, World } from './world';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-10-01T00:00:00Z');
const END = Date.parse('2027-03-31T23:00:00Z');
const LAST = END + LATENESS;
const TO_COLLECT = 3 * DAY;
const RECIPIENTS = ['camden', 'leeds'] as const;
/** Verdicts that end a transfer, and are told of by themselves. */
const ENDING = ['THREATS_FOUND', 'UNSUPPORTED'];
const instant = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** How a record comes to be heard of. */
interface Hearing {
  /** After so many minutes. */
  readonly after: number;
  readonly twice: boolean;
  readonly lost: boolean;
}

interface Tried extends Hearing {
  readonly act: Act;
  readonly hour: number;
}

/** Plays what is tried, then lets the audit hear of it and look on the hour, to the end of the agreement. */
async function live(tried: readonly Tried[]): Promise<{ world: World; steps: readonly Step[] }> {
  const bucket = new PlayedBucket();
  const world = new World();
  const todo: { at: number; act: () => Promise<unknown> }[] = [];
  const inOrder = [...tried].sort((a, b) => a.hour - b.hour);
  for (const [n, { act, hour, after, twice, lost }] of inOrder.entries()) {
    const time = START + hour * HOUR + n * 60_000;
    bucket.try(act, instant(time));
    for (const [m, record] of (bucket.steps.at(-1)?.records ?? []).entries()) {
      if (lost) continue;
      const key = logKey(`${n}-${m}`);
      world.land(key, logFile([record]));
      const at = time + after * 60_000;
      todo.push({ at, act: () => world.deliver([key]) });
      if (twice) todo.push({ at: at + HOUR, act: () => world.deliver([key], '2') });
    }
  }
  const looks = new Set([LAST]);
  for (const { time, records } of bucket.steps)
    if (records.some(({ eventName }) => eventName === 'PutObject'))
      looks.add(Date.parse(time) + TO_COLLECT + LATENESS);
  for (let at = START; at < START + 30 * DAY; at += DAY) looks.add(at);
  for (let at = START + 30 * DAY; at < LAST; at += 7 * DAY) looks.add(at);
  for (const at of looks) todo.push({ at, act: () => world.invoke({ action: 'sweep' }) });
  for (const { at, act } of todo.sort((a, b) => a.at - b.at)) {
    world.time = at;
    await act();
  }
  return { world, steps: bucket.steps };
}

const depositsIn = (steps: readonly Step[]) =>
  steps.flatMap(({ records }, n) =>
    records.some(
      ({ eventName, additionalEventData }) => eventName === 'PutObject' && !isFolder(additionalEventData),
    )
      ? [{ id: `event-${n}`, step: n, deadline: Date.parse(steps[n]?.time ?? '') + TO_COLLECT }]
      : [],
  );
const isFolder = (data: unknown) => (data as { bytesTransferredIn?: number }).bytesTransferredIn === 0;

/** Whether a recipient could still collect a deposit at a moment, and had not. */
function isOpen(steps: readonly Step[], deposit: string, recipient: string, at: number): boolean {
  const until = steps.filter(({ time }) => Date.parse(time) <= at);
  const { current } = until.at(-1) ?? {};
  const collected = until.some(
    (step) => step.collected?.deposit === deposit && step.collected.by === recipient,
  );
  return (
    !collected &&
    current?.deposit === deposit &&
    current.decision !== 'rejected' &&
    !ENDING.includes(current.tag ?? '')
  );
}

interface Entry {
  readonly metadata: { readonly uid: string; readonly event_code: string };
  readonly time: number;
  readonly severity_id: number;
  readonly file?: { readonly version?: string };
  readonly unmapped: { readonly recipient?: string; readonly scan?: string; readonly transfer?: string };
}

/** Whether an end of a deposit stands in the ledger, for a recipient, other than that it was not collected. */
function endIsTold(entries: readonly Entry[], deposit: string, recipient: string): boolean {
  const begun = entries.find(({ metadata }) => metadata.uid === `${deposit}#deposited`)?.time ?? 0;
  return entries.some(({ metadata, unmapped, time, severity_id }) => {
    if (time <= begun) return false;
    if (metadata.event_code === 'collected') return unmapped.recipient === recipient;
    if (metadata.event_code === 'scanned') return ENDING.includes(unmapped.scan ?? '') && severity_id >= 3;
    if (metadata.event_code === 'rejected') return severity_id >= 3;
    return metadata.event_code === 'recalled' || metadata.event_code === 'deposited';
  });
}

function holdsAlways({ world, steps }: Awaited<ReturnType<typeof live>>): void {
  const entries = world.entries() as never as Entry[];
  const ids = entries.map(({ metadata }) => metadata.uid);
  expect(new Set(ids).size).toBe(ids.length);
  // Nothing is left that anybody would still have to look at.
  expect([...world.marks.values()].filter(({ due }) => due !== undefined)).toEqual([]);
  for (const { id } of depositsIn(steps).filter((each) => ids.includes(`${each.id}#deposited`)))
    for (const recipient of RECIPIENTS) {
      const reported = ids.includes(`${id}#${recipient}#not-collected`);
      expect(reported || endIsTold(entries, id, recipient)).toBe(true);
      if (ids.includes(`${id}#${recipient}#expired`)) expect(reported).toBe(true);
    }
  // What alarms, alarms once for each report, and for nothing that is no report.
  const reports = ids.filter((each) => each.endsWith('#not-collected'));
  expect(world.metric('NonDelivery').reduce((sum, each) => sum + each, 0)).toBe(reports.length);
  expect(world.told('not-collected')).toHaveLength(reports.length);
  const deposits = new Set(depositsIn(steps).map(({ id }) => id));
  expect(reports.filter((each) => !deposits.has(each.split('#')[0] ?? ''))).toEqual([]);
}

const heard = (most: { minutes: number; lost: boolean }): fc.Arbitrary<readonly Tried[]> =>
  fc.array(
    fc.record({
      act: fc.oneof(
        { weight: 2, arbitrary: fc.constant<Act>('deposit') },
        { weight: 2, arbitrary: fc.constant<Act>('NO_THREATS_FOUND') },
        { weight: 8, arbitrary: fc.constantFrom(...ACTS) },
      ),
      hour: fc.nat(240),
      after: fc.nat(most.minutes),
      twice: fc.boolean(),
      lost: most.lost ? fc.boolean() : fc.constant(false),
    }),
    { maxLength: 12 },
  );

describe('a transfer whose events are heard of in any order, twice, and as late as CloudTrail may be', () => {
  it('is reported by the deadline if it was open, not if it was not, and never twice', async () => {
    await fc.assert(
      fc.asyncProperty(heard({ minutes: LATENESS / 60_000 - 1, lost: false }), async (tried) => {
        const life = await live(tried);
        holdsAlways(life);
        const { world, steps } = life;
        for (const { id, deadline } of depositsIn(steps))
          for (const recipient of RECIPIENTS) {
            const open = (at: number) => isOpen(steps, id, recipient, at);
            const report = world.staged.get(`${id}#${recipient}#not-collected`);
            const later = steps.map(({ time }) => Date.parse(time)).filter((time) => time >= deadline);
            // What happens after the deadline may be heard of before the look, or after it.
            const until = [deadline, ...later.filter((time) => time <= deadline + LATENESS)];
            if (until.every(open)) expect(Date.parse(report?.stagedAt ?? '')).toBe(deadline + LATENESS);
            if (![deadline, ...later].some(open)) expect(report).toBeUndefined();
            expect(world.staged.has(`${id}#${recipient}#expired`)).toBe(open(END));
            if (open(END)) expect(report).toBeDefined();
          }
      }),
      { numRuns: 120 },
    );
  });
});

describe('a transfer whose events are heard of weeks later', () => {
  it('comes to an end that is told of, once, and none that stayed open is missed', async () => {
    await fc.assert(
      fc.asyncProperty(heard({ minutes: 30 * 24 * 60, lost: false }), async (tried) => {
        const life = await live(tried);
        holdsAlways(life);
        for (const { id } of depositsIn(life.steps))
          for (const recipient of RECIPIENTS)
            if (isOpen(life.steps, id, recipient, END))
              for (const kind of ['not-collected', 'expired'])
                expect(life.world.staged.has(`${id}#${recipient}#${kind}`)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a transfer of which some events are never heard of', () => {
  it('comes to an end that is told of, once', async () => {
    await fc.assert(
      fc.asyncProperty(heard({ minutes: 30 * 24 * 60, lost: true }), async (tried) =>
        holdsAlways(await live(tried)),
      ),
      { numRuns: 60 },
    );
  });
});

/** Each event at its hour, heard of after five minutes. */
const lived = (...acts: readonly (readonly [Act, number])[]) =>
  live(acts.map(([act, hour]) => ({ act, hour, after: 5, twice: false, lost: false })));
const told = ({ world }: Awaited<ReturnType<typeof live>>) =>
  [...world.staged.keys()].filter((id) => !id.startsWith('register#')).sort();

describe('what is told of', () => {
  it('a recall: that it was recalled, and no report', async () => {
    for (const act of ['recall', 'recall in the console'] as const) {
      const ids = told(await lived(['deposit', 8], ['NO_THREATS_FOUND', 8], [act, 9]));
      expect(ids.filter((id) => id.endsWith('#recalled'))).toHaveLength(1);
      expect(ids.filter((id) => /not-collected|expired/.test(id))).toEqual([]);
    }
  });

  it.each([
    ['THREATS_FOUND', 4, 1],
    ['UNSUPPORTED', 3, 0],
  ] as const)(
    '%s: the verdict, to the owner and to recipients, and no report',
    async (act, severity, alarms) => {
      const life = await lived(['deposit', 8], [act, 9]);
      expect(told(life)).toEqual(['event-0#deposited', 'event-1#scanned']);
      const scanned = (life.world.entries() as never as Entry[]).find(
        ({ metadata }) => metadata.event_code === 'scanned',
      );
      expect(scanned?.severity_id).toBe(severity);
      expect(life.world.staged.get('event-1#scanned')?.organisations).toHaveLength(3);
      expect(life.world.metric('ThreatsFound')).toHaveLength(alarms);
      expect(life.world.told('threat-found')).toHaveLength(alarms);
    },
  );

  it.each(['FAILED', 'ACCESS_DENIED'] as const)(
    '%s: that it was not collected by the deadline, and why',
    async (act) => {
      const life = await lived(['deposit', 8], [act, 9]);
      expect(told(life).filter((id) => id.endsWith('#not-collected'))).toEqual([
        'event-0#camden#not-collected',
        'event-0#leeds#not-collected',
      ]);
      expect(life.world.told('not-collected')).toMatchObject([
        { release: 'scan-failed' },
        { release: 'scan-failed' },
      ]);
      expect(life.world.metric('ThreatsFound')).toEqual([]);
    },
  );

  it('a rejection by the gate: the decision with its contract, to all parties, and no report', async () => {
    const life = await lived(['deposit', 8], ['NO_THREATS_FOUND', 8], ['the gate rejects', 9]);
    expect(told(life)).toEqual([
      'event-0#deposited',
      'event-1#scanned',
      'event-2#rejected',
      'event-2-tag#gated',
    ]);
    const rejected = (life.world.entries() as never as Entry[]).find(
      ({ metadata }) => metadata.event_code === 'rejected',
    );
    expect(rejected).toMatchObject({
      severity_id: 3,
      file: { version: 'event-0' },
      unmapped: { decision: 'rejected', contract: 'cd'.repeat(32), agreement: 'benefit-awards' },
    });
    expect(life.world.staged.get('event-2#rejected')?.organisations).toHaveLength(3);
  });

  it('a deposit that the gate never decided on: that it was not collected by the deadline, and why', async () => {
    const life = await lived(['deposit', 8], ['NO_THREATS_FOUND', 8], ['leeds collects', 9]);
    expect(life.world.told('not-collected')).toMatchObject([{ release: 'ungated' }, { release: 'ungated' }]);
  });

  it('a release and a read after it: no violation', async () => {
    const life = await lived(
      ['deposit', 8],
      ['NO_THREATS_FOUND', 8],
      ['the gate releases', 9],
      ['leeds collects', 10],
      ['camden collects', 11],
    );
    expect(told(life).filter((id) => /read|collected#v|not-collected/.test(id))).toEqual([]);
    expect(life.world.metric('Violations')).toEqual([]);
  });

  it('a recall that is undone: the violation, and that it was not collected after all', async () => {
    const life = await lived(
      ['deposit', 8],
      ['NO_THREATS_FOUND', 8],
      ['recall', 9],
      ['take the marker away', 100],
    );
    expect(told(life)).toEqual(
      expect.arrayContaining([
        'event-3#restored#violation',
        'event-0#leeds#not-collected',
        'event-0#leeds#expired',
      ]),
    );
  });
});
