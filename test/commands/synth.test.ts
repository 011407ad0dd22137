/** That a synth sums up what there is, and that findings decide its exit code. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readValues } from '../../lib/commands/command-line';
import { COMMANDS } from '../../lib/commands/commands';
import { EXIT } from '../../lib/commands/terminal';
import { AWS_ASSUMPTIONS, wordingOf } from '../../lib/policy';
import { type LiveOutcome, liveOutcomesText, NO_LIVE_OUTCOMES } from '../../lib/wire';
import { edited, MINIMAL, set } from '../register/samples';
import { emptyFolder, folderWithRegister, type Outcome, run } from './captured-terminal';

const folder = folderWithRegister();
const AS_OF = ['--as-of', '2026-12-01'];

describe('a synth of the sample', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await run(['synth', ...AS_OF], folder);
  });

  it('is clean: exit code 0, the summary on stdout, nothing on stderr', () => {
    expect([outcome.code, outcome.err]).toEqual([EXIT.clean, '']);
  });

  it('writes a template for each organisation and the operator to cdk.out, with the register and its origin', () => {
    const files = readdirSync(join(folder, 'cdk.out'));
    expect(files).toEqual(expect.arrayContaining(['manifest.json', 'register.json', 'concordat.json']));
    const templates = files.filter((file) => file.endsWith('.template.json'));
    const organisations = readdirSync(join(folder, 'register', 'organisations'));
    expect(templates).toHaveLength(organisations.length + 8);
  });

  it.each<[string, RegExp]>([
    ['the register and the day', /^Concordat: register as of 1 December 2026$/m],
    ['organisations, and how many of them are external', /^Organisations +\d+, of them \d+ external$/m],
    [
      'organisations by sector',
      /^ +\d+ central-government$[\s\S]*^ +\d+ local-government$[\s\S]*^ +\d+ health$/m,
    ],
    ['agreements', /^Agreements +\d+$/m],
    [
      'shares by state',
      /^Shares +\d+ in force, \d+ to come, \d+ awaiting approval, \d+ suspended, \d+ ended$/m,
    ],
    [
      'keys by who holds them',
      /^Keys +\d+ made by AWS KMS .*, \d+ imported .*, \d+ in its own CloudHSM, \d+ outside AWS$/m,
    ],
    ['stacks and resources', /^Stacks +\d+, with \d+ resources$/m],
    [
      'the tightest limit, and where',
      /^Tightest limit +\d+%: [A-Za-z, ]+, [\d,]+ of [\d,]+ \((?:Baseline|Guardrails(?:-[a-z0-9]+)?|Zone|Organisation-[a-z-]+)(?:\/[A-Za-z0-9]+)?\)$/m,
    ],
    [
      'what it costs a month, with the day of the prices',
      /^Cost +\$\d+\.\d\d a month: \$\d+\.\d\d for the zone, and \$\d+\.\d\d to \$\d+\.\d\d for each organisation \(US dollars, prices of \d{4}-\d\d-\d\d\)$/m,
    ],
    [
      'findings, and every check that ran',
      /^Findings +0 open, \d+ acknowledged\n +by AwsSolutions\n +by NIST\.800\.53\.R5$/m,
    ],
    [
      'how many assumptions about AWS are in which state',
      /^About AWS +0 seen live, \d+ documented, \d+ assumed, 0 refuted \(docs\/limits\.md\)$/m,
    ],
    ['seconds', /^Time +\d+\.\d s$/m],
    [
      'where the templates are, and what to do next',
      /^Templates are in cdk\.out\/\. Next:\n(?: {2}[a-z].+\n)+/m,
    ],
  ])('sums up %s', (_what, expected) => {
    expect(outcome.out).toMatch(expected);
  });

  it('gives figures that agree with the register', () => {
    const sum = (line: RegExp) =>
      [...(line.exec(outcome.out)?.[0] ?? '').matchAll(/\b(\d+) [a-z]/g)].reduce(
        (total, [, each]) => total + Number(each),
        0,
      );
    const count = (name: string) => readdirSync(join(folder, 'register', name)).length;
    expect(outcome.out).toMatch(new RegExp(`^Organisations +${count('organisations')},`, 'm'));
    expect(outcome.out).toMatch(new RegExp(`^Agreements +${count('agreements')}$`, 'm'));
    const external = Number(/of them (\d+) external/.exec(outcome.out)?.[1]);
    expect(sum(/(?:^ +\d+ [a-z-]+\n)+/m)).toBe(count('organisations'));
    expect(sum(/^Keys.*$/m)).toBe(count('organisations') - external);
  });

  it('gives the same as JSON to programs, on stdout alone', async () => {
    const folder = folderWithRegister(MINIMAL);
    const { code, out, err } = await run(['synth', ...AS_OF, '--json', '--output', 'elsewhere'], folder);
    expect([code, err]).toEqual([EXIT.clean, '']);
    const summary = JSON.parse(out) as Record<string, unknown>;
    expect(summary).toMatchObject({
      form: 'concordat-summary/v1',
      register: 'register',
      asOf: '2026-12-01',
      agreements: readdirSync(join(folder, 'register', 'agreements')).length,
      findings: { open: [] },
      cost: { form: 'concordat-cost/v1', currency: 'USD', notPriced: [] },
      checks: [
        'AwsSolutions',
        'NIST.800.53.R5',
        'Concordat-PublicSector',
        'Concordat-Acknowledgements',
        'Concordat-Headroom',
        'Concordat-OwnPath',
        'Concordat-Assumptions',
      ],
      output: 'elsewhere',
    });
    expect(existsSync(join(folder, 'elsewhere', 'manifest.json'))).toBe(true);
  });
});

describe('what live tests came to', () => {
  const id = 'grant-suffices-alone';
  const recorded = (more: Partial<LiveOutcome>) => {
    const assumption = AWS_ASSUMPTIONS.find((each) => each.id === id);
    if (assumption === undefined) throw new Error(`no assumption ${id}`);
    const outcome: LiveOutcome = {
      id,
      wording: wordingOf(assumption),
      outcome: 'seen',
      on: '2026-11-30',
      region: 'eu-west-2',
      saw: 'allowed after 4 seconds',
      ...more,
    };
    const made = folderWithRegister(MINIMAL);
    writeFileSync(
      join(made, 'register', 'assumptions.json'),
      liveOutcomesText({ ...NO_LIVE_OUTCOMES, outcomes: [outcome] }),
    );
    return made;
  };
  it('is counted in the summary, and carried in the assembly', async () => {
    const here = recorded({});
    const { code, out } = await run(['synth', ...AS_OF], here);
    expect(code).toBe(EXIT.clean);
    expect(out).toMatch(/^About AWS +1 seen live, /m);
    expect(readFileSync(join(here, 'cdk.out', 'assumptions.json'), 'utf8')).toBe(
      readFileSync(join(here, 'register', 'assumptions.json'), 'utf8'),
    );
  });

  it('fails the synth where an assumption is refuted, and says what to do', async () => {
    const { code, out, err } = await run(
      ['synth', ...AS_OF],
      recorded({ outcome: 'refuted', saw: 'refused for 5 minutes' }),
    );
    expect(code).toBe(EXIT.findings);
    expect(out).toMatch(/, 1 refuted /);
    expect(err).toMatch(
      /^error\[Concordat-Assumptions::Assumption-grant-suffices-alone\]: Live AWS did otherwise on 30 November 2026: refused for 5 minutes\./m,
    );
    expect(err).toMatch(/= fix: .+ Then have it tested again: npx concordat probe\./);
  });

  it('is refused where it is of another day, Region or wording: one error, and nothing is made', async () => {
    const here = recorded({ on: '2026-12-02' });
    const { code, out, err } = await run(['synth', ...AS_OF], here);
    expect([code, out]).toEqual([EXIT.faultyInput, '']);
    expect(err).toMatch(
      /^error: register\/assumptions\.json: .*2 December 2026.*--as-of\.\nNothing was written\.\n$/,
    );
    expect(existsSync(join(here, 'cdk.out'))).toBe(false);
  });
});

describe('a synth with findings', () => {
  it('ends with exit code 1, each finding with its place and fix on stderr, and the summary still on stdout', async () => {
    const over = folderWithRegister(
      edited(MINIMAL, set('agreements/benefit-awards.yaml', { 'delivery.largestObject': '101 GB' })),
    );
    const { code, out, err } = await run(['synth', ...AS_OF], over);
    expect(code).toBe(EXIT.findings);
    expect(err).toMatch(
      /^error\[Concordat-Headroom::Headroom-scannedObjectBytes\]: 101,000,000,000 of 100,000,000,000: /,
    );
    expect(err).toContain('  --> Organisation-dwp\n');
    expect(err).toMatch(/= fix: .+/);
    expect(out).toMatch(/^Findings +1 open/m);
    expect(out).toContain('Fix the findings above, then run this again.');
  });
});

describe('a folder that cannot be written to', () => {
  it('is wrong usage, not an error of concordat', async () => {
    const file = join(emptyFolder(), 'file');
    writeFileSync(file, '');
    for (const output of [file, join(file, 'deeper')]) {
      const { code, out, err } = await run(['synth', ...AS_OF, '--output', output], folder);
      expect([code, out]).toEqual([EXIT.usage, '']);
      expect(err).toMatch(
        /^error: (?:.* cannot be written \(what should be a folder is a file\)|.* is not a folder): name another folder with --output DIR\n/,
      );
    }
  });
});

describe('acknowledgements', () => {
  it('are listed with reason, owner, review and resources, and are clean while no review is past', async () => {
    const { code, out, err } = await run(['acknowledgements', ...AS_OF], folderWithRegister(MINIMAL));
    expect(code).toBe(EXIT.clean);
    const entries = out.trim().split('\n\n');
    for (const entry of entries)
      expect(entry).toMatch(
        /^(?:AwsSolutions|NIST\.800\.53\.R5|Concordat-PublicSector)::.+\n {2}reason: .{20,}\n {2}owner: {2}.+\n {2}review: \d{1,2} [A-Z][a-z]+ \d{4}\n {2}on: {5}(?:Zone|Trail|Organisation-).+$/,
      );
    expect(err).toContain(`${entries.length} acknowledgements on `);
    expect(err).toContain('0 past their review as of 1 December 2026');
  });

  it('end with exit code 1 once a review is past', async () => {
    const { code, out } = await run(
      ['acknowledgements', '--as-of', '2028-04-01'],
      folderWithRegister(MINIMAL),
    );
    expect(code).toBe(EXIT.findings);
    expect(out).toContain('review: 31 March 2028 (past)');
  });

  it('are given to programs as JSON, and leave nothing behind', async () => {
    const folder = folderWithRegister(MINIMAL);
    const before = readdirSync(folder);
    const { out } = await run(['acknowledgements', ...AS_OF, '--json'], folder);
    const { form, acknowledgements } = JSON.parse(out) as { form: string; acknowledgements: object[] };
    expect(form).toBe('concordat-acknowledgements/v1');
    for (const each of acknowledgements)
      expect(Object.keys(each).sort()).toEqual(['owner', 'reason', 'resources', 'review', 'rule']);
    expect(readdirSync(folder)).toEqual(before);
  });
});

it('of a register elsewhere into another folder, prints next commands that are for these', async () => {
  const elsewhere = folderWithRegister(MINIMAL);
  renameSync(join(elsewhere, 'register'), join(elsewhere, 'my zone'));
  const { out } = await run(['synth', ...AS_OF, '--register', 'my zone', '--output', 'out 2'], elsewhere);
  const typed = [...out.matchAll(/^ {2}npx (concordat|cdk) (\S+)(.*?) {2}/gm)].map(
    ([, program = '', name = '', rest = '']) => ({
      program,
      name,
      words: [...rest.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    }),
  );
  expect(typed.length).toBeGreaterThan(5);
  for (const { program, name, words } of typed) {
    if (program === 'cdk') {
      expect(words).toEqual(['--app', 'out 2', 'STACK']);
      continue;
    }
    const command = COMMANDS[name]?.load();
    if (command === undefined) throw new Error(`there is no command ${name}`);
    const values: Readonly<Record<string, unknown>> = readValues(command, words);
    const { register = 'my zone', assembly = 'out 2', after = 'out 2' } = values;
    expect([name, register, assembly, after]).toEqual([name, 'my zone', 'out 2', 'out 2']);
  }
  expect(out).toContain("  less 'out 2/register.json'  ");
}, 60_000);
