/** `concordat rollout engine`, run as it is typed. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT } from '../../lib/commands/terminal';
import { withEngine } from '../stacks/rollout/engine-setting';
import { emptyFolder, run } from './captured-terminal';

const workshop = emptyFolder();
cpSync(resolve(__dirname, '../../register'), join(workshop, 'register'), { recursive: true });

it('says what the register lacks, and makes nothing', async () => {
  const { code, err } = await run(['rollout', 'engine'], workshop);
  expect(code).toBe(EXIT.usage);
  expect(err).toContain('zone.yaml has no `rollout`');
  expect(existsSync(join(workshop, 'engine.out'))).toBe(false);
});

it('replaces nothing but an assembly', async () => {
  const zone = join(workshop, 'register', 'zone.yaml');
  const before = readFileSync(zone, 'utf8');
  writeFileSync(zone, withEngine(before));
  const { code, err } = await run(['rollout', 'engine', '--output', 'register'], workshop);
  expect([code, err]).toEqual([
    EXIT.usage,
    expect.stringContaining('error: register holds something that is no cloud assembly: empty it, or name'),
  ]);
  expect(readFileSync(zone, 'utf8')).toBe(withEngine(before));
  writeFileSync(zone, before);
});

it('makes the template, finds nothing, and says how it is deployed', async () => {
  const zone = join(workshop, 'register', 'zone.yaml');
  writeFileSync(zone, withEngine(readFileSync(zone, 'utf8')));
  const { code, out } = await run(['rollout', 'engine'], workshop);
  expect([code, out]).toEqual([
    EXIT.clean,
    'With credentials of 100000000003, whose bootstrap is the CDK’s own: npx cdk deploy --app engine.out Rollout\n',
  ]);
  expect(existsSync(join(workshop, 'engine.out', 'Rollout.template.json'))).toBe(true);
});

it('says what to take off first where guardrails would refuse the deployment, and only there', async () => {
  const zone = join(workshop, 'register', 'zone.yaml');
  const before = readFileSync(zone, 'utf8');
  writeFileSync(zone, before.replace('stage: canary', 'stage: all'));
  const { out } = await run(['rollout', 'engine', '--output', 'engine-held.out'], workshop);
  writeFileSync(zone, before);
  expect(out).toMatch(
    /^First take concordat-accountability and concordat-deployers off 100000000003 .*\nWith credentials of 100000000003/,
  );
});
