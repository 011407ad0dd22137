/** Has V8 collect garbage at a moment of our own choosing: when much was let go of, before more is made. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collector = (how?: { readonly type: 'minor' }) => void;

let collector: Collector | undefined;

/** From so many bytes in use on. Of less, there is less to be had than it takes. */
const MUCH = 150 * 2 ** 20;

/**
 * Collects the whole heap where much is in use: it takes a millisecond or two for each megabyte that stays. V8 by itself waits until
 * the heap has grown by some part of what its last collection left, however much was let go of since.
 */
export function collectIfMuch(): void {
  if (getHeapStatistics().used_heap_size > MUCH) collectAll();
}

/** Collects the whole heap. @internal Only tests import it. */
export function collectAll(): void {
  lent()();
}

/** Collects what is young alone. */
export function collectYoung(): void {
  lent()({ type: 'minor' });
}

/** V8 lends its collector to a context that is made while the flag is set. */
function lent(): Collector {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as Collector;
    setFlagsFromString('--no-expose-gc');
  }
  return collector;
}
