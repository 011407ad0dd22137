/** Which program this is: its version, its commit, and digests of its own files, by which anybody can tell it from another. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** What decides what a synth makes, besides the packages. */
const OWN = ['bin', 'lib', 'lambda', 'cdk.json', 'package.json', 'tsconfig.json'];

/** What an assembly says of the program that made it. */
interface Program {
  readonly version: string;
  readonly commit?: string;
  readonly files: string;
  readonly lockfile: string;
}

let known: Program | undefined;

/**
 * This program. The digest of its files is the SHA-256 of one line a file, in the order of their paths: the file’s SHA-256 in
 * hex, two spaces, and its path. So it is what `find bin lib lambda cdk.json package.json tsconfig.json -type f | LC_ALL=C sort |
 * xargs sha256sum | sha256sum` says in a clone. Read once.
 */
export function thisProgram(): Program {
  known ??= { ...version(), files: filesDigest(ROOT), lockfile: sha256(lockfilePath()) };
  return known;
}

/** The version of the package, and the commit where this is a clone. */
export function version(): Pick<Program, 'version' | 'commit'> {
  const { version } = packageJson();
  const commit = commitOf(ROOT);
  return { version, ...(commit !== undefined && { commit }) };
}

/** Where this program is: the folder of its package, or of the clone. */
export function programFolder(): string {
  return ROOT;
}

/** The lockfile: of a package that was installed, the copy that it brings. */
export function lockfilePath(): string {
  const inClone = join(ROOT, 'package-lock.json');
  return existsSync(inClone) ? inClone : join(ROOT, 'built/lockfile.json');
}

/** What npm is told of this program. */
export function packageJson(): {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as ReturnType<typeof packageJson>;
}

/** @internal Tests name a folder of their own. */
export function filesDigest(root: string): string {
  const paths = OWN.flatMap((path) => filesAt(root, path)).sort();
  const lines = paths.map((path) => `${sha256(join(root, path))}  ${path}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

function filesAt(root: string, path: string): string[] {
  if (/\.[^/]+$/.test(path) && !path.includes('/')) return [path];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = `${path}/${entry.name}`;
    return entry.isDirectory() ? filesAt(root, inner) : [inner];
  });
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The commit that is checked out, with a plus where files have changed since; undefined where that is not known. */
function commitOf(folder: string): string | undefined {
  // A folder above may be a clone of something else.
  if (!existsSync(join(folder, '.git'))) return undefined;
  try {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD').trim()}${changed ? '+' : ''}`;
  } catch {
    return undefined;
  }
}
