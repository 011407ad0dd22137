/** That the life of a transfer does not depend on how its events arrive, and ends once for each recipient. */
import fc from 'fast-check';
import { markKeyOf, type TransferState, transfersOf } from '../../lib/transfers/life-cycle';
import { LATENESS, LOOK_AGAIN, outcomeId, reviewOf } from '../../lib/transfers/review';
import type { DepositMark, LaterMark, Mark } from '../../lib/wire';

const END = '2026-10-20T00:00:00Z';
const DAY = 86_400_000;
const at = (day: number, hour = 0, second = 0) =>
  `2026-10-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:${String(second).padStart(2, '0')}Z`;
const given = (day: number, hour = 0, id = `d${day}-${hour}`, version?: string): DepositMark => ({
  kind: 'deposited',
  id,
  time: at(day, hour),
  agreement: 'benefit-awards',
  owner: 'dwp',
  recipients: ['camden', 'leeds'],
  collectBy: at(day + 3, hour),
  version,
});
const later = (kind: LaterMark['kind'], day: number, more: Partial<LaterMark> = {}): LaterMark => ({
  kind,
  id: `${kind}-${day}-${more.recipient ?? ''}${more.scan ?? ''}`,
  time: at(day, 1),
  ...more,
});
const lives = (marks: Iterable<Mark>, now = at(15)) => transfersOf(marks, () => END, now);
const states = (transfers: readonly TransferState[]) =>
  transfers.map(({ recipients }) =>
    recipients.map(({ recipient, state }) => `${recipient} ${state}`).join(', '),
  );

const collected = (day: number, recipient: string) => later('collected', day, { recipient });
const clean = later('scanned', 1, { scan: 'NO_THREATS_FOUND' });
const infected = later('scanned', 1, { scan: 'THREATS_FOUND' });

describe('a transfer', () => {
  it.each<[string, Mark[], string]>([
    ['waits', [given(1)], 'camden open, leeds open'],
    [
      'is collected by each recipient by itself',
      [given(1), collected(2, 'leeds')],
      'camden open, leeds collected',
    ],
    [
      'is recalled for whoever has not collected',
      [given(1), collected(2, 'leeds'), later('recalled', 3)],
      'camden recalled, leeds collected',
    ],
    ['is rejected', [given(1), infected], 'camden rejected, leeds rejected'],
    [
      'is released by a later scan',
      [given(1), infected, later('scanned', 2, { scan: 'NO_THREATS_FOUND' })],
      'camden open, leeds open',
    ],
    [
      'is rejected by a later scan',
      [given(1), clean, later('scanned', 2, { scan: 'THREATS_FOUND' })],
      'camden rejected, leeds rejected',
    ],
    [
      'is rejected where it can’t be scanned',
      [given(1), later('scanned', 1, { scan: 'UNSUPPORTED' })],
      'camden rejected, leeds rejected',
    ],
    [
      'goes on waiting where the scan failed, which is no verdict',
      [given(1), later('scanned', 1, { scan: 'FAILED' })],
      'camden open, leeds open',
    ],
    [
      'goes on waiting where the scan was refused',
      [given(1), later('scanned', 1, { scan: 'ACCESS_DENIED' })],
      'camden open, leeds open',
    ],
    [
      'is rejected for whoever has not collected, where a scan finds a threat afterwards',
      [given(1), clean, collected(2, 'leeds'), later('scanned', 3, { scan: 'THREATS_FOUND' })],
      'camden rejected, leeds collected',
    ],
    [
      'is there again without its delete marker',
      [given(1), later('recalled', 2, { marker: 'm1' }), later('restored', 3, { marker: 'm1' })],
      'camden open, leeds open',
    ],
    [
      'stays recalled by another delete marker',
      [
        given(1),
        later('recalled', 2, { marker: 'm1' }),
        later('recalled', 3, { marker: 'm2' }),
        later('restored', 4, { marker: 'm2' }),
      ],
      'camden recalled, leeds recalled',
    ],
    [
      'stays as it was under a verdict that the log does not show',
      [given(1), infected, later('scanned', 2)],
      'camden rejected, leeds rejected',
    ],
    [
      'is not collected before it was deposited',
      [given(5), collected(2, 'leeds')],
      'camden open, leeds open',
    ],
  ])('%s', (_, marks, expected) => expect(states(lives(marks))).toEqual([expected]));

  it('expires with the agreement', () => {
    expect(states(lives([given(1), collected(2, 'leeds')], END))).toEqual([
      'camden expired, leeds collected',
    ]);
  });

  it('ends when its object is deposited anew, and reads then are of the new one', () => {
    expect(states(lives([given(1), collected(2, 'leeds'), given(3), collected(4, 'camden')]))).toEqual([
      'camden recalled, leeds collected',
      'camden collected, leeds open',
    ]);
  });

  it('is recalled by its version, whenever that is', () => {
    const recall = later('recalled', 4, { version: 'v1' });
    expect(states(lives([given(1, 0, 'a', 'v1'), given(3, 0, 'b', 'v2'), recall]))).toEqual([
      'camden recalled, leeds recalled',
      'camden open, leeds open',
    ]);
  });

  it('keeps reads of one second by one recipient as one', () => {
    const twice = [given(1), collected(2, 'leeds'), { ...collected(2, 'leeds'), id: 'another part' }];
    expect(new Set(twice.map(markKeyOf)).size).toBe(2);
    expect(lives(twice)).toEqual(lives(twice.slice(0, 2)));
  });
});

const gated = (day: number, decision: 'released' | 'rejected', hour = 1): LaterMark => ({
  kind: 'gated',
  id: `gated-${day}-${decision}`,
  time: at(day, hour),
  decision,
});
const withGate = (day: number, hour = 0): DepositMark => ({ ...given(day, hour), gated: true });
const threat = later('scanned', 3, { scan: 'THREATS_FOUND' });

describe('a transfer of an owner with a release gate', () => {
  it.each<[string, Mark[], string, string]>([
    ['waits for the scan', [withGate(1)], 'awaiting', 'camden open, leeds open'],
    ['waits for the gate', [withGate(1), clean], 'ungated', 'camden open, leeds open'],
    ['is released', [withGate(1), clean, gated(1, 'released')], 'released', 'camden open, leeds open'],
    [
      'is rejected',
      [withGate(1), clean, gated(1, 'rejected')],
      'rejected',
      'camden rejected, leeds rejected',
    ],
    [
      'is released, though the log does not show the scan’s verdict',
      [withGate(1), later('scanned', 1), gated(1, 'released')],
      'released',
      'camden open, leeds open',
    ],
    [
      'stays rejected, though another scan finds it clean',
      [withGate(1), clean, gated(1, 'rejected'), later('scanned', 2, { scan: 'NO_THREATS_FOUND' })],
      'rejected',
      'camden rejected, leeds rejected',
    ],
    [
      'is closed again by a scan that finds a threat',
      [withGate(1), clean, gated(1, 'released'), threat],
      'infected',
      'camden rejected, leeds rejected',
    ],
    [
      'is collected for good, though a scan finds a threat afterwards',
      [withGate(1), clean, gated(1, 'released'), collected(2, 'leeds'), threat],
      'infected',
      'camden rejected, leeds collected',
    ],
  ])('%s', (_, marks, release, expected) => {
    expect([lives(marks)[0]?.release, ...states(lives(marks))]).toEqual([release, expected]);
  });

  const read = (marks: Mark[]) =>
    lives(marks).map(({ recipients }) => recipients.map(({ unreleased }) => unreleased === true));

  it('is read against the rules where nothing shows that it was released before, and not otherwise', () => {
    const leeds = collected(2, 'leeds');
    expect(read([withGate(1), clean, leeds])).toEqual([[false, true]]);
    expect(read([withGate(1), clean, gated(1, 'rejected'), leeds])).toEqual([[false, true]]);
    expect(read([withGate(1), clean, gated(3, 'released'), leeds])).toEqual([[false, true]]);
    expect(read([withGate(1), clean, gated(1, 'released'), leeds])).toEqual([[false, false]]);
    // Before there was a gate, and while a new one is uploaded over one that is being read.
    expect(read([given(1), clean, leeds])).toEqual([[false, false]]);
    const over: DepositMark = { ...withGate(2, 1), id: 'over' };
    expect(read([withGate(1), clean, gated(1, 'released'), over, leeds])).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  it('is told of as read against the rules once the log of its release can be no more on its way, once', () => {
    const [state] = lives([withGate(1), clean, collected(2, 'leeds')]);
    if (!state) throw new Error('there is no transfer');
    const known = Date.parse(at(2, 1)) + LATENESS;
    expect(reviewOf(state, known - 1, known - 1).outcomes).toEqual([]);
    expect(reviewOf(state, known - 1, known - 1).next).toBe(known);
    const [told] = reviewOf(state, known, known).outcomes;
    expect(told).toMatchObject({
      kind: 'unreleased-read',
      recipient: 'leeds',
      time: at(2, 1),
      release: 'ungated',
    });
  });

  it('is over for whoever it was rejected for, without a report of non-delivery', () => {
    const [state] = lives([withGate(1), clean, gated(1, 'rejected')]);
    if (!state) throw new Error('there is no transfer');
    expect(reviewOf(state, Date.parse(at(15)), Date.parse(at(15)))).toEqual({
      outcomes: [],
      next: undefined,
      waitsSince: undefined,
    });
  });
});

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc
    .record({ day: fc.nat(9), hour: fc.nat(3), gate: fc.boolean() })
    .map(({ day, hour, gate }) => (gate ? withGate(day + 1, hour) : given(day + 1, hour))),
  fc
    .record({
      day: fc.nat(9),
      hour: fc.nat(3),
      decision: fc.constantFrom('released' as const, 'rejected' as const),
    })
    .map(({ day, hour, decision }) => gated(day + 1, decision, hour)),
  fc
    .record({
      kind: fc.constantFrom('scanned' as const, 'collected' as const, 'recalled' as const),
      day: fc.nat(9),
      hour: fc.nat(3),
      recipient: fc.constantFrom('camden', 'leeds'),
      scan: fc.constantFrom('NO_THREATS_FOUND', 'THREATS_FOUND', undefined),
    })
    .map(({ kind, day, hour, recipient, scan }) => ({
      kind,
      id: `${kind}-${day}-${hour}-${scan}`,
      time: at(day + 1, hour),
      ...(kind === 'collected' ? { recipient } : { scan: kind === 'scanned' ? scan : undefined }),
    })),
);
const history = fc.uniqueArray(mark, {
  maxLength: 14,
  selector: ({ id, time, kind }) => `${time}${kind}${id}`,
});

describe('whatever happens to an object', () => {
  it('has one state, in whichever order and however often its events arrive', () => {
    fc.assert(
      fc.property(
        history.chain((marks) =>
          fc.tuple(
            fc.constant(marks),
            fc.shuffledSubarray(marks, { minLength: marks.length }),
            fc.array(fc.constantFrom(...(marks.length > 0 ? marks : [given(1)])), {
              maxLength: marks.length,
            }),
          ),
        ),
        ([marks, shuffled, again]) =>
          expect(lives([...shuffled, ...again.filter((each) => marks.includes(each))])).toEqual(lives(marks)),
      ),
      { numRuns: 300 },
    );
  });

  it('has one transfer for each deposit, and one state for each recipient', () => {
    fc.assert(
      fc.property(history, (marks) => {
        const all = lives(marks);
        expect(all.map(({ deposit }) => deposit.id).sort()).toEqual(
          marks.flatMap(({ kind, id }) => (kind === 'deposited' ? [id] : [])).sort(),
        );
        for (const { recipients } of all)
          expect(recipients.map(({ recipient }) => recipient)).toEqual(['camden', 'leeds']);
      }),
      { numRuns: 200 },
    );
  });

  it('is over once its end is past, and says of each recipient who never collected that it did not, once', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(600), { maxLength: 8 }), (marks, hours) => {
        const told = new Map<string, string[]>();
        const end = Date.parse(END) + LATENESS;
        const moments = [
          ...hours
            .map((hour) => Date.parse(at(1)) + hour * 3_600_000)
            .filter((each) => each < end)
            .sort((a, b) => a - b),
          end,
        ];
        for (const now of moments) {
          // Only what has happened by then is known.
          const known = marks.filter(({ time }) => Date.parse(time) <= now);
          for (const state of lives(known, new Date(now).toISOString())) {
            const { outcomes, next } = reviewOf(state, now, now);
            for (const each of outcomes)
              told.set(outcomeId(each), [...(told.get(outcomeId(each)) ?? []), each.time]);
            if (now === end) expect(next).toBeUndefined();
            else if (next !== undefined) expect(next > now && next <= now + LOOK_AGAIN).toBe(true);
          }
        }
        for (const { deposit, recipients } of lives(marks, new Date(end).toISOString()))
          for (const { recipient, state } of recipients) {
            const reported = told.has(`${deposit.id}#${recipient}#not-collected`);
            if (state === 'expired') expect(reported).toBe(true);
            expect(told.has(`${deposit.id}#${recipient}#expired`)).toBe(state === 'expired');
          }
        // Told again it is the same, so it is staged once.
        for (const times of told.values()) expect(new Set(times).size).toBe(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the four things that a scan comes to', () => {
  it.each([
    ['NO_THREATS_FOUND', 'released'],
    ['THREATS_FOUND', 'infected'],
    ['UNSUPPORTED', 'unscannable'],
    ['FAILED', 'scan-failed'],
    ['ACCESS_DENIED', 'scan-failed'],
    ['A_WORD_OF_NEXT_YEAR', 'scan-failed'],
    [undefined, 'unknown'],
  ])('%s makes it %s', (scan, release) => {
    expect(lives([given(1), later('scanned', 1, { scan })]).map((each) => each.release)).toEqual([release]);
  });
});

describe('a report of non-delivery', () => {
  const review = (now: number, ...marks: Mark[]) => {
    const [state] = lives([given(1), ...marks], new Date(now).toISOString());
    if (!state) throw new Error('there is a deposit');
    return reviewOf(state, now, now);
  };
  const deadline = Date.parse(at(4)) + LATENESS;

  it('comes when the time to collect and that for late log files are over, and not before', () => {
    expect(review(deadline - 1)).toEqual({ outcomes: [], next: deadline });
    expect(review(deadline).outcomes.map(outcomeId)).toEqual([
      'd1-0#camden#not-collected',
      'd1-0#leeds#not-collected',
    ]);
  });

  it('is not made of whoever collected, nor of what was recalled or rejected', () => {
    expect(review(deadline, collected(2, 'leeds')).outcomes.map(outcomeId)).toEqual([
      'd1-0#camden#not-collected',
    ]);
    expect(review(deadline, later('recalled', 2))).toEqual({ outcomes: [], next: undefined });
    expect(review(deadline, infected).outcomes).toEqual([]);
    expect(review(deadline, later('scanned', 1, { scan: 'UNSUPPORTED' })).outcomes).toEqual([]);
  });

  it('is made where the scan failed, and says so', () => {
    expect(review(deadline, later('scanned', 1, { scan: 'FAILED' })).outcomes).toMatchObject([
      { kind: 'not-collected', recipient: 'camden', release: 'scan-failed' },
      { kind: 'not-collected', recipient: 'leeds', release: 'scan-failed' },
    ]);
  });

  it('may still come after a recall by a marker, which can be taken away', () => {
    const recall = later('recalled', 2, { marker: 'm1' });
    expect(review(deadline, recall)).toEqual({ outcomes: [], next: deadline + LOOK_AGAIN });
    expect(review(deadline, recall, later('restored', 3, { marker: 'm1' })).outcomes).toHaveLength(2);
  });

  it('is followed by another look: a week later at most, and when the agreement ends', () => {
    expect(review(deadline).next).toBe(deadline + LOOK_AGAIN);
    const late = Date.parse(END) - DAY;
    expect(review(late).next).toBe(Date.parse(END) + LATENESS);
  });

  it('comes with the end, where the agreement ends before the time to collect', () => {
    const [state] = transfersOf([given(1)], () => at(2), at(3));
    if (!state) throw new Error('there is a deposit');
    expect(
      reviewOf(state, Date.parse(at(2)) + LATENESS, Date.parse(at(2)) + LATENESS).outcomes.map(
        ({ kind, time }) => [kind, time],
      ),
    ).toEqual([
      ['not-collected', at(2)],
      ['expired', at(2)],
      ['not-collected', at(2)],
      ['expired', at(2)],
    ]);
  });
});
