/** Bytes as the engine is given them, in pieces that end where a test says. */
import type { Source } from '../../lib/contracts/port';

/**
 * A source of bytes.
 * @param ends where pieces end, besides the end of all; each piece lies in one buffer, which is used again
 */
export function sourceOf(
  bytes: Uint8Array,
  ends: readonly number[] = [],
): Source & { readonly bytes: number } {
  return {
    bytes: bytes.length,
    async *read(from) {
      const buffer = new Uint8Array(bytes.length);
      let at = from;
      for (const end of [...ends, bytes.length]) {
        if (end <= at) continue;
        buffer.set(bytes.subarray(at, end));
        const piece = buffer.subarray(0, end - at);
        at = end;
        yield piece;
        piece.fill(0xff);
      }
    },
    slice: async (from, to) => bytes.slice(from, to),
  };
}
