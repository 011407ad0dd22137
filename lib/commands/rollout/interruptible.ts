/** Work that a signal ends at a good moment. */
import { EXIT, type Terminal } from '../terminal';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first signal has the work stop where it can; the second ends the program at once, as unfinished.
 * @param words what the first one is answered with
 */
export function interruptible({ err }: Pick<Terminal, 'err'>, words: string) {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) process.exit(EXIT.unfinished);
    err(`${words} Once more to stop at once.\n`);
    stopping.abort();
  };
  for (const each of SIGNALS) process.on(each, stop);
  return {
    signal: stopping.signal,
    end: () => {
      for (const each of SIGNALS) process.removeListener(each, stop);
    },
  };
}
