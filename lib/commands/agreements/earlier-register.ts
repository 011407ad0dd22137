/** The files of a register as they were: in another folder, or in a revision of the git repository that the register lies in. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type RegisterFile, RegisterFolderError, readRegisterFolder } from '../../register';
import { UsageError } from '../option';

/** A whole register is some megabytes; more is another kind of repository. */
const MOST_BYTES = 256_000_000;

/**
 * The files of agreements and contracts.
 * @param named what was typed after `--with`: a folder, or else a revision
 * @param folder of the register as it is now, absolute
 * @throws UsageError where it is neither, git is not there, or the folder lies in no repository
 */
export function earlierFiles(named: string, folder: string, cwd: string): readonly RegisterFile[] {
  const path = resolve(cwd, named);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    try {
      return readRegisterFolder(path);
    } catch (error) {
      if (error instanceof RegisterFolderError) throw new UsageError(error.message, { cause: error });
      throw error;
    }
  }
  const git = (...args: string[]) => gitIn(folder, args);
  const commit = commitOf(named, git);
  const paths = git('ls-tree', '-r', '-z', '--name-only', commit, '--', 'agreements', 'contracts')
    .toString('utf8')
    .split('\0')
    .filter((each) => each.endsWith('.yaml'));
  return paths.map((each) => ({ path: each, bytes: git('cat-file', 'blob', `${commit}:./${each}`) }));
}

type Git = (...args: string[]) => Buffer;

function commitOf(named: string, git: Git): string {
  try {
    return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${named}^{commit}`).toString().trim();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `there is no folder and no git revision '${named}': name one after --with, such as HEAD~1, a tag, or the folder of another copy of the register`,
      { cause: error },
    );
  }
}

function gitIn(folder: string, args: readonly string[]): Buffer {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      maxBuffer: MOST_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: Buffer };
    if (code === 'ENOENT')
      throw new UsageError(
        'git is not installed here: name the folder of the earlier register after --with',
        {
          cause: error,
        },
      );
    if (/not a git repository/.test(stderr?.toString() ?? ''))
      throw new UsageError(
        `${folder} lies in no git repository: name the folder of the earlier register after --with`,
        { cause: error },
      );
    throw error;
  }
}
