/** The builds that are measured: this one, and that of another commit in a work tree of its own. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** This project’s folder, from which every program of this build is run. */
export const ROOT = resolve(__dirname, '../..');

/** How a build’s commands are typed, where that has changed. */
export interface Spelling {
  /** What `node` is told besides, by `npm start` alone. */
  readonly flags: readonly string[];
  /** The file that `node` runs. */
  readonly entry: string;
  /** The option of `synth` that takes the folder of the evidence pack. */
  readonly pack: 'evidence' | 'evidence-pack';
  /** The option of `evidence` that takes the folder of the pack. */
  readonly evidenceOutput: 'out' | 'output';
}

/** A build that can be run. */
export interface Build {
  readonly name: string;
  readonly root: string;
  readonly spelling: Spelling;
}

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) });

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
    }),
  ),
});

/** What a lockfile says, as far as it decides what is installed where. */
export type Lock = z.infer<typeof lockSchema>;

/**
 * How the commands of a build are typed, by its script `start`; undefined where that makes no evidence pack. The options of
 * `synth` and of `evidence` were renamed in one change, so that one tells of the other.
 */
export function spellingOf(start: string): Spelling | undefined {
  const [, told = '', entry, pack] =
    /^node ((?:--\S+ )*)([^-\s]\S*) synth --(evidence|evidence-pack) evidence$/.exec(start) ?? [];
  if (entry === undefined) return undefined;
  const flags = told.split(' ').filter((flag) => flag !== '');
  return pack === 'evidence'
    ? { flags, entry, pack, evidenceOutput: 'out' }
    : { flags, entry, pack: 'evidence-pack', evidenceOutput: 'output' };
}

/**
 * Whether all that a lockfile asks for is installed, in the same place and version. What is installed besides is of packages that
 * the lockfile does not know, and so is never loaded. Optional ones may be missing: most are for other systems.
 */
export function isWithin(wanted: Lock, installed: Lock): boolean {
  return Object.entries(wanted.packages).every(([path, { version, integrity, optional, devOptional }]) => {
    const found = installed.packages[path];
    if (path === '' || (found === undefined && (optional || devOptional))) return true;
    return found?.version === version && found?.integrity === integrity;
  });
}

/** This build, transpiled as `npm ci` leaves it, so that files changed since do not make its starts slower. */
export function thisBuild(): Build {
  return readied('this build', ROOT);
}

/**
 * Another commit’s build, in a work tree in a folder that is there already. Packages are those of this build where they
 * are the same; else `npm ci` fetches them.
 * @throws Error if there is no such commit, or it cannot be installed or measured
 */
export function buildOf(commit: string, folder: string): Build {
  const hash = hashOf(commit);
  const root = join(folder, 'build');
  git('worktree', 'add', '--quiet', '--detach', root, hash);
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (isWithin(lockIn(join(root, 'package-lock.json')), lockIn(installed)))
    linkAll(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  else succeed('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], root);
  return readied(hash.slice(0, 7), root);
}

/** Takes the work tree of a commit’s build away again. */
export function removeBuild(folder: string): void {
  spawnSync('git', ['worktree', 'remove', '--force', join(folder, 'build')], { cwd: ROOT });
  spawnSync('git', ['worktree', 'prune'], { cwd: ROOT });
}

function hashOf(commit: string): string {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`];
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`'${commit}' is no commit of this repository: --against takes one, such as HEAD~1`);
  return stdout.trim();
}

function readied(name: string, root: string): Build {
  const { scripts } = packageSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const start = scripts.start ?? '';
  const spelling = spellingOf(start);
  if (spelling === undefined)
    throw new Error(
      `npm start of ${name} is '${start}', not 'node [--FLAG] FILE synth --evidence-pack evidence', and cannot be measured`,
    );
  if (scripts.prepare !== undefined) succeed('npm', ['run', '--silent', 'prepare'], root);
  return { name, root, spelling };
}

function lockIn(file: string): Lock {
  return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function git(...args: readonly string[]): void {
  succeed('git', args, ROOT);
}

function succeed(program: string, args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed: ${(error?.message ?? stderr).trim()}`);
}

/**
 * The same files again, without the place they take. Caches are left out: what is in them is of the other build. npm puts new
 * files in the place of old ones and changes none, so neither build can change the other’s.
 */
function linkAll(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (entry.isFile()) link(source, target);
    else if (entry.name !== '.cache') linkAll(source, target);
  }
}

/** A copy where links cannot be made, as between two file systems. */
function link(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
