/** Faults in the middle of a rehearsal: whatever happens, no process, lock or half a state is left, and the next run succeeds. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMinistack } from '../../lib/rehearsal/endpoint/ministack';
import { RehearsalError } from '../../lib/rehearsal/errors';
import type { Json } from '../proof/world';
import { FaultyProxy } from './faulty-proxy';
import { AGREEMENT, changeCode, endpoints, failedSteps, functionOf, ROOT, Workshop } from './rehearsing';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.close());

it('ends with one sentence when the endpoint is killed in the middle', async () => {
  const say = (line: string) => {
    workshop.said.push(line);
    if (line.startsWith('dwp joins')) for (const pid of endpoints()) process.kill(pid, 'SIGKILL');
  };
  const rehearsed = workshop.rehearse({ assembly: workshop.assembly(), say });
  await expect(rehearsed).rejects.toThrow(RehearsalError);
  await expect(rehearsed).rejects.toThrow('the endpoint ended in the middle');
  expect(workshop.said).not.toContain('Reading back what was deployed');
  expect(workshop.left()).toEqual([]);
});

it('shows at its step that a function timed out', async () => {
  const assembly = workshop.assembly('Zone', (resources) =>
    setTimeoutOf(resources, 'concordat-ledger-seal', 3),
  );
  const hanging = 'export const handler = () => new Promise((done) => setTimeout(done, 60_000));\n';
  changeCode(assembly, 'Zone', 'concordat-ledger-seal', () => hanging);
  const result = await workshop.rehearse({ assembly });
  expect(failedSteps(result)[0]).toMatch(
    /^The sealer seals the ledger while the agreement is in force: .*timed out/i,
  );
  expect(workshop.left()).toEqual([]);
});

it('shows that a stack failed and rolled back, and tries nothing after it', async () => {
  const assembly = workshop.assembly('Organisation-leeds', (resources) => {
    Object.assign(resources, { Wrong: { Type: 'AWS::Concordat::Nothing', Properties: {} } });
  });
  const result = await workshop.rehearse({ assembly });
  expect(failedSteps(result)).toEqual([
    expect.stringMatching(/^leeds joins, as the recipient: .*AWS::Concordat::Nothing/),
  ]);
  expect(result.steps).toHaveLength(4);
  expect(workshop.left()).toEqual([]);
});

it('decides as ever where the endpoint throttles every seventh request, and ends with a table', async () => {
  const { signal } = new AbortController();
  const python = join(ROOT, '.venv/bin/python');
  const started = await startMinistack(python, join(workshop.folder, 'endpoint'), 'eu-west-2', signal);
  const proxy = new FaultyProxy(started.url, 7);
  try {
    const result = await workshop.rehearse({
      assembly: workshop.assembly(),
      endpoint: await proxy.open(),
      cloudFormation: started.url,
    });
    // A function may give up for this run, and then its own step says so, as do those that read what it was to leave in the
    // ledger; what is allowed and refused stays the same.
    const decided = result.steps.filter(
      ({ decidedBy, step }) =>
        !['the function', 'the verifier'].includes(decidedBy) &&
        !/^CloudTrail|^The ledger| is told of /.test(step),
    );
    expect(decided.filter((each) => !each.passed)).toEqual([]);
    expect(decided.length).toBeGreaterThan(20);
    expect(result.steps.length).toBeGreaterThan(30);
    expect(proxy.throttled).toBeGreaterThan(10);
  } finally {
    await proxy.close();
    await started.stop();
  }
  expect(workshop.left()).toEqual([]);
});

it('takes everything down at Ctrl-C, and dies of it', async () => {
  const assembly = workshop.assembly();
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin/concordat.js'), 'rehearse', '--assembly', assembly, '--agreement', AGREEMENT],
    { cwd: ROOT, env: { ...process.env, TMPDIR: workshop.folder }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const gone = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  while (!said.includes('camden joins') && child.exitCode === null) await sleep(100);
  await sleep(3_000);
  child.kill('SIGINT');
  expect(await gone).toBe('SIGINT');
  expect(said).toContain('Interrupted. Nothing was left running.');
  expect(workshop.left()).toEqual([]);
});

it('leaves no endpoint even where it is killed itself', async () => {
  const assembly = workshop.assembly();
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin/concordat.js'), 'rehearse', '--assembly', assembly],
    {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: workshop.folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  while (!said.includes('sets up the zone') && child.exitCode === null) await sleep(100);
  expect(endpoints()).toHaveLength(1);
  child.kill('SIGKILL');
  for (let tries = 0; tries < 100 && endpoints().length > 0; tries++) await sleep(100);
  expect(endpoints()).toEqual([]);
});

it('succeeds after all that', async () => {
  expect(failedSteps(await workshop.rehearse({ assembly: workshop.assembly() }))).toEqual([]);
});

function setTimeoutOf(resources: Record<string, Json>, name: string, seconds: number): void {
  functionOf(resources, name).Properties.Timeout = seconds;
}
