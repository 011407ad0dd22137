/** The engine’s own definition, run over hundreds of accounts of the model: it ends complete or back, with nothing half and every account known. */
import { rolloutDefinition } from '../../../lib/constructs/rollout/machine';
import { engineCost } from '../../../lib/rollout/engine-cost';
import type { Fleet } from '../../../lib/rollout/fleet';
import { USUAL_TEMPO } from '../../../lib/rollout/forecast';
import { stepsOf, USUAL_CAUTION, type Wave } from '../../../lib/rollout/waves';
import { fleetOf } from '../fleets';
import { type Faults, templateOf } from '../model-cloudformation';
import { SimulatedClock } from '../simulated-clock';
import { EngineWorld } from './accounts';
import { type Ended, Failure, Interpreter } from './interpreter';

const PARTS = {
  functionArn: 'arn:aws:lambda:eu-west-2:100000000003:function:concordat-rollout-step',
  bucket: 'concordat-rollout-100000000003-eu-west-2-an',
  table: 'concordat-rollout',
} as const;
const LAMBDA = 'arn:aws:states:::lambda:invoke';
/** As whoever waits is told of it. */
const ALL_THROUGH = { status: 'SUCCEEDED', output: { through: 'all' } };
const DEFINITION = rolloutDefinition({ ...PARTS, approval: 'where-access-widens' });

class Engine {
  readonly clock = new SimulatedClock();
  readonly world: EngineWorld;
  readonly interpreter: Interpreter;

  constructor(
    readonly fleet: Fleet,
    faults: Partial<Faults> = {},
    readonly caution = USUAL_CAUTION,
    widens = false,
    tempo = USUAL_TEMPO,
    definition = DEFINITION,
    runsAtOnce = Number.POSITIVE_INFINITY,
  ) {
    this.world = new EngineWorld(fleet, this.clock, { caution, tempo, faults, widens });
    this.interpreter = new Interpreter(
      definition,
      this.clock,
      this.#servicesWith(runsAtOnce),
      (bucket, key, version) => this.world.items(bucket, key, version),
    );
    this.world.statusOf = (execution) => this.interpreter.executions.get(execution);
  }

  /** Lambda runs so many at once, each for a few seconds, and refuses the others. */
  #servicesWith(runsAtOnce: number): ReturnType<EngineWorld['services']> {
    const services = this.world.services();
    const invoke = services[LAMBDA];
    if (runsAtOnce === Number.POSITIVE_INFINITY || invoke === undefined) return services;
    let running = 0;
    const within: typeof invoke = async (...asked) => {
      if (running >= runsAtOnce) throw new Failure('Lambda.TooManyRequestsException');
      running += 1;
      try {
        await this.clock.sleep(5_000);
        return await invoke(...asked);
      } finally {
        running -= 1;
      }
    };
    return { ...services, [LAMBDA]: within };
  }

  /** Runs, and is killed after so many minutes if it has not ended. */
  async run(killedAfter?: number): Promise<Ended | undefined> {
    const { ended, stop } = this.interpreter.start({ order: this.world.order });
    if (killedAfter !== undefined) void this.clock.sleep(killedAfter * 60_000).then(stop);
    return this.clock.until(ended);
  }

  truly(stack: string): string {
    const { status = '', template = '', next } = this.world.cloud.held.get(stack) ?? {};
    if (next !== undefined) return 'under way';
    if (status === '' || status === 'ROLLBACK_COMPLETE' || status === 'REVIEW_IN_PROGRESS') return 'nothing';
    if (template === templateOf(stack, 'after')) return 'after';
    return template === templateOf(stack, 'before') ? 'before' : 'neither';
  }

  /** That the table says what is so, of each stack that it has, and that nothing is under way. */
  expectKnown(): void {
    for (const { stack } of this.fleet.stacks) {
      const truth = this.truly(stack);
      expect([stack, truth]).not.toEqual([stack, 'under way']);
      const noted = this.world.table.get(stack);
      if (noted === undefined) expect([stack, truth]).toEqual([stack, 'before']);
      else {
        expect([stack, noted.runs]).toEqual([stack, truth]);
        expect([stack, noted.standing]).not.toEqual([stack, 'begun']);
      }
    }
  }

  standings(): Record<string, number> {
    const sum: Record<string, number> = {};
    for (const { standing } of this.world.table.values()) sum[standing] = (sum[standing] ?? 0) + 1;
    return sum;
  }
}

it('refuses a definition with a field or a state that it does not know, and two states of one name', () => {
  const clock = new SimulatedClock();
  const odd = JSON.stringify({
    StartAt: 'A',
    States: { A: { Type: 'Wait', Seconds: 1, Assign: {}, Next: 'B' }, C: { Type: 'Parallel' } },
  });
  expect(() => new Interpreter(odd, clock, {}, () => [])).toThrow(
    'not known here: /A.Assign, /A to B, /C: Parallel',
  );
  const inner = {
    ProcessorConfig: { Mode: 'INLINE' },
    StartAt: 'A',
    States: { A: { Type: 'Pass', End: true } },
  };
  const twice = JSON.stringify({
    StartAt: 'A',
    States: { A: { Type: 'Map', ItemProcessor: inner, Next: 'A' } },
  });
  expect(() => new Interpreter(twice, clock, {}, () => [])).toThrow('not known here: A twice');
});

describe('400 organisations', () => {
  it('are through within the hour, with throttling and lost answers', async () => {
    const engine = new Engine(fleetOf(400), { throttledEvery: 50, lostEvery: 30 });
    const began = engine.clock.now();
    expect(await engine.run()).toEqual(ALL_THROUGH);
    const minutes = (engine.clock.now() - began) / 60_000;
    expect(engine.standings()).toEqual({ through: 401 });
    engine.expectKnown();
    expect(minutes).toBeLessThan(60);
    // What a dry run says before, it comes to, with some more where AWS was asked again.
    const { transitions, runs } = engineCost(stepsOf(engine.fleet, USUAL_CAUTION), USUAL_TEMPO, 401);
    const { used } = engine.interpreter;
    expect(used.transitions / transitions).toBeGreaterThan(0.8);
    expect(used.transitions / transitions).toBeLessThan(1.1);
    expect((used.calls.get(LAMBDA) ?? 0) / runs).toBeLessThan(1.1);
  });

  it('stop at the third wave, whose alarms go off, and put back what that wave did', async () => {
    const fleet = fleetOf(400);
    const third = stepsOf(fleet, USUAL_CAUTION)[3] as Wave;
    const alarm = third.stacks.slice(0, 5).map(({ stack }) => stack);
    const engine = new Engine(fleet, { alarm, throttledEvery: 50 });
    expect(await engine.run()).toEqual({ status: 'FAILED', error: 'WaveStopped' });
    await engine.clock.until(engine.clock.sleep(3_600_000));
    engine.expectKnown();
    for (const { stack } of third.stacks) expect([stack, engine.truly(stack)]).toEqual([stack, 'before']);
    const { through, ...rest } = engine.standings();
    expect(through).toBe(5);
    expect(Object.keys(rest).sort()).toEqual(['back', 'failed']);
  });
});

it('goes through where Lambda runs ten at once, as in a new account, though a hundred accounts ask', async () => {
  const engine = new Engine(fleetOf(400), {}, USUAL_CAUTION, false, USUAL_TEMPO, DEFINITION, 10);
  expect(await engine.run()).toEqual(ALL_THROUGH);
  expect(engine.standings()).toEqual({ through: 401 });
  engine.expectKnown();
  expect(engine.interpreter.used.events).toBeLessThan(2_500);
});

it('holds a thousand accounts, far below what AWS takes of payloads and histories', async () => {
  const engine = new Engine(fleetOf(1000), { throttledEvery: 50 }, USUAL_CAUTION, false, {
    ...USUAL_TEMPO,
    watch: 0,
  });
  expect(await engine.run()).toEqual(ALL_THROUGH);
  expect(engine.standings()).toEqual({ through: 1001 });
  expect(engine.interpreter.used.bytes).toBeLessThan(1_200);
  // AWS takes 262,144 bytes; a history of 25,000 events is full: each account has one of its own, and the waves together have one.
  expect(engine.interpreter.used.events).toBeLessThan(200);
});

describe('a plan of which something fails', () => {
  const caution = { ...USUAL_CAUTION, tolerance: 100 };

  it('goes on within what is tolerated; a wrong change set is not executed, and the table says why', async () => {
    const engine = new Engine(
      fleetOf(30),
      { wrongChangeSet: ['O20'], fail: ['O21'], getStuck: ['O22'] },
      caution,
    );
    expect(await engine.run()).toEqual({ status: 'SUCCEEDED', output: { through: 'some' } });
    engine.expectKnown();
    expect(engine.standings()).toEqual({ through: 28, failed: 2, stuck: 1 });
    expect(engine.world.cloud.executed).not.toContain('O20 after');
    expect(JSON.parse(engine.world.table.get('O20')?.why ?? '')).toEqual([
      'its change set is not what was planned',
      'Modify of Key (AWS::KMS::Key): the plan has nothing of it',
    ]);
  });

  it('is told by whoever starts it as long as an account fails, and no longer', async () => {
    const engine = new Engine(fleetOf(30), { fail: ['O21'] }, caution);
    const begun = engine.clock.now() / 1000;
    expect(await engine.run()).toEqual({ status: 'SUCCEEDED', output: { through: 'some' } });
    // The line outlives the rollout, and what Step Functions remembers of it, and is then let go of.
    expect([...engine.world.failures.values()]).toEqual([begun + 90 * 24 * 3600]);
    Object.assign(engine.world.cloud.faults, { fail: [] });
    expect(await engine.run()).toEqual(ALL_THROUGH);
    engine.expectKnown();
    expect(engine.standings()).toEqual({ through: 31 });
  });

  it('leaves nothing of a stack that would have been new, and keeps new ones where a wave goes back', async () => {
    const engine = new Engine(
      fleetOf(8, (n) => ({ change: n > 4 ? 'new' : 'changed' })),
      { wrongChangeSet: ['O7'] },
      { ...USUAL_CAUTION, shares: [100], tolerance: 0 },
    );
    expect(await engine.run()).toEqual({ status: 'FAILED', error: 'WaveStopped' });
    await engine.clock.until(engine.clock.sleep(3_600_000));
    engine.expectKnown();
    expect(engine.truly('O7')).toBe('nothing');
    expect(engine.world.cloud.held.has('O7')).toBe(false);
    for (const each of ['O5', 'O6']) expect(engine.world.cloud.executed).not.toContain(`${each} before`);
  });

  it('takes nothing away where one that gives has failed, and does not give again what was taken away', async () => {
    const takes = (n: number) => ({ takesAway: n >= 10 });
    const first = new Engine(fleetOf(20, takes), { fail: ['O5'] }, { ...USUAL_CAUTION, tolerance: 50 });
    expect(await first.run()).toEqual({ status: 'FAILED', error: 'WaveStopped' });
    expect(first.world.cloud.executed.filter((each) => /O1\d/.test(each))).toEqual([]);
    const second = new Engine(fleetOf(20, takes), { fail: ['O13'] }, { ...USUAL_CAUTION, tolerance: 0 });
    expect(await second.run()).toEqual({ status: 'FAILED', error: 'WaveStopped' });
    await second.clock.until(second.clock.sleep(3_600_000));
    second.expectKnown();
    expect(second.world.cloud.executed.filter((each) => each.endsWith('before'))).toEqual([]);
  });

  it('touches nothing that somebody else deployed, forwards or back', async () => {
    const engine = new Engine(
      fleetOf(10),
      { fail: ['O7'] },
      { ...USUAL_CAUTION, shares: [100], tolerance: 1 },
    );
    engine.world.cloud.held.set('O4', { status: 'UPDATE_COMPLETE', template: templateOf('O4', 'after') });
    engine.world.cloud.held.set('O5', { status: 'UPDATE_COMPLETE', template: 'of somebody else' });
    expect(await engine.run()).toEqual({ status: 'FAILED', error: 'WaveStopped' });
    await engine.clock.until(engine.clock.sleep(3_600_000));
    expect(engine.world.table.get('O4')).toMatchObject({ standing: 'through', found: 'yes' });
    expect(engine.world.table.get('O5')).toMatchObject({ standing: 'stuck', runs: 'neither' });
    expect(engine.world.cloud.executed.filter((each) => /O[45] /.test(each))).toEqual([]);
    engine.expectKnown();
  });
});

it('goes on from wherever it was killed, and changes nothing twice', async () => {
  for (const minutes of [9, 17.5, 23]) {
    const engine = new Engine(fleetOf(40), { throttledEvery: 20, lostEvery: 9 });
    expect(await engine.run(minutes)).toEqual({ status: 'ABORTED' });
    // Nobody is at work, and CloudFormation brings what was begun to its end.
    await engine.clock.until(engine.clock.sleep(600_000));
    expect(await engine.run()).toEqual(ALL_THROUGH);
    engine.expectKnown();
    expect(engine.standings()).toEqual({ through: 41 });
    expect(new Set(engine.world.cloud.executed).size).toBe(engine.world.cloud.executed.length);
    for (const { found } of engine.world.table.values()) expect(found).toBe('no');
  }
});

it('carries one order out at a time: a second start begins nothing, and one that has ended holds up nobody', async () => {
  const engine = new Engine(fleetOf(12));
  const first = engine.interpreter.start({ order: engine.world.order });
  await engine.clock.until(engine.clock.sleep(300_000));
  const before = [...engine.world.cloud.executed];
  expect(await engine.run()).toEqual({ status: 'FAILED', error: 'AnotherIsUnderWay' });
  expect(engine.world.cloud.executed).toEqual(before);
  expect(await engine.clock.until(first.ended)).toEqual(ALL_THROUGH);
  expect(await engine.run()).toEqual(ALL_THROUGH);
  // Of what ended long ago Step Functions knows nothing any more.
  engine.world.holder = 'forgotten';
  expect(await engine.run()).toEqual(ALL_THROUGH);
  expect(new Set(engine.world.cloud.executed).size).toBe(engine.world.cloud.executed.length);
});

it('executes nothing of a file that was changed after the order was opened', async () => {
  const engine = new Engine(fleetOf(3), {}, { ...USUAL_CAUTION, tolerance: 0 }, true);
  const { ended } = engine.interpreter.start({ order: engine.world.order });
  await engine.clock.until(engine.clock.sleep(60_000));
  const key = `orders/${engine.world.order}/stacks/O1.json`;
  engine.world.files.set(key, (engine.world.files.get(key) ?? '').replace('template.json', 'another.json'));
  engine.world.approve?.('');
  expect(await engine.clock.until(ended)).toEqual({ status: 'FAILED', error: 'WaveStopped' });
  expect(engine.world.cloud.executed.filter((each) => each.startsWith('O1 '))).toEqual([]);
  expect(engine.world.table.get('O1')).toMatchObject({ runs: 'unknown', why: '["OrderUnfit"]' });
});

it('goes over the accounts of a wave as they were when the order was opened, whatever lies in their place later', async () => {
  const engine = new Engine(fleetOf(3), {}, USUAL_CAUTION, true);
  const { ended } = engine.interpreter.start({ order: engine.world.order });
  await engine.clock.until(engine.clock.sleep(60_000));
  const waves = [...engine.world.files.keys()].filter((key) => key.includes('/waves/'));
  for (const key of waves) engine.world.files.set(key, '[]');
  engine.world.approve?.('');
  expect(await engine.clock.until(ended)).toEqual(ALL_THROUGH);
  expect(engine.standings()).toEqual({ through: 4 });
});

it('waits for a second person whatever an order says of itself, unless the register believes orders', async () => {
  const definition = rolloutDefinition({ ...PARTS, approval: 'every-rollout' });
  const engine = new Engine(fleetOf(3), {}, USUAL_CAUTION, false, USUAL_TEMPO, definition);
  const { ended } = engine.interpreter.start({ order: engine.world.order });
  await engine.clock.until(engine.clock.sleep(3_600_000));
  expect(engine.world.cloud.executed).toEqual([]);
  engine.world.approve?.('');
  expect(await engine.clock.until(ended)).toEqual(ALL_THROUGH);
});

describe('a plan that widens access', () => {
  it('waits for a second person, and begins nothing before', async () => {
    const engine = new Engine(fleetOf(3), {}, USUAL_CAUTION, true);
    const { ended } = engine.interpreter.start({ order: engine.world.order });
    await engine.clock.until(engine.clock.sleep(3_600_000));
    expect(engine.world.cloud.executed).toEqual([]);
    expect(engine.world.tokens).toHaveLength(1);
    engine.world.approve?.('');
    expect(await engine.clock.until(ended)).toEqual(ALL_THROUGH);
    expect(engine.standings()).toEqual({ through: 4 });
  });

  it('ends where nobody approves it in three days', async () => {
    const engine = new Engine(fleetOf(3), {}, USUAL_CAUTION, true);
    expect(await engine.run()).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(engine.world.cloud.executed).toEqual([]);
  });
});

it('begins nothing by an order of which a file is missing or another', async () => {
  const engine = new Engine(fleetOf(3));
  const key = `orders/${engine.world.order}/stacks/O1.json`;
  engine.world.files.set(key, (engine.world.files.get(key) ?? '').replace('O1', 'O2'));
  expect(await engine.run()).toEqual({ status: 'FAILED', error: 'OrderUnfit' });
  engine.world.files.delete(key);
  expect(await engine.run()).toMatchObject({ status: 'FAILED' });
  expect(engine.world.cloud.executed).toEqual([]);
});

it('asks CloudFormation in each account as the role of that account', async () => {
  const engine = new Engine(fleetOf(2));
  await engine.run();
  expect([...engine.world.roles].sort()).toEqual([
    'O0 arn:aws:iam::100000000000:role/cdk-concordat-deploy-role-100000000000-eu-west-2',
    'O1 arn:aws:iam::100000000001:role/cdk-concordat-deploy-role-100000000001-eu-west-2',
    'Zone arn:aws:iam::000000000002:role/cdk-concordat-deploy-role-000000000002-eu-west-2',
  ]);
});
