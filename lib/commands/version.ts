/** Which version of Concordat this is. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const ROOT = resolve(__dirname, '../..');
const PACKAGE = z.object({ version: z.string() });

/** The version of the package, and the commit where this is a clone. */
export function versionLine(): string {
  const { version } = PACKAGE.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const commit = commitOf(ROOT);
  return `concordat ${version}${commit === undefined ? '' : ` (${commit})`}\n`;
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
