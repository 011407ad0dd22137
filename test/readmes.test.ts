/** That the examples in the READMEs of rooms run, and print what the comment behind each line of output says. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const LIB = join(__dirname, '../lib');

const examples = readdirSync(LIB).flatMap((room) => {
  const readme = join(LIB, room, 'README.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  const codes = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  return codes.map((code, n) => [room, n, code] as const);
});

it('there are examples to run', () => {
  expect(examples.map(([room]) => room)).toEqual(expect.arrayContaining(['iam', 'ledger']));
});

it.each(examples)('of %s, number %i', (room, _n, code) => {
  // A README names a room by its own name, as somebody would who has it as a package.
  const contents = code.replaceAll(new RegExp(`from '${room}(/[a-z-]+)?'`, 'g'), `from './${room}$1'`);
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: LIB, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'error',
  });
  const { stdout, stderr } = spawnSync(process.execPath, ['-'], {
    input: outputFiles[0]?.text ?? '',
    encoding: 'utf8',
  });
  const wanted = [...code.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line = '']) => line);
  expect(wanted.length).toBeGreaterThan(0);
  expect(stdout.trimEnd().split('\n')).toEqual(wanted);
  expect(stderr).toBe('');
});
