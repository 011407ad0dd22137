/**
 * A virtual environment for a program in Python, the endpoint’s first of all: made once, of exactly the files whose hashes
 * are in its requirements.txt.
 * @see https://pip.pypa.io/en/stable/topics/secure-installs/
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from '../child';
import { RehearsalError } from '../errors';

/** In the environment: which requirements it was made of. Without it the folder is not ours. */
const MARK = 'concordat-rehearsal';
const CANDIDATES = ['python3.11', 'python3.12', 'python3.13', 'python3.14', 'python3'];
/** Those for which requirements.txt has hashes. */
const VERSIONS = /^3\.1[1-4]$/;

/** A program, and how to say what is missing for it. */
interface PythonProgram {
  /** `the endpoint, ministack`. */
  readonly what: string;
  /** A file with a hash for each file that pip may take. */
  readonly requirements: string;
  /** What to do where it can’t be installed: `or …`. */
  readonly otherwise: string;
}

const ENDPOINT: PythonProgram = {
  what: 'the endpoint, ministack',
  requirements: join(__dirname, 'requirements.txt'),
  otherwise: 'or name an endpoint that runs already with --endpoint URL',
};

/** Gives the environment’s own Python, and makes it first if need be. @throws RehearsalError that says what is missing */
export async function pythonIn(
  folder: string,
  signal: AbortSignal,
  say: (line: string) => void,
  program = ENDPOINT,
): Promise<string> {
  const { what, requirements, otherwise } = program;
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const mark = join(folder, MARK);
  const python = join(folder, 'bin', 'python');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted && existsSync(python)) return python;
  if (existsSync(folder) && !existsSync(mark))
    throw new RehearsalError(
      `${folder} is a virtual environment that the rehearsal did not make: move it away, ${otherwise}`,
    );
  const base = await basePython(signal, program);
  say(`Installing ${what}, from PyPI into ${basename(folder)}; this is done once.`);
  // Whole or not at all: what breaks off leaves a folder beside, which goes.
  const beside = mkdtempSync(join(dirname(folder), '.venv-'));
  const options = { cwd: dirname(folder), env: process.env, signal, patience: 300_000 };
  try {
    await demand(
      base,
      ['-m', 'venv', '--clear', beside],
      options,
      'no virtual environment could be made',
      otherwise,
    );
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
        requirements,
      ],
      options,
      `${what} could not be installed from PyPI, which needs the network once`,
      otherwise,
    );
    writeFileSync(join(beside, MARK), wanted);
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return python;
}

async function basePython(signal: AbortSignal, { what, otherwise }: PythonProgram): Promise<string> {
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
    `${what} needs Python 3.11, 3.12, 3.13 or 3.14, which is not installed: install one, ${otherwise}`,
  );
}

async function demand(
  command: string,
  args: readonly string[],
  options: Parameters<typeof run>[2],
  what: string,
  otherwise: string,
): Promise<void> {
  const { code, output } = await run(command, args, options);
  if (code === 0) return;
  const last = output.trim().split('\n').slice(-3).join(' ').slice(0, 400);
  throw new RehearsalError(`${what} (${last}): fix that, ${otherwise}`);
}
