/** Concordat as a package: packed by npm, and laid into a folder of its own as `npm install` lays it there, without the network. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** What a clone has of what is packed. */
const CLONED = [
  'bin',
  'cdk.json',
  'docs',
  'lambda',
  'lib',
  'LICENSE',
  'package.json',
  'package-lock.json',
  'README.md',
  'register',
  'tsconfig.json',
];

/**
 * Packs what lies here, from a copy of it, so that nothing of the clone changes.
 * @param work an empty folder
 * @returns the path of the tarball, and what is in it
 */
export function packed(work: string): { readonly tarball: string; readonly files: readonly string[] } {
  const clone = join(work, 'clone');
  for (const each of CLONED) cpSync(join(ROOT, each), join(clone, each), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  // What `prepack` does. `prepare`, which npm runs as well, would build for the clone whose packages these are.
  execFileSync(process.execPath, ['lib/start/pack.cjs', 'before'], { cwd: clone });
  // npm would read every package there, and packs none.
  unlinkSync(join(clone, 'node_modules'));
  const told = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', work],
    {
      cwd: clone,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [{ filename, files }] = JSON.parse(told) as [{ filename: string; files: { path: string }[] }];
  return { tarball: join(work, filename), files: files.map(({ path }) => path) };
}

/** Lays a tarball into a folder’s node_modules, beside the packages that it needs. */
export function install(tarball: string, home: string): void {
  const modules = join(home, 'node_modules');
  const own = join(modules, 'concordat');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  mkdirSync(own);
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', own]);
  symlinkSync('../concordat/bin/concordat.js', join(modules, '.bin/concordat'));
}
