/** That nothing stays in the system’s temporary folder of what is needed in passing, in whatever way a process ends. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { passingFolder } from '../../lib/disk';
import { temporaryFolder } from '../stacks/sample-assembly';
import { leftBehind } from './left-behind';

const ROOT = resolve(__dirname, '../..');
const LOADED = `require(${JSON.stringify(join(ROOT, 'lib/start/typescript.cjs'))}).loadTypeScript(${JSON.stringify(ROOT)});
  const { passingFolder } = require(${JSON.stringify(join(ROOT, 'lib/disk/index.ts'))});`;

/** Runs a program that has both at hand, with a temporary folder of its own. Gives how it ended. */
function run(
  program: string,
  TMPDIR: string,
): { readonly status: number | null; readonly signal: string | null } {
  const env = { ...process.env, TMPDIR };
  return spawnSync(process.execPath, ['--eval', `${LOADED} ${program}`], { env, stdio: 'inherit' });
}

const KILL = (signal: string) => `process.kill(process.pid, '${signal}'); for (;;);`;
const WRITE =
  "require('node:fs').writeFileSync(require('node:path').join(passingFolder().path, 'here'), '');";

it.each([
  ['its end', ''],
  ['process.exit', 'process.exit(0);'],
])('takes a folder away with the process, at %s', (_what, end) => {
  const temporary = temporaryFolder();
  expect(run(`${WRITE} ${end}`, temporary).status).toBe(0);
  expect(leftBehind(temporary)).toEqual([]);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'])(
  'lets %s end a process at once that is at work, and has the next one take away what was left',
  (signal) => {
    const temporary = temporaryFolder();
    expect(run(`${WRITE} ${KILL(signal)}`, temporary).signal).toBe(signal);
    expect(leftBehind(temporary)).toHaveLength(1);
    run('passingFolder();', temporary);
    expect(leftBehind(temporary)).toEqual([]);
  },
);

it('leaves what another machine has that uses the same temporary folder, whose processes nobody here can see', () => {
  const temporary = temporaryFolder();
  run(`require('node:os').hostname = () => 'another'; ${WRITE} ${KILL('SIGKILL')}`, temporary);
  run('passingFolder();', temporary);
  expect(leftBehind(temporary)).toHaveLength(1);
});

it('leaves what is in use, and what others called something like it', () => {
  const temporary = tmpdir();
  const others = ['concordat-00000000-9999999-abcdef', `concordat-${process.pid}`, 'of-somebody'].map(
    (name) => join(temporary, name),
  );
  for (const each of others) mkdirSync(each);
  const inUse = passingFolder();
  try {
    run('passingFolder();', temporary);
    for (const each of [...others, inUse.path]) expect(existsSync(each)).toBe(true);
  } finally {
    inUse.remove();
    for (const each of others) rmdirSync(each);
  }
  expect(existsSync(inUse.path)).toBe(false);
});
