/** That of data which is kept meanwhile nothing stays on the disk, in whatever way a process ends. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { namelessCopy, namelessFile } from '../../lib/disk';
import { temporaryFolder } from '../stacks/sample-assembly';
import { leftBehind } from './left-behind';

const ROOT = resolve(__dirname, '../..');

/** Runs a program with a temporary folder of its own. Gives the signal that ended it. */
function ended(program: string, TMPDIR: string): string | null {
  const loaded = `require(${JSON.stringify(join(ROOT, 'lib/start/typescript.cjs'))}).loadTypeScript(${JSON.stringify(ROOT)});
    const { namelessFile } = require(${JSON.stringify(join(ROOT, 'lib/disk/index.ts'))});`;
  const env = { ...process.env, TMPDIR };
  return spawnSync(process.execPath, ['--eval', `${loaded} ${program}`], { env, stdio: 'inherit' }).signal;
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'])(
  'leaves nothing at all of a file without a name where %s ends the process',
  (signal) => {
    const temporary = temporaryFolder();
    const program = `namelessFile().then(async (file) => { await file.writeFile('of people'); process.kill(process.pid, '${signal}'); for (;;); });`;
    expect(ended(program, temporary)).toBe(signal);
    expect(leftBehind(temporary)).toEqual([]);
  },
);

it('reads of a file without a name what was written, of which a folder shows nothing', async () => {
  const folder = temporaryFolder();
  const file = await namelessFile(folder);
  try {
    await file.appendFile('one');
    await file.appendFile('two');
    expect(readdirSync(folder)).toEqual([]);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(9), 0, 9, 2);
    expect(buffer.toString('utf8', 0, bytesRead)).toBe('etwo');
    expect((await file.stat()).mode & 0o777).toBe(0o600);
  } finally {
    await file.close();
  }
});

it('keeps all that a stream brings, and nothing where it breaks off', async () => {
  const file = await namelessCopy(
    (async function* () {
      yield Buffer.from('one');
      yield Buffer.from('two');
    })(),
  );
  expect((await file.stat()).size).toBe(6);
  await file.close();
  const broken = (async function* () {
    yield Buffer.from('one');
    throw new Error('the line is dead');
  })();
  await expect(namelessCopy(broken)).rejects.toThrow('the line is dead');
});
