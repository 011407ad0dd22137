/** How far the heap may grow before V8 collects it, for commands where the usual costs the computer more than it gains. */
import { setFlagsFromString } from 'node:v8';

/**
 * By how much of what is in use, in hundredths. V8 lets it grow to four times that, so a proof ended with 0.5 or 1 GB as the last
 * collection fell early or late, a pack of evidence with 1.1 GB, and 10,000 small files with a third more (docs/performance.md).
 */
const GROWS_BY: ReadonlyMap<string, number> = new Map([
  ['prove', 70],
  ['evidence', 70],
  ['deposit', 20],
  ['collect', 20],
]);

/** Sets it for this process, before the command begins. Of other commands the usual holds. */
export function limitHeapGrowth(command: string | undefined): void {
  const percent = GROWS_BY.get(command ?? '');
  if (percent !== undefined) setFlagsFromString(`--heap-growing-percent=${percent}`);
}
