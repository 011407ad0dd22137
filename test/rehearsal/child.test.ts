/** That a program ends with all that it has started: at its end, when it is stuck, and when the rehearsal is stopped. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../lib/rehearsal/child';
import { InterruptedError } from '../../lib/rehearsal/errors';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a grandchild that would stay for a minute, notes its id, says so, and then does this. */
const starting = (then: string) =>
  `const { spawn } = require('node:child_process'); const { writeFileSync } = require('node:fs');
   const { pid } = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
   writeFileSync('pid', String(pid)); console.log('started'); ${then}`;

const options = (signal: AbortSignal, patience = 30_000) => ({
  cwd: folder,
  env: process.env,
  signal,
  patience,
});

/** Whether the grandchild still runs, a moment after it was killed. */
async function running(): Promise<boolean> {
  for (let tries = 0; tries < 50 && isAlive(); tries++) await sleep(20);
  return isAlive();
}

/** A zombie, which nobody has buried yet, does not run. */
function isAlive(): boolean {
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

it('gives the exit code and both streams, and ends what was started', async () => {
  const { signal } = new AbortController();
  const code = starting('console.error("err"); process.exit(3)');
  const ended = await run(process.execPath, ['-e', code], options(signal));
  expect(ended.code).toBe(3);
  expect(ended.output).toContain('started');
  expect(ended.output).toContain('err');
  expect(await running()).toBe(false);
});

it('ends a program that is stuck, and what it has started', async () => {
  const { signal } = new AbortController();
  const ended = await run(
    process.execPath,
    ['-e', starting('setInterval(() => {}, 1000)')],
    options(signal, 1_500),
  );
  expect(ended.code).toBeUndefined();
  expect(await running()).toBe(false);
});

it('kills a program after a time where it is asked to, without letting it do anything more', async () => {
  const { signal } = new AbortController();
  const late = 'process.on("SIGTERM", () => console.log("ended in order")); setInterval(() => {}, 1000)';
  const ended = await run(process.execPath, ['-e', starting(late)], { ...options(signal), killAfter: 1_000 });
  expect(ended.code).toBeUndefined();
  expect(ended.output).not.toContain('ended in order');
  expect(await running()).toBe(false);
});

it('ends everything when it is stopped, with the reason', async () => {
  const aborting = new AbortController();
  setTimeout(() => aborting.abort(new InterruptedError('SIGINT')), 1_000);
  const code = starting('process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000)');
  await expect(run(process.execPath, ['-e', code], options(aborting.signal))).rejects.toThrow(
    InterruptedError,
  );
  expect(await running()).toBe(false);
});

it('starts nothing once it is stopped', async () => {
  await expect(
    run(process.execPath, ['-e', starting('')], options(AbortSignal.abort(new InterruptedError('SIGINT')))),
  ).rejects.toThrow('SIGINT');
  expect(() => readFileSync(join(folder, 'pid'))).toThrow('ENOENT');
});
