/**
 * `concordat rollout`, run as it is typed: what it would do to the letter, and what it refuses.
 *
 * @jest-environment node
 */
import '../plan/sides-once';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { goldenIn } from '../golden';
import { afterFolder, beforeFolder } from '../plan/pair';
import { emptyFolder, run } from './captured-terminal';

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

it.each<[string[], RegExp]>([
  [[], /--dry-run is missing/],
  [['--dry-run', '--canary', 'leds'], /there is no organisation 'leds': did you mean leeds\?/],
  [
    ['--dry-run', '--shares', '40,10,100'],
    /--shares is '40,10,100': give rising shares of which the last is 100/,
  ],
  [['--dry-run', '--tolerance', '5%'], /--tolerance is '5%': give a whole number from 0 to 100/],
  [['--dry-run', '--watch', '181'], /--watch is '181': give a whole number from 0 to 180/],
])('meets wrong usage with a sentence: %j', async (words, expected) => {
  const { code, out, err } = await rollout(...words);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toMatch(expected);
});
