/** How far the heap may grow before V8 collects it, for commands where the usual costs the computer more than it gains. */
import { setFlagsFromString } from 'node:v8';

/**
 * How much of what is in use it may grow by, in hundredths. V8 lets it grow to four times that, so a proof ended with 0.5 or 1 GB as
 * the last collection fell early or late, a pack of evidence with 1.1 GB, and 10,000 small files with a third more
 * (docs/performance.md). Less than this costs processor time: bytes that come from the network count as growth. A pack of 400
 * organisations has the whole heap collected five times, and not seven times as by 70. A proof alone comes to two thirds of what a
 * pack comes to, so it may grow further: the whole heap is collected twice by then and not four times, the last of which was as dear
 * as the three before it.
 */
const GROWS_BY: ReadonlyMap<string, number> = new Map([
  ['synth', 40],
  ['prove', 270],
  ['evidence', 130],
  ['deposit', 70],
  ['collect', 70],
]);
/**
 * Files go by, and nothing of them stays, so what is young needs little room: V8 would give it twice 16 MB. A proof keeps what it
 * makes, and would copy it more often.
 */
const STAYS_YOUNG: ReadonlySet<string> = new Set(['deposit', 'collect']);

/**
 * V8 would have another thread mark what is in use while more is made, and would keep all of that: a proof of 400 organisations held
 * a fifth more. Its own thread marks, in less processor time.
 */
const MARKED_IN_ONE_THREAD: ReadonlySet<string> = new Set(['prove']);

/** By how much it may grow in a proof and a pack that follow a synth, which begins them with more in use than they do by themselves. */
const AFTER_SYNTH = 30;

/** Sets it for this process, before the command begins. Of other commands the usual holds. */
export function limitHeapGrowth(command = ''): void {
  const percent = GROWS_BY.get(command);
  if (percent !== undefined) setFlagsFromString(`--heap-growing-percent=${percent}`);
  if (STAYS_YOUNG.has(command)) setFlagsFromString('--semi-space-growth-factor=1');
  if (MARKED_IN_ONE_THREAD.has(command)) setFlagsFromString('--no-concurrent-marking');
}

/** Sets it for what follows a synth. It holds from the next collection on. */
export function limitHeapGrowthAfterSynth(): void {
  setFlagsFromString(`--heap-growing-percent=${AFTER_SYNTH}`);
}
