/** `concordat plan`, run as it is typed: its messages to the letter, its exit codes, and what it does with bad input. */
import '../plan/sides-once';
import './reproduced-once';
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { goldenIn } from '../golden';
import { afterFolder, beforeFolder } from '../plan/pair';
import { emptyFolder, run } from './captured-terminal';

/** A folder with `last-deployed` and `cdk.out` in it, as a pipeline has them. */
let workshop: string;
beforeAll(() => {
  workshop = emptyFolder();
  cpSync(beforeFolder(), join(workshop, 'last-deployed'), { recursive: true });
  cpSync(afterFolder(), join(workshop, 'cdk.out'), { recursive: true });
});
const plan = (...words: string[]) => run(['plan', ...words], workshop);

const PIPELINE = [
  ...readFileSync(join(__dirname, '../../docs/plan.md'), 'utf8').matchAll(
    /^ +npx concordat plan (last-deployed .*) > plan\.md$/gm,
  ),
]
  .map(([, words = '']) => words)
  .sort();

it('finds the commands of the pipeline in the docs', () => {
  expect(PIPELINE).toEqual(['last-deployed --format md', 'last-deployed --format md --approve-widening']);
});

/** After a change of wording: `UPDATE_GOLDEN=1 npx jest test/commands/plan.test.ts`, and read both. */
it.each([
  ['plan.txt', 'last-deployed'],
  ['plan.md', PIPELINE[0] ?? ''],
])('says everything that changes as its golden file does: %s', async (file, words) => {
  const { code, out, err } = await plan(...words.split(' '));
  goldenIn(__dirname)(file, out);
  expect(err).toBe('\nOnce it is reviewed, approve it with --approve-widening.\n');
  expect(code).toBe(EXIT.findings);
});

it('ends with 0 once what widens access is approved, and prints the approval', async () => {
  const { code, out, err } = await plan(...(PIPELINE[1] ?? '').split(' '));
  expect([code, err]).toEqual([EXIT.clean, '']);
  expect(out).toContain('\n**9 changes widen access: approved with --approve-widening**.\n');
});

it('says that nothing changes', async () => {
  const { code, out, err } = await plan('last-deployed', 'last-deployed');
  expect([code, out, err]).toEqual([
    EXIT.clean,
    'Plan: last-deployed -> last-deployed\nBoth as of 1 December 2026.\n\nNothing changes.\n',
    '',
  ]);
});

it('gives programs everything as data', async () => {
  const { code, out } = await plan('last-deployed', '--json');
  const result = JSON.parse(out) as Record<string, { sentence: string; widens: boolean }[]>;
  expect(result).toMatchObject({
    form: 'concordat-plan/v1',
    before: { folder: 'last-deployed', asOf: '2026-12-01' },
    after: { folder: 'cdk.out', asOf: '2027-01-05' },
    widens: true,
    approved: false,
    unchangedDifferences: 0,
  });
  expect(result.access?.filter(({ widens }) => widens)).toHaveLength(3);
  expect(result.stacks?.[0]).toMatchObject({
    stack: 'Zone',
    deploy: 'npx cdk deploy --app cdk.out --exclusively Zone',
  });
  expect(code).toBe(EXIT.findings);
});

/** A copy of what is deployed with one file spoilt. */
function spoilt(file: string, change: (text: string) => string): string {
  const copy = emptyFolder();
  cpSync(beforeFolder(), copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return copy;
}

it('ends with 0 where access only narrows', async () => {
  const { code, out, err } = await plan(
    'last-deployed',
    spoilt('Organisation-dwp.template.json', (text) => text.replace(/"s3:GetObject"/, '"s3:GetObjectAcl"')),
    '--although',
    'it is edited by hand',
  );
  expect(out).toMatch(/ {2}- .* loses read /);
  expect(out).toMatch(/\nNobody gains access\.\n$/);
  expect([code, err]).toEqual([EXIT.clean, '']);
});

it('lets no approval cover what could not be judged', async () => {
  const odd = spoilt('Trail.template.json', (text) =>
    text.replace('"Resources": {', '"Resources": { "Door": { "Type": "AWS::S3::Grants" },'),
  );
  const { code, out, err } = await plan(
    'last-deployed',
    odd,
    '--approve-widening',
    '--although',
    'it is edited by hand',
  );
  expect(out).toMatch(/\nNot judged\n {2}AFTER, not understood: Trail\/Door is of type AWS::S3::Grants/);
  expect(err).toBe(
    `\nNo approval covers what could not be judged: see npx concordat prove --assembly ${odd}.\n`,
  );
  expect(code).toBe(EXIT.findings);
});

it('refuses an assembly that is not fit to be deployed, with every reason, unless told why', async () => {
  const unfit = spoilt('Zone.template.json', (text) => text.replace('"Enabled": true', '"Enabled": false'));
  const report = join(unfit, 'validation-report.json');
  writeFileSync(
    report,
    JSON.stringify({
      pluginReports: [
        {
          pluginName: 'AwsSolutions',
          violations: [
            { ruleName: 'S1', description: 'x', violatingConstructs: [{ constructPath: 'Zone/B' }] },
          ],
        },
      ],
    }),
  );
  const { code, out, err } = await plan('last-deployed', unfit);
  expect([code, out]).toEqual([EXIT.faultyInput, '']);
  expect(err.replaceAll(unfit, 'FOLDER')).toBe(
    `error: AFTER is not fit to be deployed:
- its checks have 1 open finding, the first AwsSolutions::S1 at Zone/B: see npx concordat synth --register REGISTER --output FOLDER
- it is not what its register makes: 1 difference, the first at Zone, LedgerTransfers0214625B (AWS::DynamoDB::Table): Properties.TimeToLiveSpecification.Enabled. See npx concordat reproduce FOLDER
Synthesise it again; or say with --although 'WHY' why that is all right, and the plan says so too.
`,
  );
  rmSync(report);
  const without = await plan('last-deployed', unfit);
  expect(without.err).toContain('- it has no report of its checks');
  const told = await plan('last-deployed', unfit, '--although', 'it was tried out');
  expect(told.out).toContain('because: it was tried out\n');
  expect((await plan('last-deployed', unfit, '--although', 'x', '--json')).out).toContain('"although": "x"');
});

it('refuses to go on from one AWS organisation to another', async () => {
  const other = spoilt('register.json', (text) => text.replaceAll('o-example0000', 'o-example0001'));
  const { code, err } = await plan(other, 'last-deployed');
  expect(err).toContain(
    '- it is for the AWS organisation o-example0000, and what is deployed is for o-example0001',
  );
  expect(code).toBe(EXIT.faultyInput);
});

describe('a saved plan', () => {
  const file = () => join(workshop, 'plan.json');
  afterEach(() => rmSync(file(), { force: true }));
  const still = (...words: string[]) => plan('last-deployed', ...words, '--saved', 'plan.json');

  it('is of the two assemblies until one of them changes', async () => {
    const { code, err } = await plan('last-deployed', '--approve-widening', '--out', 'plan.json');
    expect([code, err]).toEqual([
      EXIT.clean,
      '\nSaved in plan.json, bound to every file of both assemblies.\n',
    ]);
    expect(await still()).toEqual({
      code: EXIT.clean,
      out: expect.stringMatching(
        /^plan\.json is of these two assemblies, byte for byte: \d+ stacks to deploy\.\n$/,
      ),
      err: '',
    });
    const { code: other, out } = await still(spoilt('concordat.json', (text) => `${text} `));
    expect(other).toBe(EXIT.findings);
    expect(out).toMatch(/^plan\.json is not of these two assemblies:\n- AFTER: it is made for /);
    const { out: json } = await still('last-deployed', '--json');
    expect(JSON.parse(json)).toMatchObject({
      holds: false,
      departures: [{ side: 'after', of: 'day' }, {}, {}],
    });
  });

  it('is not written where something is left to approve', async () => {
    const { code, err } = await plan('last-deployed', '--out', 'plan.json');
    expect(code).toBe(EXIT.findings);
    expect(err).toMatch(/\nplan\.json is not written: only a plan that may be carried out is saved\.\n$/);
    expect(existsSync(file())).toBe(false);
  });

  it('is refused with every fault of its form', async () => {
    writeFileSync(file(), '{"form":"concordat-saved-plan/v1"}');
    const { code, out, err } = await still();
    expect([code, out]).toEqual([EXIT.faultyInput, '']);
    expect(err.match(/^error: .* of plan\.json is nothing/gm)).toHaveLength(6);
  });

  it.each<[string[], RegExp]>([
    [
      ['--out', 'cdk.out/plan.json'],
      /cdk\.out\/plan\.json is in cdk\.out, and a plan is bound to every file there/,
    ],
    [['--out', 'link/plan.json'], /link\/plan\.json is in cdk\.out, and a plan is bound/],
    [['--out', 'last-deployed'], /last-deployed is in last-deployed/],
    [['--out', 'notes.txt'], /notes\.txt is there and is no saved plan: name another file with --out FILE/],
    [['--out', 'a', '--saved', 'b'], /--out saves a plan, and --saved makes none: give one of them/],
    [
      ['--saved', 'none.json'],
      /none\.json cannot be read \(it is not there\): name a plan that was saved with --out FILE/,
    ],
  ])('is asked for with sense: %j', async (words, expected) => {
    writeFileSync(join(workshop, 'notes.txt'), 'mine');
    if (!existsSync(join(workshop, 'link'))) symlinkSync('cdk.out', join(workshop, 'link'));
    const { code, err } = await plan('last-deployed', ...words);
    expect(code).toBe(EXIT.usage);
    expect(err).toMatch(expected);
    expect(readFileSync(join(workshop, 'notes.txt'), 'utf8')).toBe('mine');
  });
});

it('names the side that is faulty, and ends with 3', async () => {
  const cut = spoilt('Organisation-dwp.template.json', (text) => text.slice(0, 500));
  const missing = /^error: BEFORE: there is no manifest\.json in .*nowhere: name a cloud assembly/;
  for (const [words, message] of [
    [['nowhere'], missing],
    [['last-deployed', cut], /^error: AFTER: Organisation-dwp\.template\.json in .* is not JSON/],
  ] as const) {
    const { code, out, err } = await plan(...words);
    expect([code, out]).toEqual([EXIT.faultyInput, '']);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
});

it.each<[string[], RegExp]>([
  [[], /plan needs BEFORE: the assembly that is deployed, a folder/],
  [['last-deployed', '--format', 'pdf'], /there is no format 'pdf': choose one of text, md, json/],
  [['last-deployed', 'cdk.out', 'more'], /plan takes no 'more'/],
])('meets wrong usage with a sentence: %j', async (words, expected) => {
  const { code, out, err } = await plan(...words);
  expect([code, out]).toEqual([EXIT.usage, '']);
  expect(err).toMatch(expected);
});
