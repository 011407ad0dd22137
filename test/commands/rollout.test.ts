/** `concordat rollout`, run as it is typed: what it would do to the letter, and what it refuses. */
import '../plan/sides-once';
import './reproduced-once';
import fs, { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAssembly } from '../../lib/assembly';
import { rolloutCommand } from '../../lib/commands/rollout/rollout';
import { EXIT } from '../../lib/commands/terminal';
import { realCloudFormation } from '../../lib/rollout';
import { callsOf } from '../../lib/rollout/calls';
import { fleetOf } from '../../lib/rollout/fleet';
import { parseRolloutState, parseSavedPlan } from '../../lib/wire';
import { goldenIn } from '../golden';
import { afterFolder, beforeFolder } from '../plan/pair';
import { PlannedCloudFormation } from '../rollout/planned-cloudformation';
import { answering, emptyFolder, type Given, run } from './captured-terminal';

/** A folder with a plan and both of its assemblies. */
let workshop: string;
beforeAll(async () => {
  workshop = emptyFolder();
  cpSync(beforeFolder(), join(workshop, 'last-deployed'), { recursive: true });
  cpSync(afterFolder(), join(workshop, 'cdk.out'), { recursive: true });
  await run(['plan', 'last-deployed', '--approve-widening', '--out', 'plan.json'], workshop);
});
const rollout = (...words: string[]) => run(['rollout', 'plan.json', 'last-deployed', ...words], workshop);

/** Digests and the numbers of files follow from the bundles of the functions. */
const withoutDigests = (text: string) => text.replace(/concordat-[0-9a-f]{16}\b/g, 'concordat-PLAN');

/** After a change of wording: `UPDATE_GOLDEN=1 npx jest test/commands/rollout.test.ts`, and read it. */
it('prints each wave and each call, with what they cost and take', async () => {
  const { code, out, err } = await rollout('--dry-run');
  expect([code, err]).toEqual([EXIT.clean, '']);
  goldenIn(__dirname)('rollout.txt', withoutDigests(out));
});

it('says what the engine costs for this rollout and each month, in dollars or by a rate in pounds', async () => {
  const engine = (text: string) => text.slice(text.indexOf('By the engine'));
  const dollars = engine((await rollout('--dry-run')).out);
  const pounds = engine((await rollout('--dry-run', '--rate', '0.5', '--rate-on', '2026-11-01')).out);
  // What is paid for is never told as nothing.
  expect(`${dollars}${pounds}`).not.toMatch(/[$£]0\.00$/m);
  expect(pounds).toContain('in pounds, at £0.5 for one US dollar on 1 November 2026');
  const sums = (text: string, sign: string) =>
    text.split('\n').flatMap((line) => {
      const sum = line.slice(line.lastIndexOf(sign) + 1);
      return line.startsWith('   together') ? [Number(sum)] : [];
    });
  const [[rolledOut = 0, month = 0], halves] = [sums(dollars, '$'), sums(pounds, '£')];
  expect([rolledOut, month].every((each) => each > 0)).toBe(true);
  expect(halves.map((each) => each * 2)).toEqual([expect.closeTo(rolledOut, 1), expect.closeTo(month, 1)]);
  const { out } = await rollout('--dry-run', '--json', '--rate', '0.5', '--rate-on', '2026-11-01');
  expect(JSON.parse(out)).toMatchObject({
    rate: { poundsForOneDollar: 0.5, on: '2026-11-01' },
    engine: { rollout: { usd: rolledOut }, month: { usd: month } },
  });
});

describe('with another assembly', () => {
  const path = () => join(workshop, 'cdk.out', 'Zone.template.json');
  let template: string;
  beforeAll(() => {
    template = readFileSync(path(), 'utf8');
  });
  afterEach(() => writeFileSync(path(), template));

  it('refuses the plan where a byte differs from what it was made of', async () => {
    writeFileSync(path(), `${template} `);
    const { code, out, err } = await rollout('--dry-run');
    expect([code, out]).toEqual([EXIT.faultyInput, '']);
    expect(err).toMatch(
      /^error: plan\.json is not to be carried out:\n- AFTER: it has \d+ files of the SHA-256 /,
    );
  });

  it('refuses the plan where the assembly is not what its register makes, even if the plan is of it', async () => {
    writeFileSync(path(), template.replace('"Enabled": true', '"Enabled": false'));
    const unfit = ['--approve-widening', '--although', 'it was tried out', '--out', 'edited.json'];
    await run(['plan', 'last-deployed', ...unfit], workshop);
    const edited = JSON.parse(readFileSync(join(workshop, 'edited.json'), 'utf8')) as object;
    const words = ['rollout', 'edited.json', 'last-deployed', '--dry-run', '--json'];
    const known = await run(words, workshop);
    expect(known.code).toBe(EXIT.clean);
    expect(known.err).toMatch(
      /^note: the plan was approved though it is not .*, because: it was tried out\n$/,
    );
    writeFileSync(join(workshop, 'edited.json'), JSON.stringify({ ...edited, unfit: undefined }));
    const { code, out, err } = await run(words, workshop);
    expect([code, out]).toEqual([EXIT.faultyInput, '']);
    expect(err).toMatch(/\n- AFTER: it is not what its register makes: 1 difference, the first at Zone, /);
  });
});

it('carries out nothing from a folder of which it could make no copy: that could change after it was judged', async () => {
  const copied = jest.spyOn(fs, 'cpSync').mockImplementation((_, to) => {
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'cp', path: String(to) });
  });
  const { code, out, err } = await rollout('--yes');
  copied.mockRestore();
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toMatch(/^error: .*: the disk is full: /);
});

it('gives programs every step with its calls', async () => {
  const { code, out } = await rollout('--dry-run', '--json', '--canary', 'leeds', '--shares', '50,100');
  expect(code).toBe(EXIT.clean);
  const told = JSON.parse(out) as {
    steps: { kind: string; name?: string; stacks: { stack: string; calls?: object[] }[] }[];
  };
  const canary = told.steps.find(({ name }) => name === 'canary');
  expect(canary?.stacks.map(({ stack }) => stack)).toEqual(['Organisation-leeds']);
  expect(canary?.stacks[0]?.calls).toContainEqual({
    doing: 'prepare',
    action: 'cloudformation:CreateChangeSet',
    of: expect.stringMatching(/^concordat-[0-9a-f]{16}$/),
    times: 1,
  });
});

it('tells nothing of a file that is no state, or is not there', async () => {
  const wrong = await run(['status', '--rollout', 'plan.json'], workshop);
  expect([wrong.code, wrong.out]).toEqual([EXIT.faultyInput, '']);
  expect(wrong.err).toMatch(/^error: form of plan\.json is "concordat-saved-plan\/v1"/);
  const missing = await run(['status', '--rollout', 'none.json'], workshop);
  expect([missing.code, missing.out]).toEqual([EXIT.usage, '']);
  expect(missing.err).toContain(
    'none.json cannot be read (it is not there): name the state file of a rollout',
  );
});

describe('carried out', () => {
  const STATE = 'plan.state.json';
  const state = () => parseRolloutState(readFileSync(join(workshop, STATE), 'utf8'), STATE);
  const standings = () =>
    Object.entries(state().stacks).map(([stack, { standing, runs }]) => `${stack} ${standing} ${runs}`);
  let cloud: PlannedCloudFormation;
  let uploaded: string[];
  let pauses: number[];
  beforeEach(() => {
    rmSync(join(workshop, STATE), { force: true });
    const open = (name: string) => openAssembly(join(workshop, name));
    const plan = parseSavedPlan(readFileSync(join(workshop, 'plan.json'), 'utf8'), 'plan.json');
    cloud = new PlannedCloudFormation(plan, { before: open('last-deployed'), after: open('cdk.out') });
    uploaded = [];
    pauses = [];
  });
  const command = () =>
    rolloutCommand({
      engine: () => {
        throw new Error('a rollout from one machine asks no engine');
      },
      cloud: (asking) => {
        const real = realCloudFormation(asking, cloud.client);
        real.publish = async (stacks) => void uploaded.push(...stacks.map(({ stack }) => stack));
        return real;
      },
      clock: {
        now: () => Date.UTC(2027, 0, 5, 9),
        remaining: () => Number.POSITIVE_INFINITY,
        sleep: async () => {},
        pause: async (milliseconds) => void pauses.push(milliseconds / 60_000),
      },
    });
  const live = (given: Given = {}, answers: string[] = []) =>
    answering(
      // A rollout is of the assemblies’ own day.
      {
        ...command(),
        call: (words, terminal) =>
          command().call(
            words.filter((each) => !each.startsWith('--as-of')),
            terminal,
          ),
      },
      workshop,
      { plan: 'plan.json', before: 'last-deployed', yes: answers.length === 0, ...given },
      answers,
    );

  it('waits for what an organisation sets by hand, then deploys wave by wave, and is through', async () => {
    const first = await live();
    expect(first.code).toBe(EXIT.unfinished);
    expect(first.err).toMatch(
      /by hand, before the rollout goes on\n {3}leeds sets cdk\.out\/key-policy-leeds\.json on its key /,
    );
    expect([cloud.sent, uploaded]).toEqual([[], []]);
    const { code, out, err } = await live({ done: 'leeds', pause: '7' });
    expect(code).toBe(EXIT.clean);
    goldenIn(__dirname)('rollout-through.txt', `${err}---\n${out}`);
    expect(standings()).toEqual(Object.keys(state().stacks).map((stack) => `${stack} through after`));
    expect(uploaded.sort()).toEqual(Object.keys(state().stacks).sort());
    expect(pauses).toEqual([7, 7, 7, 7]);
    // Asked again, nothing is left to do.
    cloud.sent.length = 0;
    expect((await live()).code).toBe(EXIT.clean);
    expect(cloud.sent).toEqual([]);
  });

  it('asks of each stack what its dry run printed, as its own account’s deployment role, and nothing else', async () => {
    await live({ done: 'leeds' });
    const plan = parseSavedPlan(readFileSync(join(workshop, 'plan.json'), 'utf8'), 'plan.json');
    const after = openAssembly(join(workshop, 'cdk.out'));
    const { stacks } = fleetOf(plan, openAssembly(join(workshop, 'last-deployed')), after);
    for (const each of stacks.filter(({ by }) => by === 'rollout')) {
      const printed = callsOf(each, after, '').map(({ action }) => action);
      const asked = cloud.sent
        .filter((one) => one.endsWith(` ${each.stack}`))
        .map((one) => one.split(' ')[0]);
      expect([...new Set(asked.map((one) => `cloudformation:${one}`))].sort()).toEqual(
        [...new Set(printed.filter((one) => one.startsWith('cloudformation:')))].sort(),
      );
      expect(cloud.roles).toContain(after.deployers.get(each.stack)?.asks);
    }
    expect(cloud.roles.size).toBe(stacks.filter(({ by }) => by === 'rollout').length);
  });

  it('has CloudFormation work as its own role, with the planned template, and watch the alarms of what was there', async () => {
    await live({ done: 'leeds', watch: '9' });
    const made = cloud.inputs.filter(({ action }) => action === 'CreateChangeSet').map(({ input }) => input);
    expect(made.find(({ StackName }) => StackName === 'Organisation-camden')).toEqual({
      StackName: 'Organisation-camden',
      ChangeSetName: expect.stringMatching(/^concordat-[0-9a-f]{16}$/),
      ChangeSetType: 'UPDATE',
      TemplateURL: expect.stringMatching(
        /^https:\/\/s3\.eu-west-2\.amazonaws\.com\/cdk-concordat-assets-100000000021-eu-west-2-an\/[0-9a-f]{64}\.json$/,
      ),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: [],
      RoleARN: 'arn:aws:iam::100000000021:role/cdk-concordat-cfn-exec-role-100000000021-eu-west-2',
      RollbackConfiguration: {
        RollbackTriggers: expect.arrayContaining([
          {
            Arn: 'arn:aws:cloudwatch:eu-west-2:100000000021:alarm:concordat-grants-failing',
            Type: 'AWS::CloudWatch::Alarm',
          },
        ]),
        MonitoringTimeInMinutes: 9,
      },
    });
    expect(made.find(({ StackName }) => StackName === 'Organisation-fife')).toMatchObject({
      ChangeSetType: 'CREATE',
      Parameters: [],
      RollbackConfiguration: { RollbackTriggers: [], MonitoringTimeInMinutes: 0 },
    });
    expect(cloud.held.get('Organisation-fife')?.isProtected).toBe(true);
  });

  it('stops at a wave that fails, puts back what it can, says what each stack runs, and goes on later', async () => {
    cloud.fail.add('Organisation-dwp');
    const { code, out } = await live({ done: 'leeds' });
    expect(code).toBe(EXIT.findings);
    expect(out).toBe(
      `Organisation-dwp in 012345678901 failed: runs what it ran before
  CloudFormation ended in UPDATE_ROLLBACK_COMPLETE
  Key: refused
Stacks: 1 failed, 2 through, 2 waiting.
The rollout stopped: a wave went over its tolerance. What that wave had changed was put back, but for new stacks, for what only took away and for what is stuck. Earlier waves stay: --back puts them back too.
`,
    );
    const told = await run(['status', '--rollout', STATE], workshop);
    const { before, after } = state();
    const known = [
      [before.registerDigest, 'BEFORE'],
      [after.registerDigest, 'AFTER'],
      [after.program ?? '', 'PROGRAM'],
    ].map(([digest = '', name = '']) => [digest.slice(0, 12), name] as const);
    goldenIn(__dirname)(
      'status-rollout.txt',
      known.reduce((text, [digest, name]) => text.replaceAll(digest, name), told.out),
    );
    expect([told.code, told.err]).toEqual([EXIT.clean, '']);
    const { rows } = JSON.parse((await run(['status', '--rollout', STATE, '--json'], workshop)).out) as {
      rows: object[];
    };
    expect(rows).toContainEqual({
      account: '012345678901',
      stack: 'Organisation-dwp',
      standing: 'failed',
      runs: 'before',
      of: before,
    });
    cloud.fail.clear();
    expect((await live()).code).toBe(EXIT.clean);
  });

  it('puts all of it back with --back, from the earlier assembly, but for what is new', async () => {
    await live({ done: 'leeds' });
    const { code, out } = await live({ back: true });
    expect(code).toBe(EXIT.clean);
    expect(out).toContain('Stacks: 4 back, 1 through.\n');
    const again = cloud.inputs.filter(({ action }) => action === 'CreateChangeSet').slice(5);
    expect(again.map(({ input }) => input.StackName)).toEqual([
      'Organisation-leeds',
      'Organisation-camden',
      'Organisation-dwp',
      'Zone',
    ]);
    // The alarm that sends it back is not to keep it.
    for (const { input } of again)
      expect(input.RollbackConfiguration).toMatchObject({ RollbackTriggers: [] });
    expect(standings()).toContain('Organisation-fife through after');
    expect(standings().filter((each) => each.endsWith(' back before'))).toHaveLength(4);
  });

  it('tells programs each event as a line of JSON', async () => {
    const { out, err } = await live({ done: 'leeds', json: true });
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(err).toBe('');
    expect(events[0]).toEqual({ event: 'upload', wave: 'operator', stacks: 1 });
    expect(events.at(-1)).toMatchObject({ event: 'end', ending: 'through', state: { done: ['leeds'] } });
  });

  it('begins nothing unless somebody says yes, and leaves no lock', async () => {
    await expect(live({}, ['no'])).rejects.toThrow('nothing was begun: the answer was not yes');
    expect(cloud.sent).toEqual([]);
    expect(existsSync(join(workshop, `${STATE}.lock`))).toBe(false);
  });

  it('refuses a second rollout beside the first, and the state of another plan', async () => {
    writeFileSync(join(workshop, `${STATE}.lock`), String(process.pid));
    await expect(live({ done: 'leeds' })).rejects.toThrow('a rollout is under way by plan.state.json');
    expect(cloud.sent).toEqual([]);
    writeFileSync(join(workshop, `${STATE}.lock`), '999999999');
    expect((await live()).code).toBe(EXIT.unfinished);
    writeFileSync(join(workshop, STATE), JSON.stringify({ ...state(), plan: '0'.repeat(64) }));
    await expect(live()).rejects.toThrow('plan.state.json is of another plan');
  });
});

it('takes the command that the docs have people type on a Friday', async () => {
  const docs = readFileSync(join(__dirname, '../../docs/operating.md'), 'utf8');
  const [, words = ''] = /^npx concordat rollout plan\.json last-deployed (.* --yes)$/m.exec(docs) ?? [];
  const { code, out } = await rollout(...words.replace('--yes', '--dry-run').split(' '));
  expect(code).toBe(EXIT.clean);
  expect(out).toContain('15 minutes between waves');
});

it.each<[string[], RegExp]>([
  [[], /rollout changes accounts: give --yes, or --dry-run to see what it would do/],
  [['--yes', '--done', 'Zone'], /--done names 'Zone': what is done by hand here is leeds/],
  [['--dry-run', '--canary', 'leds'], /there is no organisation 'leds': did you mean leeds\?/],
  [
    ['--dry-run', '--shares', '40,10,100'],
    /--shares is '40,10,100': give rising shares of which the last is 100/,
  ],
  [['--dry-run', '--tolerance', '5%'], /--tolerance is '5%': give a whole number from 0 to 100/],
  [['--engine', '--yes', '--done', 'leeds'], /zone\.yaml has no `rollout`, so there is no engine/],
  [['--engine', '--back'], /make a plan of the two assemblies the other way round/],
  [['--engine', '--order', 'order'], /--order writes what --engine uploads and starts: give one of them/],
  [['--engine', '--state', 'a.json'], /--state is of a rollout from one machine/],
  [['--run', '7'], /--run goes with --engine/],
  [['--yes', '--rate', '0.5', '--rate-on', '2026-11-01'], /--rate goes with --dry-run/],
  [['--dry-run', '--watch', '181'], /--watch is '181': give a whole number from 0 to 180/],
])('meets wrong usage with a sentence: %j', async (words, expected) => {
  const { code, out, err } = await rollout(...words);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toMatch(expected);
});

it('writes an order for the engine, and says what starts it', async () => {
  const held = await rollout('--order', 'order');
  expect([held.code, held.out]).toEqual([EXIT.usage, '']);
  expect(held.err).toMatch(/something is to be done by hand first:\n.*\n {3}leeds sets /);
  expect(existsSync(join(workshop, 'order'))).toBe(false);
  const { code, out, err } = await rollout('--order', 'order', '--done', 'leeds');
  expect([code, err]).toEqual([
    EXIT.clean,
    expect.stringMatching(
      /^order has \d+ files for 5 waves over 5 accounts\. It widens access: the engine waits for an approval\.\n$/,
    ),
  ]);
  const { order } = JSON.parse(out) as { order: string };
  expect(existsSync(join(workshop, 'order', 'orders', order, 'order.json'))).toBe(true);
  expect((await rollout('--order', 'order', '--done', 'leeds')).code).toBe(EXIT.clean);
  writeFileSync(join(workshop, 'order', 'notes.txt'), 'the only copy');
  const refused = await rollout('--order', 'order', '--done', 'leeds');
  expect([refused.code, refused.err]).toEqual([
    EXIT.usage,
    expect.stringContaining('order holds notes.txt, which is of no order of a rollout and would be lost'),
  ]);
  expect(readFileSync(join(workshop, 'order', 'notes.txt'), 'utf8')).toBe('the only copy');
});
