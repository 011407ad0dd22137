/** That the page on verifying by hand works as it is printed: its Python and its commands run on a sample, and find faults. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleOf, type Files, SIZES, smallDay } from './sample';

const PAGE = readFileSync(join(__dirname, '../../docs/verify.md'), 'utf8');
const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'by-hand-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: Files;
beforeAll(async () => {
  files = await bundleOf(smallDay(), SIZES, true);
});

function written(name: string, changes: Readonly<Record<string, Buffer>> = {}): string {
  const target = join(folder, name);
  for (const [path, bytes] of [...files, ...Object.entries(changes)]) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), bytes);
  }
  return target;
}

const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );

function run(program: string, needs: readonly (readonly [string, ...string[]])[], tests: () => void): void {
  if (needs.every(([name, ...args]) => has(name, ...args))) describe(program, tests);
  else console.log(`not run: ${program}, for want of ${needs.map(([name]) => name).join(' or ')}`);
}

run('the page of Python', [['python3', '--version']], () => {
  const script = join(folder, 'verify.py');
  const python = (bundle: string) => spawnSync('python3', [script, bundle], { encoding: 'utf8' });
  beforeAll(() => writeFileSync(script, blocks('python')[0] ?? ''));

  it('has one listing, and finds nothing wrong with a sample', () => {
    expect(blocks('python')).toHaveLength(1);
    const { stdout, status } = python(written('right'));
    expect([stdout, status]).toEqual([
      expect.stringMatching(/^258 entries of .* and 43 proofs agree with every checkpoint\n$/),
      0,
    ]);
  });

  it.each([
    ['an entry', 'tile/entries/000', 30],
    ['an entry of the last bundle', 'tile/entries/001.p/2', 40],
    ['the root of the checkpoint', 'checkpoint', 45],
    ['an earlier checkpoint', 'checkpoints/0000000000000009', 45],
    ['a receipt', 'receipts/leeds/0000000000000258.json', 60],
  ])('finds a change of %s', (_what, path, at) => {
    const bytes = Buffer.from(files.get(path) ?? Buffer.of());
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const { stdout, stderr, status } = python(
      written(`wrong-${path.replaceAll('/', '-')}`, { [path]: bytes }),
    );
    expect([status, `${stdout}${stderr}`]).toEqual([1, expect.not.stringContaining('agree')]);
  });
});

run(
  'the commands for openssl and sha256sum',
  [
    ['openssl', 'version'],
    ['sha256sum', '--version'],
    ['python3', '--version'],
  ],
  () => {
    const commands = blocks('console').filter((text) => /^(?:openssl pkey |head|python3)/.test(text));
    const shell = (bundle: string, text: string) =>
      execFileSync('sh', ['-e', '-c', text.replaceAll('/tmp/', `${folder}/`)], {
        cwd: bundle,
        encoding: 'utf8',
        stdio: 'pipe',
      });

    it('give the fingerprint, verify the signature, and hash an entry', () => {
      const bundle = written('shell');
      const [fingerprint = '', signature = '', leaf = ''] = commands.map((text) => shell(bundle, text));
      expect(commands).toHaveLength(3);
      expect(fingerprint).toMatch(/^[0-9a-f]{64} {2}-\n$/);
      expect(signature).toContain('Signature Verified Successfully');
      const [hashed = '', stored = ''] = leaf.split('-\n');
      expect(stored.replaceAll(/\s/g, '')).toBe(hashed.trim());
    });

    it('refuse a checkpoint that was changed', () => {
      const changed = Buffer.from(String(files.get('checkpoint')).replace('258', '257'));
      const bundle = written('shell-wrong', { checkpoint: changed });
      expect(() => shell(bundle, commands[1] ?? '')).toThrow('Command failed');
    });
  },
);
