import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-run-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Works for so many seconds of processor time, holding so many MB, and starts a child that does the same if it is named. */
const WORKER = `
const [seconds, megabytes, child] = process.argv.slice(2);
const { spawnSync } = require('node:child_process');
const held = Buffer.alloc(Number(megabytes) * 2 ** 20, 1);
const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
const until = used() + Number(seconds);
while (used() < until);
if (child === 'alone') spawnSync(process.execPath, [__filename, seconds, megabytes], { env: {} });
if (child === 'told') spawnSync(process.execPath, [__filename, seconds, megabytes]);
if (held.length === 1) throw new Error('nothing is held');
`;

// Without the environment that it is measured by, a child is seen by the kernel alone, which tells of it on Linux.
const children = process.platform === 'linux' ? ['told', 'alone'] : ['told'];

test.each(children)('what child processes take counts as the program’s own: %s', async (child) => {
  const file = join(folder, 'worker.cjs');
  writeFileSync(file, WORKER);
  const usage = (...more: string[]) =>
    run({ root: folder, args: [file, '0.4', '80', ...more] }, join(folder, 'usage'));

  const one = await usage();
  const both = await usage(child);

  expect(one.cpu).toBeGreaterThan(0.39);
  expect(both.cpu - one.cpu).toBeGreaterThan(0.35);
  expect(one.megabytes).toBeGreaterThan(80);
  // Two processes, each as large as the one; the program that both run lies in memory once.
  expect(both.megabytes - one.megabytes).toBeLessThan(40);
  expect(one.together).toBeLessThan(155);
  expect(both.together).toBeGreaterThan(160);
});

test('a program that fails is told with what it wrote', async () => {
  const failing = { root: folder, args: ['-e', 'console.error("no such register"); process.exit(3)'] };

  await expect(run(failing, join(folder, 'usage'))).rejects.toThrow(/ended with 3:\nno such register/);
});
