/** That standard input is sent whole, as often as S3 asks for it, and leaves nothing on the disk. */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { leftBehind } from '../disk/left-behind';
import { temporaryFolder } from '../stacks/sample-assembly';

const ROOT = resolve(__dirname, '../..');
const PROGRAM = `
  require(${JSON.stringify(join(ROOT, 'lib/start/typescript.cjs'))}).loadTypeScript(${JSON.stringify(ROOT)});
  const { isUnchanged, keptInput } = require(${JSON.stringify(join(ROOT, 'lib/client/local-files.ts'))});
  const read = async (file, from, to) => {
    const pieces = [];
    for await (const piece of file.read(from, to)) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces).toString();
  };
  (async () => {
    const { file, close } = await keptInput();
    const left = require('node:fs').readdirSync(process.env.TMPDIR).filter((each) => each.startsWith('concordat'));
    const again = [await read(file, 0, file.bytes), await read(file, 3, 8), isUnchanged(file), left];
    await close();
    console.log(JSON.stringify(again));
  })();`;

it('reads it again from any place, under no name on the disk', () => {
  const TMPDIR = temporaryFolder();
  const env = { ...process.env, TMPDIR };
  const input = `first,last\n${'x'.repeat(3_000_000)}`;
  const told = execFileSync(process.execPath, ['--eval', PROGRAM], {
    input,
    env,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expect(JSON.parse(told)).toEqual([input, 'st,la', true, []]);
  expect(leftBehind(TMPDIR)).toEqual([]);
});
