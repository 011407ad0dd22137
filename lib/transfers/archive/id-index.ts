/**
 * Where in a ledger the entries of some ids are, in eight bytes for each entry and a half as much again: a ledger has
 * millions of entries, and their ids alone would fill the memory. It may propose an entry of another id, never leave one out.
 */

/** Finds places by keys. */
export class IdIndex {
  /** Place and one, by slot; 0 is empty. */
  readonly #places: Uint32Array;
  readonly #prints: Uint32Array;

  constructor(size: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, size * 1.5)));
    this.#places = new Uint32Array(slots);
    this.#prints = new Uint32Array(slots);
  }

  /** Adds a place under a key; a key may have several. */
  add(key: string, place: number): void {
    const { slot, print } = hashOf(key);
    const last = this.#places.length - 1;
    let at = slot & last;
    while (this.#places[at] !== 0) at = (at + 1) & last;
    this.#places[at] = place + 1;
    this.#prints[at] = print;
  }

  /** The places that may be those of a key, in the order in which they were added. */
  *find(key: string): Generator<number> {
    const { slot, print } = hashOf(key);
    const last = this.#places.length - 1;
    for (let at = slot & last; this.#places[at] !== 0; at = (at + 1) & last)
      if (this.#prints[at] === print) yield (this.#places[at] ?? 0) - 1;
  }
}

/** Two hashes of 32 bits, by FNV-1a with two seeds. They need not withstand anybody: what is found is compared. */
function hashOf(key: string): { readonly slot: number; readonly print: number } {
  let slot = 0x811c9dc5;
  let print = 0x9747b28c;
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at);
    slot = Math.imul(slot ^ code, 0x01000193);
    print = Math.imul(print ^ code, 0x85ebca6b);
  }
  return { slot: (slot ^ (slot >>> 15)) >>> 0, print: (print ^ (print >>> 13)) >>> 0 };
}
