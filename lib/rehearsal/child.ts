/** Programs that the rehearsal starts: each leads its own process group, which ends with it, whatever it has started. */
import { type ChildProcess, spawn } from 'node:child_process';

/** What became of a program. */
export interface Ended {
  /** Undefined where it was killed. */
  readonly code: number | undefined;
  /** Both streams, as they came. */
  readonly output: string;
}

/** How a program is run. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends it, and all that it has started. */
  readonly signal: AbortSignal;
  /** In milliseconds; after it the program counts as stuck, and is killed. */
  readonly patience: number;
  /** Kills it at once, after so many milliseconds, where it has not ended by then. */
  readonly killAfter?: number;
}

/** How long a group has to end of itself before it is killed, in milliseconds. */
const GRACE = 3_000;

/** Runs a program to its end. @throws what `signal` was aborted with */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env, signal, patience, killAfter } = options;
  signal.throwIfAborted();
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  const stop = () => void endGroup(child);
  signal.addEventListener('abort', stop, { once: true });
  const stuck = setTimeout(stop, patience);
  const kill = () => child.pid !== undefined && tell(child.pid, 'SIGKILL');
  const killed = killAfter === undefined ? undefined : setTimeout(kill, killAfter);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    return { code: code ?? undefined, output };
  } finally {
    clearTimeout(stuck);
    clearTimeout(killed);
    signal.removeEventListener('abort', stop);
    await endGroup(child);
  }
}

/** Ends a program and all that it has started, and waits until the program is gone. */
export async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const gone = isOver()
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  tell(pid, 'SIGTERM');
  const timer = setTimeout(() => tell(pid, 'SIGKILL'), GRACE);
  await gone;
  clearTimeout(timer);
  // The leader is gone; what it has started may not be.
  tell(pid, 'SIGKILL');
}

/** To the group. One that is gone already is what was wanted. */
function tell(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
