/**
 * What is kept of a value to see whether it recurs: its digest and where it stands, in 32 bytes. Sorted by digest, and equal
 * ones by row, it is found in one pass.
 */

/** Words of 32 bits of one entry: four of digest; low halves of row, line and byte; and what is above them. */
export const WORDS = 8;
export const ENTRY_BYTES = 4 * WORDS;
const [ROW, LINE, BYTE, HIGH] = [4, 5, 6, 7];
/** The top bit of the last word: of two columns, those values among which the others are looked for. */
const TARGET = 0x80000000;
const TWO_32 = 2 ** 32;

/** Where a value stands, as an entry keeps it: rows and lines below 2^40, bytes below 2^47. */
export interface EntryPlace {
  readonly row: number;
  readonly line: number;
  readonly byte: number;
}

/** Entries as one growing piece of memory. */
export class Entries {
  #words: Uint32Array;
  #count = 0;

  constructor(room = 1_024) {
    this.#words = new Uint32Array(room * WORDS);
  }

  get count(): number {
    return this.#count;
  }

  get words(): Uint32Array {
    return this.#words;
  }

  add(
    d0: number,
    d1: number,
    d2: number,
    d3: number,
    row: number,
    line: number,
    byte: number,
    target: boolean,
  ): void {
    const at = this.#count * WORDS;
    if (at === this.#words.length) this.#grow();
    const words = this.#words;
    words[at] = d0;
    words[at + 1] = d1;
    words[at + 2] = d2;
    words[at + 3] = d3;
    words[at + ROW] = row % TWO_32;
    words[at + LINE] = line % TWO_32;
    words[at + BYTE] = byte % TWO_32;
    const high =
      (Math.floor(byte / TWO_32) << 16) | (Math.floor(row / TWO_32) << 8) | Math.floor(line / TWO_32);
    words[at + HIGH] = target ? high | TARGET : high;
    this.#count++;
  }

  clear(): void {
    this.#count = 0;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#words.length * 2);
    larger.set(this.#words);
    this.#words = larger;
  }

  /** The entries in the order of digests; of the same digest in the order in which they came. Each by its number. */
  sorted(): Uint32Array {
    const count = this.#count;
    const words = this.#words;
    let order = Uint32Array.from({ length: count }, (_, n) => n);
    let spare = new Uint32Array(count);
    // By the first 32 bits, from the lowest on, 11 bits at a time; whatever is equal keeps its order.
    for (const shift of [0, 11, 22]) {
      const counts = new Uint32Array(2_049);
      for (let n = 0; n < count; n++) {
        const digit = ((words[n * WORDS] ?? 0) >>> shift) & 2_047;
        counts[digit + 1] = (counts[digit + 1] ?? 0) + 1;
      }
      for (let n = 1; n < counts.length; n++) counts[n] = (counts[n] ?? 0) + (counts[n - 1] ?? 0);
      for (let n = 0; n < count; n++) {
        const entry = order[n] ?? 0;
        const digit = ((words[entry * WORDS] ?? 0) >>> shift) & 2_047;
        const to = counts[digit] ?? 0;
        counts[digit] = to + 1;
        spare[to] = entry;
      }
      [order, spare] = [spare, order];
    }
    this.#settle(order);
    return order;
  }

  /** Among those with the same first 32 bits, which are few unless they are all the same, by the rest of the digest. */
  #settle(order: Uint32Array): void {
    const words = this.#words;
    for (let n = 1; n < order.length; n++) {
      const entry = order[n] ?? 0;
      let at = n;
      for (; at > 0 && compareDigests(words, (order[at - 1] ?? 0) * WORDS, words, entry * WORDS) > 0; at--)
        order[at] = order[at - 1] ?? 0;
      order[at] = entry;
    }
  }
}

/** By digest alone. */
export function compareDigests(a: Uint32Array, aAt: number, b: Uint32Array, bAt: number): number {
  for (let n = 0; n < 4; n++) {
    const difference = (a[aAt + n] ?? 0) - (b[bAt + n] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether an entry is one among which others are looked for. */
export function isTarget(words: Uint32Array, at: number): boolean {
  return (words[at + HIGH] ?? 0) >= TARGET;
}

/** Copies where the value of an entry stands into other words, which `placeOf` reads: those of an entry are not kept. */
export function copyPlace(words: Uint32Array, at: number, to: Uint32Array): void {
  for (let n = ROW; n < WORDS; n++) to[n] = words[at + n] ?? 0;
}

/** Where the value of an entry stands. */
export function placeOf(words: Uint32Array, at: number): EntryPlace {
  const high = words[at + HIGH] ?? 0;
  return {
    row: (words[at + ROW] ?? 0) + TWO_32 * ((high >>> 8) & 0xff),
    line: (words[at + LINE] ?? 0) + TWO_32 * (high & 0xff),
    byte: (words[at + BYTE] ?? 0) + TWO_32 * ((high >>> 16) & 0x7fff),
  };
}
