/**
 * What Linux tells about a program and its children while it runs: their memory, and the processor time of those that have
 * ended. Elsewhere nothing is seen, and what each process says of itself is all there is.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel gives times in hundredths of a second, on every processor that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Often enough to see what lasts, and seldom enough to take no notable time from what is measured. */
const EVERY_MS = 200;

/** The processor time, in seconds, of all ended children of this process, and theirs. Undefined where it is not told. */
export function timeOfEndedChildren(): number | undefined {
  const stat = read('/proc/self/stat');
  if (stat === undefined) return undefined;
  // The second field is the program’s name in brackets, which may hold spaces; the 16th and 17th are the times.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

/** The memory that a program was seen to hold, in MB (2^20 bytes). */
export interface Seen {
  /** The most that any one process held. */
  readonly largest: number;
  /** The most that all held at one time. Pages that they share are counted once. */
  readonly together: number;
}

/** Watches a program and its children until it is told to stop. */
export function watch(pid: number): () => Seen {
  let [largest, together] = [0, 0];
  const look = () => {
    const held = [...memoryBelow(pid)];
    largest = Math.max(largest, ...held.map((each) => each.most));
    const now = held.map((each) => (held.length > 1 ? (proportional(each.pid) ?? each.now) : each.now));
    together = Math.max(
      together,
      now.reduce((sum, each) => sum + each, 0),
    );
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return { largest: largest / 1024, together: together / 1024 };
  };
}

interface Held {
  readonly pid: number;
  /** In kB, at this moment and at most so far. */
  readonly now: number;
  readonly most: number;
}

/** Of a process and of all below it. One that ends meanwhile is left out. */
function* memoryBelow(pid: number): Generator<Held> {
  const status = read(`/proc/${pid}/status`);
  if (status === undefined) return;
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
  yield { pid, now: kilobytes('VmRSS'), most: kilobytes('VmHWM') };
  for (const child of childrenOf(pid)) yield* memoryBelow(child);
}

/**
 * The memory of a process in kB, with its part of the pages that it shares: a child that has only just been forked shares all of
 * its parent’s. It takes the kernel a while to tell, so it is asked only where there are several.
 */
function proportional(pid: number): number | undefined {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes);
}

/** The kernel lists a child under the thread that started it. */
function childrenOf(pid: number): number[] {
  const threads = listed(`/proc/${pid}/task`);
  return threads.flatMap((thread) =>
    (read(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  );
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
