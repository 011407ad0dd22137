/** Rollouts over a model of CloudFormation in many accounts: whatever fails, and wherever they are killed, they end complete or back, and every account’s state is known. */
import fc from 'fast-check';
import type { Fleet } from '../../lib/rollout/fleet';
import { secondsOfAll, USUAL_TEMPO } from '../../lib/rollout/forecast';
import { Journal } from '../../lib/rollout/journal';
import { carryOut, goBack, type Rollout } from '../../lib/rollout/run';
import type { Ending, RolloutEvent } from '../../lib/rollout/told';
import { stepsOf, USUAL_CAUTION, type Wave } from '../../lib/rollout/waves';
import { parseRolloutState, type RolloutState, rolloutStateText } from '../../lib/wire';
import { fleetOf, organisation } from './fleets';
import {
  expectedInModel,
  type Faults,
  ModelCloudFormation,
  NO_FAULTS,
  templateOf,
} from './model-cloudformation';
import { SimulatedClock } from './simulated-clock';

/** A machine on which rollouts run one after another, over accounts that live on. */
class Machine {
  readonly clock = new SimulatedClock();
  readonly cloud: ModelCloudFormation;
  readonly events: RolloutEvent[] = [];
  readonly stop = new AbortController();
  /** What is on the disk is the text of it. */
  saved: RolloutState;

  constructor(
    readonly fleet: Fleet,
    faults: Partial<Faults> = {},
    readonly caution = USUAL_CAUTION,
    readonly tempo = USUAL_TEMPO,
  ) {
    this.cloud = new ModelCloudFormation(fleet.stacks, { ...NO_FAULTS, ...faults }, this.clock);
    const side = { asOf: '2026-12-01', registerDigest: 'a'.repeat(64) };
    this.saved = {
      form: 'concordat-rollout-state/v1',
      plan: 'b'.repeat(64),
      before: side,
      after: side,
      done: [],
      stacks: Object.fromEntries(
        fleet.stacks.map(({ stack, account, region }) => [
          stack,
          { account, region, standing: 'waiting', runs: 'unknown' },
        ]),
      ),
    };
  }

  get steps() {
    return stepsOf(this.fleet, this.caution);
  }

  get state(): RolloutState {
    return parseRolloutState(rolloutStateText(this.saved), 'state');
  }

  /** Runs until it ends, or is killed at its n-th call: undefined then. */
  async run(act: (rollout: Rollout) => Promise<Ending> = carryOut, killedAt = Number.POSITIVE_INFINITY) {
    let calls = 0;
    let isDead = false;
    const dies = () => {
      calls += 1;
      isDead ||= calls >= killedAt;
      return isDead;
    };
    const save = (state: RolloutState) => {
      if (!isDead) this.saved = state;
    };
    return this.clock.until(
      act({
        steps: this.steps,
        tempo: this.tempo,
        clock: this.clock.ofRollout(),
        stop: this.stop.signal,
        tell: (event) => this.events.push(event),
        cloud: this.cloud.port(dies),
        journal: new Journal(this.state, save, () => this.clock.now()),
        changeSet: 'concordat-plan',
        expected: expectedInModel,
      }),
    );
  }

  /** What each stack truly runs. */
  truly(stack: string): string {
    const { status = '', template = '' } = this.cloud.held.get(stack) ?? {};
    if (status === '' || status === 'ROLLBACK_COMPLETE' || status === 'REVIEW_IN_PROGRESS') return 'nothing';
    return template === templateOf(stack, 'after')
      ? 'after'
      : template === templateOf(stack, 'before')
        ? 'before'
        : 'neither';
  }

  /** That the state on the disk is what is so, and that nothing is under way. */
  expectKnown(): void {
    for (const [stack, { standing, runs }] of Object.entries(this.state.stacks)) {
      const { status = '' } = this.cloud.held.get(stack) ?? {};
      expect([stack, status.endsWith('_IN_PROGRESS')]).toEqual([stack, false]);
      if (standing !== 'waiting') expect([stack, runs]).toEqual([stack, this.truly(stack)]);
      expect(standing).not.toBe('begun');
    }
  }
}

/** How many stacks are at what. */
function standings({ state }: Machine): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { standing } of Object.values(state.stacks)) sum[standing] = (sum[standing] ?? 0) + 1;
  return sum;
}

describe('400 organisations', () => {
  it('are through within the hour that was forecast, with throttling and lost answers', async () => {
    const machine = new Machine(fleetOf(400), { throttledEvery: 50, lostEvery: 30 });
    const began = machine.clock.now();
    expect(await machine.run()).toBe('through');
    const minutes = (machine.clock.now() - began) / 60_000;
    expect(minutes).toBeLessThan(60);
    expect(Math.abs(minutes - secondsOfAll(machine.steps, USUAL_TEMPO) / 60)).toBeLessThan(10);
    expect(standings(machine)).toEqual({ through: 401 });
    machine.expectKnown();
    expect(machine.cloud.executed).toHaveLength(401);
  }, 60_000);

  it('stop at the third wave, whose alarms go off, and put back what that wave did', async () => {
    const fleet = fleetOf(400);
    const third = stepsOf(fleet, USUAL_CAUTION)[3] as Wave;
    const alarm = third.stacks.slice(0, 5).map(({ stack }) => stack);
    const machine = new Machine(fleet, { alarm });
    expect(await machine.run()).toBe('stopped');
    machine.expectKnown();
    // The operator’s, the canary’s and the sectors’ stay; whatever of the third was begun is as it was.
    expect(standings(machine)).toEqual({ through: 5, failed: 5, back: 35, waiting: 356 });
    expect(machine.truly(third.stacks[6]?.stack ?? '')).toBe('before');
  }, 60_000);
});

describe('a change set that is not as planned', () => {
  it('is not executed; its stack stays as it was, and says what was found', async () => {
    const machine = new Machine(
      fleetOf(30),
      { wrongChangeSet: ['O20'] },
      { ...USUAL_CAUTION, tolerance: 100 },
    );
    expect(await machine.run()).toBe('failures');
    expect(machine.truly('O20')).toBe('before');
    expect(machine.cloud.executed).not.toContain('O20 after');
    expect(machine.state.stacks.O20).toMatchObject({
      standing: 'failed',
      runs: 'before',
      why: [
        'its change set is not what was planned',
        'Modify of Key (AWS::KMS::Key): the plan has nothing of it',
      ],
    });
    expect(standings(machine)).toEqual({ through: 30, failed: 1 });
  });

  it('leaves nothing of a stack that would have been new', async () => {
    const machine = new Machine(
      fleetOf(2, () => ({ change: 'new' })),
      { wrongChangeSet: ['O0'] },
    );
    await machine.run();
    expect(machine.cloud.held.has('O0')).toBe(false);
  });
});

it('takes nothing away until all that gives is through, and does not give it again where that fails', async () => {
  const takes = (n: number) => ({ takesAway: n >= 10 });
  const machine = new Machine(fleetOf(20, takes), { fail: ['O5'] }, { ...USUAL_CAUTION, tolerance: 50 });
  expect(await machine.run()).toBe('nothing-taken-away');
  expect(machine.cloud.executed.filter((each) => /O1\d/.test(each))).toEqual([]);
  const second = new Machine(
    fleetOf(20, takes),
    { fail: ['O12', 'O13'] },
    { ...USUAL_CAUTION, tolerance: 0 },
  );
  expect(await second.run()).toBe('stopped');
  expect(second.cloud.executed.filter((each) => each.endsWith('before'))).toEqual([]);
});

it('does not take a stack for one that failed where AWS does not show at once what was begun in it', async () => {
  const machine = new Machine(
    fleetOf(5, (n) => ({ change: n === 3 ? 'new' : 'changed' })),
    { shownAfter: 12 },
  );
  expect(await machine.run()).toBe('through');
  machine.expectKnown();
});

it('puts all of it back where that is asked, but for new stacks', async () => {
  const machine = new Machine(fleetOf(20, (n) => ({ change: n === 3 ? 'new' : 'changed' })));
  expect(await machine.run()).toBe('through');
  expect(await machine.run(goBack)).toBe('back');
  machine.expectKnown();
  expect(standings(machine)).toEqual({ back: 20, through: 1 });
  expect(machine.truly('O3')).toBe('after');
});

describe('an earlier run that was killed with stacks under way', () => {
  const caution = { ...USUAL_CAUTION, shares: [100], tolerance: 0 };
  /** Those that the state calls begun, and that AWS brings to their end. */
  const leftOpen = async (machine: Machine) => {
    for (let killedAt = 40; ; killedAt++) {
      expect(await machine.run(carryOut, killedAt)).toBeUndefined();
      const open = Object.keys(machine.state.stacks).filter(
        (each) => machine.cloud.held.get(each)?.status === 'UPDATE_IN_PROGRESS',
      );
      if (open.length > 1) return open;
    }
  };

  it('has those put back too, where all of it is to be', async () => {
    const machine = new Machine(fleetOf(10), {}, caution);
    await leftOpen(machine);
    expect(await machine.run(goBack)).toBe('back');
    machine.expectKnown();
    for (const { stack } of machine.fleet.stacks)
      expect([stack, machine.truly(stack)]).toEqual([stack, 'before']);
  });

  it('leaves to somebody else what they deployed in one of them meanwhile, and says so', async () => {
    const machine = new Machine(fleetOf(10), {}, caution);
    const [theirs = ''] = await leftOpen(machine);
    machine.cloud.held.set(theirs, { status: 'UPDATE_COMPLETE', template: 'of somebody else' });
    expect(await machine.run(goBack)).toBe('not-all-back');
    expect(machine.truly(theirs)).toBe('neither');
    expect(machine.state.stacks[theirs]?.why).toContain(
      'it runs something else than the plan was made from: make a new plan',
    );
  });

  it('has those put back too, where a later run stops before their turn', async () => {
    const machine = new Machine(fleetOf(10), {}, caution, { ...USUAL_TEMPO, atOnce: 3 });
    const open = await leftOpen(machine);
    // The first of the wave is edited meanwhile, and now one is worked on at a time.
    const [edited = ''] = open;
    machine.cloud.held.set(edited, { status: 'UPDATE_COMPLETE', template: 'edited by hand' });
    Object.defineProperty(machine, 'tempo', { value: { ...USUAL_TEMPO, atOnce: 1 } });
    expect(await machine.run()).toBe('stopped');
    machine.expectKnown();
    for (const each of open)
      if (each !== edited) expect([each, machine.truly(each)]).toEqual([each, 'before']);
  });

  it('is still known to have begun them where the next run cannot ask', async () => {
    const machine = new Machine(fleetOf(10), {}, caution);
    const open = await leftOpen(machine);
    machine.cloud.refused = true;
    await machine.run();
    machine.cloud.refused = false;
    expect(await machine.run()).toBe('through');
    for (const each of open) expect([each, machine.state.stacks[each]?.found]).toEqual([each, undefined]);
  });
});

it('puts back all of it where that was interrupted as a wave was put back', async () => {
  const machine = new Machine(fleetOf(20), { fail: ['O15'] }, { ...USUAL_CAUTION, tolerance: 0 });
  const tell = machine.events.push.bind(machine.events);
  machine.events.push = (event) => {
    if (event.kind === 'back') machine.stop.abort();
    return tell(event);
  };
  expect(await machine.run()).toBe('interrupted');
  Object.defineProperty(machine, 'stop', { value: new AbortController() });
  machine.events.push = tell;
  expect(await machine.run(goBack)).toBe('back');
  for (const { stack } of machine.fleet.stacks)
    expect([stack, machine.truly(stack)]).toEqual([stack, 'before']);
});

it('does not say that all is back where something is not, and tries that again', async () => {
  const machine = new Machine(fleetOf(5));
  expect(await machine.run()).toBe('through');
  machine.cloud.refused = true;
  expect(await machine.run(goBack)).toBe('not-all-back');
  machine.cloud.refused = false;
  expect(await machine.run(goBack)).toBe('back');
  machine.expectKnown();
  expect(standings(machine)).toEqual({ back: 6 });
});

it('goes on putting all of it back where that was killed, and ends in the words for that, without being asked again', async () => {
  const machine = new Machine(fleetOf(10));
  expect(await machine.run()).toBe('through');
  expect(await machine.run(goBack, 20)).toBeUndefined();
  expect(await machine.run()).toBe('back');
  machine.expectKnown();
  expect(standings(machine)).toEqual({ back: 11 });
  expect(machine.state).not.toHaveProperty('all');
});

it('does not go forward again where it was killed as it waited for what was under way, to put all of it back', async () => {
  const machine = new Machine(fleetOf(10));
  expect(await machine.run(carryOut, 30)).toBeUndefined();
  expect(await machine.run(goBack, 1)).toBeUndefined();
  expect(await machine.run()).toBe('back');
  for (const { stack } of machine.fleet.stacks)
    expect([stack, machine.truly(stack)]).toEqual([stack, 'before']);
});

it('does not put back what somebody else deployed after it was killed, and does not say that all is back', async () => {
  const machine = new Machine(fleetOf(10));
  expect(await machine.run()).toBe('through');
  machine.cloud.held.set('O4', { status: 'UPDATE_COMPLETE', template: 'of somebody else' });
  expect(await machine.run(goBack)).toBe('not-all-back');
  expect(machine.truly('O4')).toBe('neither');
  expect(machine.state.stacks.O4).toMatchObject({
    standing: 'stuck',
    runs: 'neither',
    why: ['it runs something else than the plan was made from: make a new plan'],
  });
});

it('leaves alone what somebody else deployed meanwhile, and says so', async () => {
  const machine = new Machine(
    fleetOf(10),
    { fail: ['O7'] },
    { ...USUAL_CAUTION, shares: [100], tolerance: 0 },
  );
  machine.cloud.held.set('O4', { status: 'UPDATE_COMPLETE', template: templateOf('O4', 'after') });
  expect(await machine.run()).toBe('stopped');
  expect(machine.state.stacks.O4).toMatchObject({ standing: 'through', found: true });
  expect(machine.truly('O4')).toBe('after');
});

it('does not touch a stack that runs something else than the plan was made from', async () => {
  const machine = new Machine(fleetOf(1));
  machine.cloud.held.set('O0', { status: 'UPDATE_COMPLETE', template: 'edited by hand' });
  expect(await machine.run()).toBe('stopped');
  expect(machine.state.stacks.O0).toMatchObject({ standing: 'stuck', runs: 'neither' });
  expect(machine.cloud.executed).toEqual(['Zone after']);
});

it('waits for what is done by hand, and goes on once it is', async () => {
  const trail = organisation('Trail', {
    account: '1',
    organisation: undefined,
    by: 'administrator',
    waitsFor: ['Zone'],
  });
  const { stacks } = fleetOf(3);
  const machine = new Machine({ stacks: [...stacks.slice(0, 1), ...stacks.slice(1)], asked: [] });
  const steps = stepsOf(
    { stacks: [...stacks.slice(0, 1), trail, ...stacks.slice(1)], asked: [] },
    USUAL_CAUTION,
  );
  Object.defineProperty(machine, 'steps', { get: () => steps });
  expect(await machine.run()).toBe('by-hand');
  expect(machine.cloud.executed).toEqual(['Zone after']);
  machine.saved = { ...machine.state, done: ['Trail'] };
  expect(await machine.run()).toBe('through');
});

it('begins no stack after it is interrupted, brings those under way to their end, and goes on later', async () => {
  const machine = new Machine(fleetOf(40));
  let seen = 0;
  const tell = machine.events.push.bind(machine.events);
  machine.events.push = (event) => {
    if (event.kind === 'stack' && ++seen === 6) machine.stop.abort();
    return tell(event);
  };
  expect(await machine.run()).toBe('interrupted');
  machine.expectKnown();
  expect(standings(machine).through).toBeLessThan(41);
  Object.defineProperty(machine, 'stop', { value: new AbortController() });
  expect(await machine.run()).toBe('through');
  expect(new Set(machine.cloud.executed).size).toBe(machine.cloud.executed.length);
});

/** Whatever goes wrong, and wherever it is killed. */
const scenes = fc.record({
  organisations: fc.integer({ min: 1, max: 24 }),
  created: fc.nat({ max: 3 }),
  takesAway: fc.nat({ max: 3 }),
  fail: fc.array(fc.nat({ max: 24 }), { maxLength: 3 }),
  getStuck: fc.array(fc.nat({ max: 24 }), { maxLength: 1 }),
  wrongChangeSet: fc.array(fc.nat({ max: 24 }), { maxLength: 1 }),
  alarm: fc.array(fc.nat({ max: 24 }), { maxLength: 2 }),
  throttledEvery: fc.constantFrom(0, 7, 20),
  lostEvery: fc.constantFrom(0, 3, 5),
  tolerance: fc.constantFrom(0, 20, 100),
  atOnce: fc.constantFrom(1, 3, 50),
  kills: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 4 }),
});

it('ends complete or back, with nothing half and every account known, whatever fails and wherever it is killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenes,
      async ({ organisations, created, takesAway, tolerance, atOnce, kills, ...drawn }) => {
        const named = (list: readonly number[]) => list.map((each) => `O${each}`);
        const { fail, getStuck, wrongChangeSet, alarm, throttledEvery, lostEvery } = drawn;
        const faults: Faults = {
          fail: named(fail),
          getStuck: named(getStuck),
          wrongChangeSet: named(wrongChangeSet),
          alarm: named(alarm),
          throttledEvery,
          lostEvery,
          shownAfter: 0,
        };
        const fleet = fleetOf(organisations, (n) => ({
          change: n < created ? 'new' : 'changed',
          takesAway: n >= created && n >= organisations - takesAway,
        }));
        const caution = { ...USUAL_CAUTION, tolerance };
        const machine = new Machine(fleet, faults, caution, { ...USUAL_TEMPO, atOnce });
        for (const killedAt of kills) if ((await machine.run(carryOut, killedAt)) !== undefined) break;
        const wasGoingBack = machine.state.back !== undefined;
        const ending = await machine.run();
        machine.expectKnown();
        const isNew = (name: string) =>
          fleet.stacks.some(({ stack, change }) => stack === name && change === 'new');
        const stuck = faults.getStuck.filter((each) => !isNew(each));
        const bad = new Set([...faults.fail, ...stuck, ...faults.wrongChangeSet, ...faults.alarm]);
        for (const { stack, change } of fleet.stacks) {
          const truth = machine.truly(stack);
          // Nothing is half: each runs one of the two, and what cannot be deployed was not.
          expect([change === 'new' ? 'nothing' : 'before', 'after']).toContain(truth);
          if (bad.has(stack)) expect([stack, truth]).not.toEqual([stack, 'after']);
        }
        const isAll = fleet.stacks.every(({ stack }) => machine.truly(stack) === 'after');
        if (!wasGoingBack) expect(isAll).toBe(ending === 'through');
        expect(machine.state.back).toBeUndefined();
        // A wave that went over what was tolerated has left nothing of a stack that it changed, where that gives.
        if (ending === 'stopped' && kills.length === 0) {
          const at = machine.steps.findLast(
            (step): step is Wave =>
              step.kind === 'wave' &&
              step.stacks.some(({ stack }) => machine.state.stacks[stack]?.standing !== 'waiting'),
          );
          if (at !== undefined && !at.takesAway)
            for (const { stack, change } of at.stacks)
              if (change === 'changed') expect([stack, machine.truly(stack)]).toEqual([stack, 'before']);
        }
        // Nobody is taken anything from while somebody who is to be given something waits.
        const gives = fleet.stacks.filter(({ takesAway: takes }) => !takes);
        const executed = machine.cloud.executed;
        const firstTaken = executed.findIndex((each) =>
          fleet.stacks.some(({ stack, takesAway: takes }) => takes && each === `${stack} after`),
        );
        if (firstTaken >= 0)
          for (const { stack } of gives) expect(executed.indexOf(`${stack} after`)).toBeLessThan(firstTaken);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);
