/** `concordat rollout --engine`: one order is one execution, however often it is asked for and wherever it is cut off. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { opened } from '../../lambda/rollout-step/opening';
import { openAssembly } from '../../lib/assembly';
import { readValues } from '../../lib/commands/command-line';
import { rollout } from '../../lib/commands/rollout/rollout';
import { enginePlaceOf, type StartAsked, startedOnEngine } from '../../lib/commands/rollout/rollout-start';
import { EXIT } from '../../lib/commands/terminal';
import type { Ordered } from '../../lib/rollout';
import { realEngine } from '../../lib/rollout/aws/engine';
import { USUAL_TEMPO } from '../../lib/rollout/forecast';
import { orderOf } from '../../lib/rollout/order';
import type { Step } from '../../lib/rollout/waves';
import type { SavedPlan } from '../../lib/wire';
import { goldenIn } from '../golden';
import { afterFolder } from '../plan/pair';
import { ModelStart } from '../rollout/engine/model-start';
import { ENGINE_ACCOUNT } from '../stacks/rollout/engine-setting';
import { emptyFolder } from './captured-terminal';

const APPROVER = `arn:aws:iam::${ENGINE_ACCOUNT}:role/security/second-person`;
const DIGEST = /\b[0-9a-f]{40,64}\b/g;

let ordered: Ordered;
beforeAll(() => {
  const folder = join(emptyFolder(), 'cdk.out');
  cpSync(afterFolder(), folder, { recursive: true });
  const file = join(folder, 'register.json');
  const register = JSON.parse(readFileSync(file, 'utf8')) as { zone: object };
  const rollout = { account: ENGINE_ACCOUNT, approval: 'every-rollout', approvedBy: [APPROVER] };
  writeFileSync(file, JSON.stringify({ ...register, zone: { ...register.zone, rollout } }));
  const after = openAssembly(folder);
  const identity = { registerDigest: 'b'.repeat(64), asOf: '2026-12-01', program: 'c'.repeat(64) };
  const wave: Step = { kind: 'wave', name: 'canary', takesAway: false, stacks: [], tolerated: 0 };
  ordered = {
    plan: { before: identity, after: identity, widenings: [], stacks: [] } as unknown as SavedPlan,
    digest: 'a'.repeat(64),
    pair: { before: after, after },
    steps: [wave],
    tempo: USUAL_TEMPO,
    changeSet: 'concordat-plan',
    done: [],
  };
});

/** Asks for it once. */
async function start(model: ModelStart, given: Partial<StartAsked> = {}, what: Ordered = ordered) {
  const written = { out: '', err: '' };
  const write = (where: keyof typeof written) => (text: string) => {
    written[where] += text;
  };
  const code = await startedOnEngine(
    what,
    realEngine(enginePlaceOf(what), model.clients),
    {
      run: undefined,
      folder: 'cdk.out',
      json: false,
      clock: { now: () => Date.UTC(2027, 0, 5, 9, 25), pause: async () => {} },
      ...given,
    },
    { out: write('out'), err: write('err'), colour: false, cwd: '.' },
  );
  return { code, ...written };
}
const states = ({ executions }: ModelStart) => [...executions.values()].map(({ status }) => status);

/** After a change of wording: `UPDATE_GOLDEN=1 npx jest test/commands/rollout-start.test.ts`, and read it. */
it('uploads each file once, starts the engine, says who approves and how, and tells the end', async () => {
  const model = new ModelStart();
  const { code, out, err } = await start(model);
  expect(code).toBe(EXIT.clean);
  goldenIn(__dirname)('rollout-start.txt', `${err}---\n${out}`.replace(DIGEST, 'ORDER'));
  const { digest, files } = orderOf(ordered);
  expect(new Map(model.files)).toEqual(new Map(files));
  expect(model.inputs[0]).toMatchObject({
    Bucket: expect.stringMatching(`-rollout-${ENGINE_ACCOUNT}-eu-west-2-an$`),
    ExpectedBucketOwner: ENGINE_ACCOUNT,
    IfNoneMatch: '*',
    ChecksumSHA256: expect.any(String),
  });
  expect(model.inputs.at(-1)).toEqual({
    stateMachineArn: `arn:aws:states:eu-west-2:${ENGINE_ACCOUNT}:stateMachine:concordat-rollout`,
    name: `${digest.slice(0, 40)}-1`,
    input: JSON.stringify({ order: digest }),
  });
});

it('is one execution wherever it was cut off, and asked for again', async () => {
  const whole = new ModelStart();
  await start(whole);
  expect(whole.asked).toEqual([
    ...[...orderOf(ordered).files.keys()].map(() => 'PutObject'),
    'StartExecution',
    ...['DescribeExecution', 'DescribeExecution', 'DescribeExecution'],
  ]);
  for (const at of whole.asked.keys())
    for (const when of ['before', 'after'] as const) {
      const model = new ModelStart();
      model.cut = { at, when };
      const first = await start(model);
      expect([first.code, first.out]).toEqual([EXIT.unfinished, '']);
      expect(first.err).toMatch(/\nerror: the engine could not be asked \(|^error: the engine could not be/);
      // Nobody looked on meanwhile.
      for (const each of model.executions.values()) each.status = each.ends;
      const second = await start(model);
      expect([at, when, second.code, states(model)]).toEqual([at, when, EXIT.clean, ['SUCCEEDED']]);
    }
});

it('is the same execution for two who ask side by side', async () => {
  const model = new ModelStart();
  const both = await Promise.all([start(model), start(model)]);
  expect([both.map(({ code }) => code), states(model)]).toEqual([[EXIT.clean, EXIT.clean], ['SUCCEEDED']]);
});

it.each([
  ['some failed within what was tolerated', '{"through":"some"}', 0, EXIT.findings],
  ['all are through where some might have failed', '{"through":"all"}', 3, EXIT.clean],
  ['an earlier engine does not say, and none may fail', undefined, 0, EXIT.clean],
  ['an earlier engine does not say, and some may fail', '{"order":"x"}', 3, EXIT.findings],
])('%s: the exit code says whether something is to be looked at', async (_, output, tolerated, code) => {
  const model = new ModelStart();
  model.ends = { ends: 'SUCCEEDED', looks: 1, ...(output !== undefined && { output }) };
  const steps = ordered.steps.map((each) => ({ ...each, tolerated }) as Step);
  // Asked again later, it says the same.
  for (const which of ['first', 'again']) {
    const ended = await start(model, {}, { ...ordered, steps });
    expect([which, ended.code, ended.out.includes('failed within what was tolerated')]).toEqual([
      which,
      code,
      code === EXIT.findings,
    ]);
  }
  const json = await start(model, { json: true }, { ...ordered, steps });
  const end = JSON.parse(json.out.trim().split('\n').at(-1) ?? '');
  expect(end).toMatchObject({ event: 'end', through: code === EXIT.findings ? 'some' : 'all' });
});

it('starts another after one that came to nothing, none after one that is through, and anew by another run', async () => {
  const model = new ModelStart();
  model.ends = { ends: 'FAILED', looks: 1, error: 'WaveStopped', cause: 'A wave went over its tolerance.' };
  const failed = await start(model, { run: '77' });
  expect([failed.code, failed.out]).toEqual([
    EXIT.findings,
    expect.stringMatching(/ failed at .*: WaveStopped: A wave went over its tolerance\.\n$/),
  ]);
  model.ends = { ends: 'SUCCEEDED', looks: 1 };
  const second = await start(model, { run: '77' });
  expect([second.code, second.err]).toEqual([
    EXIT.clean,
    expect.stringContaining(', after 1 other that came to nothing'),
  ]);
  const third = await start(model, { run: '77' });
  expect([third.code, third.out]).toEqual([EXIT.clean, expect.stringContaining('so nothing was started')]);
  expect(states(model)).toEqual(['FAILED', 'SUCCEEDED']);
  await start(model, { run: '78' });
  expect([...model.executions.keys()].map((name) => name.slice(41))).toEqual(['77-1', '77-2', '78-1']);
});

it.each<[ends: string, error: string | undefined, code: number]>([
  ['FAILED', 'AnotherIsUnderWay', EXIT.unfinished],
  ['ABORTED', undefined, EXIT.unfinished],
  ['TIMED_OUT', undefined, EXIT.unfinished],
  ['FAILED', 'OrderError', EXIT.findings],
])('ends for %s %s with %i', async (ends, error, expected) => {
  const model = new ModelStart();
  model.ends = { ends, looks: 1, ...(error !== undefined && { error }) };
  expect((await start(model)).code).toBe(expected);
});

it('leaves a file of its name that is there, of which the engine then opens no order', async () => {
  const model = new ModelStart();
  const { digest } = orderOf(ordered);
  const key = `orders/${digest}/waves/0.json`;
  const strange = new TextEncoder().encode('[{"account":"100000000099","stacks":[]}]');
  model.files.set(key, strange);
  model.ends = { ends: 'FAILED', looks: 0, error: 'OrderError', cause: 'waves/0.json is another file' };
  const { code, err } = await start(model);
  expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('1 name of theirs was there already')]);
  expect(model.files.get(key)).toBe(strange);
  const read = async (name: string) => ({ bytes: model.files.get(name) ?? new Uint8Array(), version: '1' });
  await expect(opened(digest, { now: Date.now, read })).rejects.toThrow('waves/0.json');
});

it('takes no execution of another order for its own', async () => {
  const model = new ModelStart();
  const name = `${orderOf(ordered).digest.slice(0, 40)}-1`;
  model.executions.set(name, { input: '{"order":"other"}', status: 'RUNNING', looks: 9, ends: 'SUCCEEDED' });
  const { code, err } = await start(model);
  expect([code, err]).toEqual([EXIT.findings, expect.stringContaining('was started with another order')]);
});

it('leaves the rollout to go on where somebody stops looking, and says how to look again', async () => {
  const model = new ModelStart();
  model.ends = { ends: 'SUCCEEDED', looks: 9 };
  const pause = async (_: number, stop: AbortSignal) => {
    process.emit('SIGINT');
    expect(stop.aborted).toBe(true);
  };
  const { code, out, err } = await start(model, { clock: { now: () => Date.UTC(2027, 0, 5, 9), pause } });
  expect([code, out, states(model)]).toEqual([EXIT.unfinished, '', ['RUNNING']]);
  expect(err).toMatch(/The rollout goes on, as the execution \S+\. The same command looks again, and starts/);
  expect(process.listenerCount('SIGINT')).toBe(0);
});

it('begins nothing where something is to be done by hand first, or there is nothing to deploy', async () => {
  const model = new ModelStart();
  const byHand: Step = {
    kind: 'by-hand',
    holdsUp: true,
    stacks: [],
    asked: [{ organisation: 'leeds', file: 'key-policy-leeds.json', key: 'arn:aws:kms:::key/a' }],
    moved: [],
  };
  const held = await start(model, {}, { ...ordered, steps: [byHand, ...ordered.steps] });
  expect([held.code, held.out]).toEqual([
    EXIT.unfinished,
    expect.stringContaining('leeds sets cdk.out/key-'),
  ]);
  const empty = await start(model, { json: true }, { ...ordered, steps: [] });
  expect([empty.code, empty.out]).toEqual([
    EXIT.clean,
    '{"event":"end","ending":"nothing-to-deploy","byHand":[]}\n',
  ]);
  expect(model.asked).toEqual([]);
  const later = await start(model, {}, { ...ordered, steps: [...ordered.steps, byHand] });
  expect([later.code, states(model), later.out]).toEqual([
    EXIT.unfinished,
    ['SUCCEEDED'],
    expect.stringContaining('leeds sets cdk.out/key-'),
  ]);
});

it('tells programs what was uploaded, started and came of it', async () => {
  const { out, err } = await start(new ModelStart(), { json: true });
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string });
  const { digest } = orderOf(ordered);
  expect([err, events]).toEqual([
    '',
    [
      { event: 'uploaded', put: 3, there: 0 },
      expect.objectContaining({ event: 'started', order: digest, attempt: 1, approval: true }),
      expect.objectContaining({ event: 'end', ending: 'SUCCEEDED', order: digest }),
    ],
  ]);
});

describe.each([
  ['github.yml', 'GITHUB_RUN_ID'],
  ['gitlab.yml', 'CI_PIPELINE_ID'],
])('the pipeline %s', (name, counter) => {
  const pipeline = readFileSync(join(__dirname, '../../lib/commands/own-zone', name), 'utf8');
  const [, line = ''] = /echo 'npx --no concordat rollout (.*)' > deploy\.sh/.exec(pipeline) ?? [];
  /** What the command is given, as the shell of the job makes it of the line. */
  const given = (more: Readonly<Record<string, string>>) => {
    const env = { PATH: process.env.PATH, [counter]: '12345678901', ...more };
    const words = execFileSync('sh', ['-euc', `printf '%s\\n' ${line}`], { env, encoding: 'utf8' });
    return readValues(rollout, words.trimEnd().split('\n'), () => {
      throw new Error('no folder is left out');
    });
  };

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['nothing', {}, []],
    ['an empty variable', { DONE_BY_HAND: '' }, []],
    ['names', { DONE_BY_HAND: 'leeds, Trail' }, ['leeds', 'Trail']],
  ])('has the engine take %s as done by hand', (_, more, done) => {
    expect(given(more)).toMatchObject({ engine: true, yes: true, run: '12345678901', done });
  });
});
