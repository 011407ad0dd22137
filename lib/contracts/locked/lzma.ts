/**
 * Unpacks LZMA, in which 7-Zip packs the list of an archive’s files: a few hundred lines of bytes, once. Packages for it bring a
 * packer along, and take what they unpack for text. What is damaged gives wrong bytes or nothing; it always ends.
 * @see https://www.7-zip.org/sdk.html (lzma-specification.txt)
 */

const PROBABILITY_BITS = 11;
const EVEN = 1 << (PROBABILITY_BITS - 1);
const MOVE_BITS = 5;
/** The least of the range before another byte is taken in. */
const TOP = 2 ** 24;
const STATES = 12;
const POSITION_STATES = 16;
const LENGTH_STATES = 4;
const ALIGN_BITS = 4;
/** Slots of distances from which on bits are not modelled, and those below which a slot is the distance. */
const [MODELLED_END, SLOT_IS_DISTANCE] = [14, 4];
const SHORTEST = 2;
/** After a byte by itself, a match, a repeated match, a repeated byte: what the next state is from here. */
const afterLiteral = (state: number) => (state < 4 ? 0 : state < 10 ? state - 3 : state - 6);
const afterMatch = (state: number, early: number, late: number) => (state < 7 ? early : late);

const probabilities = (count: number) => new Uint16Array(count).fill(EVEN);

/** Reads bits, each by how probable it has been. */
class Range {
  private range = 0xffffffff;
  private code = 0;
  private at = 1;

  constructor(private readonly bytes: Uint8Array) {
    for (let n = 0; n < 4; n++) this.code = ((this.code << 8) | this.next()) >>> 0;
  }

  /** Whether more was asked for than there is. */
  get over(): boolean {
    return this.at > this.bytes.length;
  }

  bit(model: Uint16Array, at: number): 0 | 1 {
    const probability = model[at] ?? EVEN;
    const bound = (this.range >>> PROBABILITY_BITS) * probability;
    const bit = this.code < bound ? 0 : 1;
    if (bit === 0) {
      this.range = bound;
      model[at] = probability + (((1 << PROBABILITY_BITS) - probability) >>> MOVE_BITS);
    } else {
      this.range -= bound;
      this.code -= bound;
      model[at] = probability - (probability >>> MOVE_BITS);
    }
    this.fill();
    return bit;
  }

  direct(count: number): number {
    let value = 0;
    for (let n = 0; n < count; n++) {
      this.range = Math.floor(this.range / 2);
      const bit = this.code >= this.range ? 1 : 0;
      if (bit === 1) this.code -= this.range;
      this.fill();
      value = value * 2 + bit;
    }
    return value;
  }

  /** The highest bit first. */
  tree(model: Uint16Array, from: number, bits: number): number {
    let node = 1;
    for (let n = 0; n < bits; n++) node = node * 2 + this.bit(model, from + node);
    return node - 2 ** bits;
  }

  /** The lowest bit first. */
  reverseTree(model: Uint16Array, from: number, bits: number): number {
    let [node, value] = [1, 0];
    for (let n = 0; n < bits; n++) {
      const bit = this.bit(model, from + node);
      node = node * 2 + bit;
      value += bit * 2 ** n;
    }
    return value;
  }

  private fill(): void {
    if (this.range >= TOP) return;
    this.range = (this.range * 256) >>> 0;
    this.code = (this.code * 256 + this.next()) >>> 0;
  }

  private next(): number {
    return this.bytes[this.at++] ?? 0;
  }
}

/** How long a match is. */
class Lengths {
  private readonly choice = probabilities(2);
  private readonly low = probabilities(POSITION_STATES * 8);
  private readonly middle = probabilities(POSITION_STATES * 8);
  private readonly high = probabilities(256);

  read(range: Range, position: number): number {
    if (range.bit(this.choice, 0) === 0) return SHORTEST + range.tree(this.low, position * 8, 3);
    if (range.bit(this.choice, 1) === 0) return SHORTEST + 8 + range.tree(this.middle, position * 8, 3);
    return SHORTEST + 16 + range.tree(this.high, 0, 8);
  }
}

/**
 * Unpacks so many bytes, or nothing where that cannot be. @param packed without a header
 * @param properties the byte that tells how literals and positions are modelled
 */
export function unpackLzma(packed: Uint8Array, properties: number, size: number): Uint8Array | undefined {
  if (properties >= 9 * 5 * 5 || packed.length < 5 || packed[0] !== 0) return undefined;
  const contextBits = properties % 9;
  const literalPositions = 2 ** (Math.floor(properties / 9) % 5) - 1;
  const positions = 2 ** Math.floor(properties / 45) - 1;
  const range = new Range(packed);
  const out = new Uint8Array(size);
  const literals = probabilities(0x300 * (literalPositions + 1) * 2 ** contextBits);
  const isMatch = probabilities(STATES * POSITION_STATES);
  const [isRepeat, isRepeat0, isRepeat1, isRepeat2] = [1, 2, 3, 4].map(() => probabilities(STATES)) as [
    Uint16Array,
    Uint16Array,
    Uint16Array,
    Uint16Array,
  ];
  const isRepeat0Long = probabilities(STATES * POSITION_STATES);
  const slots = probabilities(LENGTH_STATES * 64);
  const special = probabilities(128);
  const align = probabilities(2 ** ALIGN_BITS);
  const [lengths, repeatLengths] = [new Lengths(), new Lengths()];
  let repeats: [number, number, number, number] = [0, 0, 0, 0];
  let state = 0;
  let at = 0;

  const literal = () => {
    const before = out[at - 1] ?? 0;
    const context = (at & literalPositions) * 2 ** contextBits + (before >>> (8 - contextBits));
    const from = 0x300 * context;
    let node = 1;
    if (state >= 7) {
      let match = out[at - repeats[0] - 1] ?? 0;
      while (node < 0x100) {
        const expected = (match >>> 7) & 1;
        match <<= 1;
        const bit = range.bit(literals, from + (1 + expected) * 0x100 + node);
        node = node * 2 + bit;
        if (bit !== expected) break;
      }
    }
    while (node < 0x100) node = node * 2 + range.bit(literals, from + node);
    out[at++] = node - 0x100;
    state = afterLiteral(state);
  };
  const distance = (length: number): number => {
    const slot = range.tree(slots, Math.min(length - SHORTEST, LENGTH_STATES - 1) * 64, 6);
    if (slot < SLOT_IS_DISTANCE) return slot;
    const bits = (slot >>> 1) - 1;
    const base = (2 + (slot & 1)) * 2 ** bits;
    if (slot < MODELLED_END) return base + range.reverseTree(special, base - slot, bits);
    const upper = range.direct(bits - ALIGN_BITS) * 2 ** ALIGN_BITS;
    return base + upper + range.reverseTree(align, 0, ALIGN_BITS);
  };
  /** What is repeated, and how long; nothing where a single byte was. */
  const repeated = (position: number): number | undefined => {
    if (range.bit(isRepeat0, state) === 0) {
      if (range.bit(isRepeat0Long, state * POSITION_STATES + position) === 0) {
        out[at] = out[at - repeats[0] - 1] ?? 0;
        at += 1;
        state = afterMatch(state, 9, 11);
        return undefined;
      }
    } else {
      const [a, b, c, d] = repeats;
      if (range.bit(isRepeat1, state) === 0) repeats = [b, a, c, d];
      else repeats = range.bit(isRepeat2, state) === 0 ? [c, a, b, d] : [d, a, b, c];
    }
    const length = repeatLengths.read(range, position);
    state = afterMatch(state, 8, 11);
    return length;
  };

  while (at < size) {
    if (range.over) return undefined;
    const position = at & positions;
    if (range.bit(isMatch, state * POSITION_STATES + position) === 0) {
      literal();
      continue;
    }
    let length: number | undefined;
    if (range.bit(isRepeat, state) === 1) length = at === 0 ? 0 : repeated(position);
    else {
      length = lengths.read(range, position);
      state = afterMatch(state, 7, 10);
      repeats = [distance(length), repeats[0], repeats[1], repeats[2]];
    }
    if (length === undefined) continue;
    if (repeats[0] >= at || length > size - at) return undefined;
    for (let n = 0; n < length; n++, at++) out[at] = out[at - repeats[0] - 1] ?? 0;
  }
  return out;
}
