/**
 * Sorted entries, all in memory or some in runs that were spilled; in the end all come in the order of their digests. Memory is
 * bounded by what was allowed: it holds either the entries of one run, or a window into each run.
 */
import { RoomError } from '../../errors';
import type { Spill } from '../../port';
import { compareDigests, ENTRY_BYTES, Entries, WORDS } from './entries';

/** What an entry takes while its run is sorted: itself, and two numbers of four bytes. */
const SORTED_BYTES = ENTRY_BYTES + 8;
/** Entries are written in pieces of so many. */
const PIECE = 16_384;
/** The least entries of a window into a run: fewer, and reading costs more than merging. */
const LEAST_WINDOW = 512;

/** One run that was spilled. */
interface Run {
  readonly number: number;
  readonly entries: number;
}

/** Numbers runs, which several keys spill side by side. */
export class RunNumbers {
  #next = 0;
  take(): number {
    return this.#next++;
  }
}

/** The entries of one rule. */
export class Runs {
  readonly entries = new Entries();
  readonly #runs: Run[] = [];
  readonly #most: number;
  readonly #spill: Spill | undefined;
  readonly #numbers: RunNumbers;

  /** @param memory in bytes */
  constructor(memory: number, spill: Spill | undefined, numbers: RunNumbers) {
    this.#most = Math.max(LEAST_WINDOW, Math.floor(memory / SORTED_BYTES));
    this.#spill = spill;
    this.#numbers = numbers;
  }

  /** Whether there are as many entries as memory is allowed for, so that `drain` is to be called before more come. */
  get full(): boolean {
    return this.entries.count >= this.#most;
  }

  /** Spills what is in memory. @throws RoomError where there is no place to spill to */
  async drain(): Promise<void> {
    const { entries } = this;
    const spill = this.#spill;
    if (!spill)
      throw new RoomError('the digests of keys and references take more memory than the check may use');
    const run = { number: this.#numbers.take(), entries: entries.count };
    const order = entries.sorted();
    for (let at = 0; at < order.length; at += PIECE) {
      const piece = order.subarray(at, at + PIECE);
      await spill.append(run.number, bytesOf(gather(entries.words, piece)));
    }
    this.#runs.push(run);
    entries.clear();
  }

  /**
   * Hands over all entries in groups of one digest, in the order in which they came into the file.
   * @param take is given the words of an entry, and whether it is the first of its group
   */
  async inOrder(take: (words: Uint32Array, at: number, first: boolean) => void): Promise<void> {
    if (this.#runs.length > 0 && this.entries.count > 0) await this.drain();
    if (this.#runs.length === 0) {
      const { words } = this.entries;
      let before = -1;
      for (const entry of this.entries.sorted()) {
        const at = entry * WORDS;
        take(words, at, before < 0 || compareDigests(words, before, words, at) !== 0);
        before = at;
      }
      return;
    }
    await this.#merge(take);
  }

  async #merge(take: (words: Uint32Array, at: number, first: boolean) => void): Promise<void> {
    const size = Math.max(LEAST_WINDOW, Math.floor(this.#most / this.#runs.length));
    const spill = this.#spill;
    if (!spill) return;
    const windows: Window[] = [];
    for (const run of this.#runs) {
      const window = new Window(run, spill, size);
      await window.fill();
      windows.push(window);
    }
    const heap = new Heap(windows);
    const last = new Uint32Array(4);
    let any = false;
    for (let top = heap.top; top; top = heap.top) {
      take(top.words, top.at, !any || compareDigests(last, 0, top.words, top.at) !== 0);
      last.set(top.words.subarray(top.at, top.at + 4));
      any = true;
      top.at += WORDS;
      if (top.at >= top.words.length) await top.fill();
      heap.settle();
    }
  }
}

/** Where the merge stands in one run. */
class Window {
  words = new Uint32Array(0);
  at = 0;
  #next = 0;

  constructor(
    readonly run: Run,
    readonly spill: Spill,
    readonly size: number,
  ) {}

  /** Reads the next entries; none where the run is at its end. */
  async fill(): Promise<void> {
    const to = Math.min(this.run.entries, this.#next + this.size);
    const bytes = await this.spill.read(this.run.number, this.#next * ENTRY_BYTES, to * ENTRY_BYTES);
    if (bytes.length !== (to - this.#next) * ENTRY_BYTES) throw new Error('a spilled run was cut short');
    this.words = wordsOf(bytes);
    this.at = 0;
    this.#next = to;
  }

  get done(): boolean {
    return this.at >= this.words.length;
  }

  /** Runs come one after the other in the file, so that of one digest the earlier run’s entries are first. */
  before(other: Window): boolean {
    const order = compareDigests(this.words, this.at, other.words, other.at);
    return order < 0 || (order === 0 && this.run.number < other.run.number);
  }
}

/** The window with the least entry is on top. */
class Heap {
  readonly #windows: Window[];

  constructor(windows: readonly Window[]) {
    this.#windows = windows.filter(({ done }) => !done);
    for (let n = this.#windows.length >> 1; n >= 0; n--) this.#sink(n);
  }

  get top(): Window | undefined {
    return this.#windows[0];
  }

  /** Puts the top where it belongs, once it has moved on. */
  settle(): void {
    if (this.top?.done) {
      const last = this.#windows.pop();
      if (last && this.#windows.length > 0) this.#windows[0] = last;
    }
    this.#sink(0);
  }

  #sink(from: number): void {
    const windows = this.#windows;
    for (let at = from; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const [one, other] = [windows[child], windows[least]];
        if (one && other && one.before(other)) least = child;
      }
      const [up, down] = [windows[least], windows[at]];
      if (least === at || !up || !down) return;
      windows[at] = up;
      windows[least] = down;
      at = least;
    }
  }
}

function gather(words: Uint32Array, entries: Uint32Array): Uint32Array {
  const gathered = new Uint32Array(entries.length * WORDS);
  let to = 0;
  for (const entry of entries) {
    const from = entry * WORDS;
    for (let n = 0; n < WORDS; n++) gathered[to++] = words[from + n] ?? 0;
  }
  return gathered;
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** What was read may begin anywhere in its memory; words may not. */
function wordsOf(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  return new Uint32Array(copy.buffer);
}
