/**
 * Parts a stream of bytes into lines, wherever its pieces end. Lines are handed over in blocks of whole ones, each with its
 * newline: a block is a piece as it came where that is possible, and else a copy.
 */
import { NEWLINE } from './characters';
import { MOST_LINE_BYTES } from './limits';

/** Takes whole lines. */
export interface LineTaker {
  /** @param shift what is added to places in `bytes` to have those in the file */
  block(bytes: Uint8Array, from: number, to: number, shift: number): void;
  /** A line that is longer than what is read. @param byte its first, in the file */
  tooLong(byte: number): void;
}

const FIRST_REST = 64 * 1024;

/** Parts a stream into lines. */
export class Lines {
  readonly #taker: LineTaker;
  /** The beginning of a line whose end has not come. */
  #rest = new Uint8Array(FIRST_REST);
  #length = 0;
  /** Whether the line that has begun is too long, and is passed over to its end. */
  #passing = false;
  #file: number;

  /** @param offset of the first byte, which begins a line */
  constructor(taker: LineTaker, offset: number) {
    this.#taker = taker;
    this.#file = offset;
  }

  /** The first byte in the file that was not handed over: where the next line begins. */
  get offset(): number {
    return this.#file - this.#length;
  }

  /** How many bytes of the file were taken. */
  get read(): number {
    return this.#file;
  }

  /** Whether a line has begun whose end has not come. */
  get within(): boolean {
    return this.#length > 0 || this.#passing;
  }

  /** Takes the next piece. It is not kept. */
  add(piece: Uint8Array): void {
    let at = 0;
    if (this.within) {
      const newline = piece.indexOf(NEWLINE);
      const end = newline < 0 ? piece.length : newline + 1;
      this.#keep(piece, 0, end);
      if (newline >= 0) this.#endLine();
      at = end;
    }
    const last = piece.lastIndexOf(NEWLINE);
    if (last >= at) {
      const shift = this.#file - at;
      this.#file += last + 1 - at;
      this.#taker.block(piece, at, last + 1, shift);
      at = last + 1;
    }
    if (at < piece.length) this.#keep(piece, at, piece.length);
  }

  /** Hands over the last line, where it has no newline. */
  end(): void {
    if (!this.within) return;
    const before = this.#file;
    this.#keep(Uint8Array.of(NEWLINE), 0, 1);
    this.#endLine();
    this.#file = before;
  }

  #keep(piece: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from;
    this.#file += to - from;
    if (this.#passing || length > MOST_LINE_BYTES) {
      if (!this.#passing) this.#taker.tooLong(this.#file - length);
      this.#passing = true;
      this.#length = 0;
      return;
    }
    if (length > this.#rest.length) {
      const larger = new Uint8Array(Math.min(2 * length, MOST_LINE_BYTES));
      larger.set(this.#rest.subarray(0, this.#length));
      this.#rest = larger;
    }
    this.#rest.set(piece.subarray(from, to), this.#length);
    this.#length = length;
  }

  #endLine(): void {
    const length = this.#length;
    const passed = this.#passing;
    this.#length = 0;
    this.#passing = false;
    if (!passed) this.#taker.block(this.#rest, 0, length, this.#file - length);
  }
}
