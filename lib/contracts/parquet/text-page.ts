/**
 * The values of a page or a dictionary as text, one asked for after the other. What is text already stays where it lies;
 * numbers and times are written some thousand at a time, so that a page of a million does not become text as a whole.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { damaged } from './fault';
import type { Texts } from './texts';
import type { Values } from './values';

/** How many values are written at a time where they are asked for in their order. */
export const BLOCK = 2048;

/** Values as text. */
export class TextPage {
  /** Where the value that was asked for last lies. */
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;
  readonly #values: Values;
  readonly #texts: Texts;
  readonly #count: number;
  readonly #block: number;
  /** Whether the text may hold bytes that are not ASCII. */
  readonly #wide: boolean;
  #ends: Int32Array = new Int32Array(0);
  #first = 0;
  #written = 0;

  /** @param block how many values to write at a time: all where they are asked for in any order */
  constructor(values: Values, count: number, texts: Texts, block: number) {
    this.#block = block;
    this.#values = values;
    this.#texts = texts;
    this.#count = count;
    this.#wide = texts.as === 'bytes' && values.of === 'bytes' && !isAscii(values.bytes);
  }

  /** Finds a value. @throws ParquetError where there cannot be one */
  find(n: number): void {
    const values = this.#values;
    if (this.#texts.as === 'bytes' && values.of === 'bytes') {
      this.bytes = values.bytes;
      this.from = values.from[n] ?? 0;
      this.to = values.to[n] ?? 0;
      return;
    }
    if (n < this.#first || n >= this.#first + this.#written) this.#write(n);
    const at = n - this.#first;
    this.from = at === 0 ? 0 : (this.#ends[at - 1] ?? 0);
    this.to = this.#ends[at] ?? 0;
  }

  /** Whether the value that was found is UTF-8. Most pages have nothing but ASCII, which is told of all at once. */
  get isText(): boolean {
    if (!this.#wide) return true;
    const { bytes, from, to } = this;
    for (let at = from; at < to; at++) if ((bytes[at] ?? 0) > 0x7f) return isUtf8(bytes.subarray(at, to));
    return true;
  }

  #write(first: number): void {
    const texts = this.#texts;
    if (texts.as !== 'written') {
      damaged('a column has values where its type knows none');
      return;
    }
    const count = Math.min(this.#block, this.#count - first);
    if (this.#ends.length < count) this.#ends = new Int32Array(count);
    let at = 0;
    for (let n = 0; n < count; n++) {
      if (at + texts.most > this.bytes.length) this.#grow(at + texts.most);
      at = texts.write(this.#values, first + n, this.bytes, at);
      this.#ends[n] = at;
    }
    this.#first = first;
    this.#written = count;
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, least, 16 * 1024));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
