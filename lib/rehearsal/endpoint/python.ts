/**
 * The virtual environment that the endpoint runs in: made once, of exactly the files whose hashes are in requirements.txt.
 * @see https://pip.pypa.io/en/stable/topics/secure-installs/
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../child';
import { RehearsalError } from '../errors';

const REQUIREMENTS = join(__dirname, 'requirements.txt');
/** In the environment: which requirements it was made of. Without it the folder is not ours. */
const MARK = 'concordat-rehearsal';
const CANDIDATES = ['python3.11', 'python3.12', 'python3.13', 'python3.14', 'python3'];
/** Those for which requirements.txt has hashes. */
const VERSIONS = /^3\.1[1-4]$/;
const OTHERWISE = 'or name an endpoint that runs already with --endpoint URL';

/** Gives the environment’s own Python, and makes it first if need be. @throws RehearsalError that says what is missing */
export async function pythonIn(
  folder: string,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<string> {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const mark = join(folder, MARK);
  const python = join(folder, 'bin', 'python');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted && existsSync(python)) return python;
  if (existsSync(folder) && !existsSync(mark))
    throw new RehearsalError(
      `${folder} is a virtual environment that the rehearsal did not make: move it away, ${OTHERWISE}`,
    );
  const base = await basePython(signal);
  say('Installing the endpoint, ministack, from PyPI into .venv; this is done once.');
  // Whole or not at all: what breaks off leaves a folder beside, which goes.
  const beside = mkdtempSync(join(dirname(folder), '.venv-'));
  const options = { cwd: dirname(folder), env: process.env, signal, patience: 300_000 };
  try {
    await demand(base, ['-m', 'venv', '--clear', beside], options, 'no virtual environment could be made');
    await demand(
      join(beside, 'bin', 'python'),
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--no-input',
        '--disable-pip-version-check',
        '--require-hashes',
        '--only-binary',
        ':all:',
        '--requirement',
        REQUIREMENTS,
      ],
      options,
      'the endpoint could not be installed from PyPI, which needs the network once',
    );
    writeFileSync(join(beside, MARK), wanted);
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return python;
}

async function basePython(signal: AbortSignal): Promise<string> {
  for (const candidate of CANDIDATES) {
    const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
    const found = await run(candidate, ['-c', script], {
      cwd: __dirname,
      env: process.env,
      signal,
      patience: 20_000,
    }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (found?.code === 0 && VERSIONS.test(found.output.trim())) return candidate;
  }
  throw new RehearsalError(
    `the rehearsal’s own endpoint needs Python 3.11, 3.12, 3.13 or 3.14, which is not installed: install one, ${OTHERWISE}`,
  );
}

async function demand(
  command: string,
  args: readonly string[],
  options: Parameters<typeof run>[2],
  what: string,
): Promise<void> {
  const { code, output } = await run(command, args, options);
  if (code === 0) return;
  const last = output.trim().split('\n').slice(-3).join(' ').slice(0, 400);
  throw new RehearsalError(`${what} (${last}): fix that, ${OTHERWISE}`);
}
