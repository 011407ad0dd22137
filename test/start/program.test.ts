/** That a program is named by every file that decides what it makes, and by nothing else. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesDigest } from '../../lib/start/program';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'concordat-program-'));
  for (const folder of ['bin', 'lib/deep/er', 'lambda', 'test', 'node_modules'])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of [
    'bin/a.ts',
    'lib/deep/er/b.ts',
    'lambda/c.ts',
    'cdk.json',
    'package.json',
    'tsconfig.json',
  ])
    writeFileSync(join(root, file), file);
});
afterEach(() => rmSync(root, { recursive: true }));

it('is what sha256sum says of its files, so that anybody can make it', () => {
  const by =
    'find bin lib lambda cdk.json package.json tsconfig.json -type f | LC_ALL=C sort | xargs sha256sum | sha256sum';
  const said = execFileSync('sh', ['-c', by], { cwd: root, encoding: 'utf8' });
  expect(`${filesDigest(root)}  -\n`).toBe(said);
});

it.each(['bin/a.ts', 'lib/deep/er/b.ts', 'lib/deep/new.ts', 'lambda/c.ts', 'cdk.json', 'package.json'])(
  'is another where %s is',
  (file) => {
    const before = filesDigest(root);
    writeFileSync(join(root, file), 'changed');
    expect(filesDigest(root)).not.toBe(before);
  },
);

it('is the same where tests, packages or output change', () => {
  const before = filesDigest(root);
  for (const file of ['test/a.ts', 'node_modules/b.js', 'README.md'])
    writeFileSync(join(root, file), 'changed');
  expect(filesDigest(root)).toBe(before);
});
