/**
 * The ledger’s bucket as one tab reads it: what is written there once is fetched once, and then kept in the tab’s memory alone.
 * No cache of the browser is asked: what such a one keeps lies on the disk of whoever reads.
 */
import { type LedgerStore, type Opened, StoreFailure } from '../../../delivery';
import { CHECKPOINT } from '../../../ledger/core';

/** A file as it came. */
interface Kept {
  readonly about: Omit<Opened, 'content'>;
  readonly pieces: readonly Uint8Array[];
}

/** One tab’s ledger. */
export class KeptLedger {
  readonly #kept = new Map<string, Promise<Kept | undefined>>();
  readonly #store: LedgerStore;

  /** @param from the bucket, as the role that reads receipts */
  constructor(private readonly from: LedgerStore) {
    this.#store = {
      list: (prefix, after) => from.list(prefix, after),
      open: (path, range) => (range === undefined ? this.#open(path) : from.open(path, range)),
    };
  }

  /**
   * Reads it. All of what is read is checked each time, whether it was kept or came; where that shows a fault, nothing is kept, so
   * that the next look asks for everything anew. What came before a line broke off is kept.
   * @throws what reading throws
   */
  async read<T>(reads: (store: LedgerStore) => Promise<T>): Promise<T> {
    try {
      return await reads(this.#store);
    } catch (error) {
      if (!(error instanceof StoreFailure)) this.#kept.clear();
      throw error;
    }
  }

  async #open(path: string): Promise<Opened | undefined> {
    // Of all that is read here it alone is written again, as the ledger grows.
    if (path === CHECKPOINT) return await this.from.open(path);
    // What is under way is not begun again: who goes from screen to screen does not wait for one to be there.
    const asked = this.#kept.get(path) ?? this.#whole(path);
    this.#kept.set(path, asked);
    const kept = await asked;
    return kept && { ...kept.about, content: again(kept.pieces) };
  }

  /** The whole of a file; what is not there, or broke off, is not kept. */
  async #whole(path: string): Promise<Kept | undefined> {
    let whole: Kept | undefined;
    try {
      const opened = await this.from.open(path);
      if (opened === undefined) return undefined;
      const { content, ...about } = opened;
      const pieces: Uint8Array[] = [];
      for await (const piece of content) pieces.push(piece.slice());
      whole = { about, pieces };
      return whole;
    } finally {
      if (whole === undefined) this.#kept.delete(path);
    }
  }
}

async function* again(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  for (const piece of pieces) yield piece.slice();
}
