/** Folders for what is needed in passing, in the system’s temporary folder. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './running';
import { attempt } from './whole-file';

/** A folder that this process alone has. */
export interface PassingFolder {
  readonly path: string;
  /** Takes it away, with all that is in it. */
  readonly remove: () => void;
}

/**
 * Makes one. It goes with the process, if nobody has removed it before. A signal that ends the process leaves it, since a command at
 * work hears of none, and must not keep Ctrl-C waiting: the next that makes one takes it away.
 * @throws what the file system says
 */
export function passingFolder(): PassingFolder {
  const ours = `concordat-${neighbours()}-`;
  attempt(() => removeAbandoned(ours));
  const path = mkdtempSync(join(tmpdir(), `${ours}${process.pid}-`));
  const remove = () => {
    process.off('exit', remove);
    // Tried again, since a thread may be writing there still.
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', remove);
  return { path, remove };
}

/** What processes that are no more have left. */
function removeAbandoned(ours: string): void {
  for (const name of readdirSync(tmpdir())) {
    const [, process] = name.startsWith(ours) ? (/^(\d+)-\w+$/.exec(name.slice(ours.length)) ?? []) : [];
    if (process !== undefined && !isRunning(Number(process)))
      attempt(() => rmSync(join(tmpdir(), name), { recursive: true, force: true }));
  }
}

/**
 * Stands for the processes that see one another. Other machines and containers may have the same temporary folder, and what runs
 * there only seems to run no more.
 */
function neighbours(): string {
  let seen = '';
  attempt(() => {
    seen = readlinkSync('/proc/self/ns/pid');
  });
  return createHash('sha256').update(`${hostname()} ${seen}`).digest('hex').slice(0, 8);
}
