/** That `npm pack` makes a package which works in a folder of its own, built, and is the program that it was packed from. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { thisProgram } from '../../lib/start/program';
import { scripts } from '../../package.json';
import { emptyFolder } from '../commands/captured-terminal';
import { INIT_BY_FLAGS } from '../commands/own-zone';
import { install, packed } from './installed';

let files: readonly string[];
let home: string;

beforeAll(() => {
  const work = emptyFolder();
  const made = packed(work);
  files = made.files;
  home = join(work, 'my zone');
  mkdirSync(join(home, 'notes'), { recursive: true });
  mkdirSync(join(home, 'vendor'));
  cpSync(made.tarball, join(home, 'vendor/concordat-0.1.0.tgz'));
  install(made.tarball, home);
});

/** Runs it as a folder’s own command is run; what lies elsewhere is not found. */
function concordat(cwd: string, ...words: string[]) {
  return spawnSync(process.execPath, [join(home, 'node_modules/.bin/concordat'), ...words], {
    cwd,
    encoding: 'utf8',
  });
}

it('is built where npm packs it, and has neither tests nor what only a clone needs', () => {
  expect([scripts.prepack, scripts.postpack]).toEqual([
    'node lib/start/pack.cjs before',
    'node lib/start/pack.cjs after',
  ]);
  const tops = new Set(files.map((path) => path.split('/')[0]));
  expect([...tops].sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin',
    'built',
    'cdk.json',
    'docs',
    'lambda',
    'lib',
    'package.json',
    'register',
    'tsconfig.json',
  ]);
  expect(files.filter((path) => /\.test\.|node_modules/.test(path))).toEqual([]);
});

it('makes a zone’s own folder, and there checks, makes, proves, prices and gives evidence, without being built again', () => {
  const began = concordat(home, 'init', '--no-input', ...INIT_BY_FLAGS);
  expect([began.status, began.stderr]).toEqual([0, expect.stringContaining('npx concordat synth')]);
  const checked = concordat(join(home, 'notes'), 'check', '--as-of', '2026-12-01');
  expect([checked.status, checked.stderr]).toEqual([0, expect.stringContaining('../register is sound')]);
  const made = concordat(home, 'synth', '--as-of', '2026-12-01', '--evidence-pack', 'evidence');
  expect([made.status, made.stderr]).toEqual([0, '']);
  expect(made.stdout).toMatch(/^Cost +\$/m);
  expect(made.stdout).toMatch(/access proven/);
  expect(existsSync(join(home, 'evidence/index.html'))).toBe(true);
  // Nothing was left beside it, as a build would have.
  expect(existsSync(join(home, 'node_modules/concordat/node_modules'))).toBe(false);
  const { program } = JSON.parse(readFileSync(join(home, 'cdk.out/concordat.json'), 'utf8')) as {
    program: { files: string; lockfile: string };
  };
  const { files: sources, lockfile } = thisProgram();
  expect(program).toMatchObject({ files: sources, lockfile });
  const answered = concordat(join(home, 'notes'), 'who', 'decrypts', 'leeds');
  expect([answered.status, answered.stdout]).toEqual([0, expect.stringContaining('can be decrypted on')]);
});

it('names its documents by the path at which they lie there', () => {
  const said = [
    concordat(home, 'succeed', '--help').stdout,
    readFileSync(join(home, 'register/zone.yaml'), 'utf8'),
  ].join('\n');
  const named = [...said.matchAll(/[\w./-]*docs\/[\w-]+\.md/g)].map(([path]) => path);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((path) => !existsSync(join(home, path)))).toEqual([]);
});

it('leaves a pipeline of which every command is one that there is', () => {
  for (const path of ['.github/workflows/concordat.yml', '.gitlab-ci.yml']) {
    const text = readFileSync(join(home, path), 'utf8');
    expect(parse(text)).toBeInstanceOf(Object);
    // Without --no, npx would fetch what is not installed.
    expect(text).not.toMatch(/npx concordat/);
    const called = [
      ...new Set([...text.matchAll(/npx --no concordat ([a-z]+)/g)].map(([, name]) => name ?? '')),
    ];
    expect(called.sort()).toEqual(['check', 'plan', 'prove', 'reproduce', 'rollout', 'synth']);
    // Actions of others are pinned by the digest of their commit.
    for (const [, pin = ''] of text.matchAll(/uses: \S+@(\S+)/g)) expect(pin).toMatch(/^[0-9a-f]{40}$/);
    expect(text).not.toMatch(/secrets\.|AWS_SECRET/);
  }
});

it('names what a folder pins by the digest of the tarball, where that is there', () => {
  const { name, packages } = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')) as {
    name: string;
    packages: Record<string, { integrity?: string; inBundle?: boolean; dev?: boolean }>;
  };
  expect(name).toBe('north-zone');
  // What a package brings inside it is of its own digest.
  const unpinned = Object.entries(packages).filter(
    ([path, { integrity, inBundle }]) => path !== '' && integrity === undefined && !inBundle,
  );
  expect(unpinned).toEqual([]);
  expect(Object.values(packages).some(({ dev }) => dev)).toBe(false);
  const digest = createHash('sha512')
    .update(readFileSync(join(home, 'vendor/concordat-0.1.0.tgz')))
    .digest('base64');
  expect(packages['node_modules/concordat']?.integrity).toBe(`sha512-${digest}`);
});
