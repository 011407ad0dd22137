/** Memory of bytes that go by: Node gives each piece that comes from the network memory of its own, and frees it when V8 next looks. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of so many bytes the looking takes 1 in 20 of the time that they take; half of them costs twice as much. */
const EVERY = 16 * 2 ** 20;

/**
 * Has V8 look through what is young each time that so many bytes have gone by. By itself it looks after 32 MB, and where the computer
 * is busy twice as much is waiting by then: 1 GB was collected in 137 to 170 MB so, and in 124 to 135 MB with this
 * (docs/performance.md).
 * @param tell is told of bytes as they go by
 * @param look looks through what is young
 * @returns what is to be told in its place
 */
export function freedAsItPasses(
  tell: (bytes: number) => void,
  look: () => void = lookThroughYoung,
): (bytes: number) => void {
  let since = 0;
  return (bytes) => {
    tell(bytes);
    since += bytes;
    if (since < EVERY) return;
    since = 0;
    look();
  };
}

let collector: ((how: { readonly type: 'minor' }) => void) | undefined;

/** V8 lends its collector to a context that is made while the flag is set. @internal Only tests import it. */
export function lookThroughYoung(): void {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc');
    collector = runInNewContext('gc') as typeof collector;
    setFlagsFromString('--no-expose-gc');
  }
  collector?.({ type: 'minor' });
}
