/** The rehearsal of the sample register, as the command and as a run: it comes out as expected, soon, and leaves nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { passed } from '../../lib/rehearsal/result';
import { REHEARSE } from './rehearse-command';
import { failedSteps, ROOT, Workshop } from './rehearsing';
import { SIGNED_AGREEMENT, signedLife } from './signed-life';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.close());

/** What `--json` and the table promise of the second run, in seconds; the first has ten minutes. */
const SECOND_RUN = 180;
/** How often the client is killed as it collects, and at most as it deposits; by the command it is twice. */
const KILLS = 12;

it('comes out as expected from a new agreement and two signatures to a withdrawal and a disposal, with every type of the assembly in exactly one list, and leaves nothing', async () => {
  const result = await workshop.rehearse({
    ...(await signedLife()),
    agreement: SIGNED_AGREEMENT,
    kills: KILLS,
  });
  expect(failedSteps(result)).toEqual([]);
  expect(result.properties.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
  expect(passed(result)).toBe(true);
  expect(result.steps.length).toBeGreaterThan(30);
  expect(
    result.steps.find(({ step }) => step === 'The ledger tells all that was signed, in order')?.seen,
  ).toBe(
    [
      // Of the sample's own agreements, which were signed before.
      'agreement-approved leeds-hospitals, agreement-approved leeds, agreement-approved leeds-hospitals',
      'agreement-approved dwp, agreement-approved leeds, approval-withdrawn leeds, disposal-declared leeds',
    ].join(', '),
  );
  expect(new Set(result.types.map(({ type }) => type)).size).toBe(result.types.length);
  expect(result.types.filter(({ list }) => list === 'not rehearsed here').map(({ type }) => type)).toEqual([
    'AWS::AccessAnalyzer::Analyzer',
    'AWS::CloudFormation::StackSet',
    'AWS::CloudTrail::Trail',
    'AWS::GuardDuty::MalwareProtectionPlan',
    'AWS::Organizations::Policy',
  ]);
  expect(workshop.left()).toEqual([]);
});

it(`${REHEARSE} prints the table, exits 0 within three minutes, and leaves nothing but .venv`, () => {
  const began = Date.now();
  const words = [...REHEARSE.split(' ').slice(2), '--assembly', workshop.assembly()];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/concordat.js'), ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: workshop.folder },
  });
  const seconds = (Date.now() - began) / 1000;
  expect([status, stderr.split('\n').at(-2)]).toEqual([
    0,
    expect.stringMatching(/^Rehearsed: \d+ steps, each as expected/),
  ]);
  expect(stdout).toContain('who decided');
  expect(seconds).toBeLessThan(SECOND_RUN);
  expect(existsSync(join(ROOT, '.venv/concordat-rehearsal'))).toBe(true);
  expect(workshop.left()).toEqual([]);
});
