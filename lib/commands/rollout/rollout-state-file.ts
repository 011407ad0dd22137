/** The file in which a rollout keeps how far it has come, and the one rollout that may write it. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRunning, writeNewFile, writeWhole } from '../../disk';
import { parseRolloutState, type RolloutState, rolloutStateText } from '../../wire';
import { UsageError } from '../option';
import type { Terminal } from '../terminal';
import { textNamed } from '../unread';
import { unwritten } from '../unwritten';

/** Where the state of a plan is kept, unless it is said. */
export function usualStateFile(plan: string): string {
  return `${plan.replace(/\.json$/, '')}.state.json`;
}

/**
 * The state that is kept; undefined where there is none.
 * @param digest the SHA-256 of the plan, in hex
 * @throws WireError with every problem of the file, or UsageError where it is of another plan
 */
export function readState(
  path: string,
  digest: string,
  terminal: Pick<Terminal, 'cwd'>,
): RolloutState | undefined {
  if (!existsSync(resolve(terminal.cwd, path))) return undefined;
  const state = parseRolloutState(textNamed(path, 'name another file with --state FILE', terminal), path);
  if (state.plan !== digest)
    throw new UsageError(
      `${path} is of another plan: name another file with --state FILE, or finish that plan first`,
    );
  return state;
}

/** Keeps the state, whole or not at all. @throws what the file system says */
export function writeState(path: string, state: RolloutState, { cwd }: Pick<Terminal, 'cwd'>): void {
  writeWhole(resolve(cwd, path), rolloutStateText(state));
}

/**
 * Does something while no other rollout of this machine writes the state.
 * @throws UsageError where one does
 */
export async function whileAlone<T>(
  path: string,
  { cwd }: Pick<Terminal, 'cwd'>,
  act: () => Promise<T>,
): Promise<T> {
  const lock = `${resolve(cwd, path)}.lock`;
  // What was killed has left it.
  if (existsSync(lock) && !isRunning(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
  try {
    writeNewFile(lock, String(process.pid));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw unwritten(path, 'file with --state FILE', error);
    throw new UsageError(`a rollout is under way by ${path}: wait until it has ended`, { cause: error });
  }
  try {
    return await act();
  } finally {
    rmSync(lock, { force: true });
  }
}
