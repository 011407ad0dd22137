/** The bytes of a file that are being looked at: what is left of the last piece, and the next behind it. */
import { BLOCK_BYTES } from './limits';

/** A window into a file. Behind its bytes it keeps as much room again, for the scanner. */
export class Input {
  bytes = new Uint8Array(4 * BLOCK_BYTES + 1);
  length = 0;
  /** Where the window begins in the file. */
  base: number;

  constructor(base: number) {
    this.base = base;
  }

  /** Where the window ends in the file. */
  get end(): number {
    return this.base + this.length;
  }

  add(piece: Uint8Array): void {
    const needed = 2 * (this.length + piece.length) + 1;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  /** Lets go of all before an offset of the window. */
  drop(before: number): void {
    this.bytes.copyWithin(0, before, this.length);
    this.length -= before;
    this.base += before;
  }

  get view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** A source’s piece in blocks that are small enough to stay in the processor’s cache. */
export function* inBlocks(piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < piece.length; at += BLOCK_BYTES) yield piece.subarray(at, at + BLOCK_BYTES);
}
