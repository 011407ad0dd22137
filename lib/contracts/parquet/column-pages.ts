/** Reads the pages of one column of one row group, one after the other, in pieces of the file that are let go of. */
import { crc32 } from '../crc32';
import type { Source } from '../port';
import { damaged, ParquetError, tooLarge } from './fault';
import type { Chunk } from './footer';
import type { Held } from './held';
import { MOST_HEADER_BYTES, MOST_HEADER_PARTS } from './limits';
import {
  type Dictionary,
  heldBy,
  type Page,
  type PageContext,
  readDictionary,
  readPage,
  sizesOf,
} from './pages';
import { endOfStruct, Unfinished } from './thrift-guard';

const FIRST_HEADER_BYTES = 1024;

/** The pages of one column of one row group. */
export class ColumnPages {
  readonly #slice: NonNullable<Source['slice']>;
  readonly #chunk: Chunk;
  readonly #context: PageContext;
  readonly #ahead: number;
  readonly #held: Held;
  /** The piece of the file that is at hand, and where in it the next page begins. */
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** The first byte behind the piece, in the file. */
  #behind: number;
  #dictionary: Dictionary | undefined;
  #seen = 0;

  /** @param ahead how many bytes to read at a time, at least */
  constructor(
    slice: NonNullable<Source['slice']>,
    chunk: Chunk,
    context: PageContext,
    ahead: number,
    held: Held,
  ) {
    this.#slice = slice;
    this.#chunk = chunk;
    this.#context = context;
    this.#ahead = ahead;
    this.#held = held;
    this.#behind = chunk.start;
  }

  /** The dictionary that pages so far refer to. */
  get dictionary(): Dictionary | undefined {
    return this.#dictionary;
  }

  /** Whether all pages were read. */
  get ended(): boolean {
    return this.#seen >= this.#chunk.values;
  }

  /**
   * The next page, with what was counted of it as held, or nothing after the last. A dictionary counts until the end.
   * @throws ParquetError where it is damaged
   */
  async next(): Promise<{ readonly page: Page; readonly held: number } | undefined> {
    while (!this.ended) {
      const headerEnd = await this.#headerEnd();
      const header = guarded(() => {
        const view = new DataView(this.#piece.buffer, this.#piece.byteOffset, this.#piece.byteLength);
        return this.#context.decoders.parquetHeader({ view, offset: this.#at });
      });
      this.#at = headerEnd;
      const { packed } = sizesOf(header);
      await this.#have(packed);
      if (this.#piece.length - this.#at < packed) damaged('a page ends behind its column');
      const bytes = this.#piece.subarray(this.#at, this.#at + packed);
      this.#at += packed;
      if (typeof header.crc === 'number' && (crc32(bytes) | 0) !== header.crc)
        damaged('a page is not what its checksum says');
      if (header.type === 'INDEX_PAGE') continue;
      const held = heldBy(header);
      const isLast = header.type !== 'DICTIONARY_PAGE' && this.#seen + held.count >= this.#chunk.values;
      if (isLast) this.#takePiece(new Uint8Array(0));
      // A page may take up a thousand times as much once it is unpacked.
      this.#held.change(held.bytes);
      if (header.type === 'DICTIONARY_PAGE') {
        if (this.#dictionary || this.#seen > 0) damaged('a column has a dictionary where none may be');
        this.#dictionary = guarded(() => readDictionary(bytes, header, this.#context));
        continue;
      }
      const page = guarded(() => readPage(bytes, header, this.#context, this.#dictionary));
      this.#seen += page.count;
      if (this.#seen > this.#chunk.values) damaged('a column has more values than its row group says');
      return { page, held: held.bytes };
    }
    return undefined;
  }

  /** Where the header of the next page ends, once it is at hand. */
  async #headerEnd(): Promise<number> {
    for (let bytes = FIRST_HEADER_BYTES; ; bytes *= 4) {
      await this.#have(bytes);
      try {
        return endOfStruct(this.#piece, this.#at, { parts: MOST_HEADER_PARTS, text: MOST_HEADER_BYTES });
      } catch (error) {
        if (!(error instanceof Unfinished)) throw error;
        if (bytes >= MOST_HEADER_BYTES) tooLarge('the header of a page is too long');
        if (this.#behind >= this.#chunk.end) damaged('a column ends within the header of a page');
      }
    }
  }

  /** Has so many bytes at hand, or all that are left. */
  async #have(bytes: number): Promise<void> {
    const rest = this.#piece.length - this.#at;
    if (rest >= bytes || this.#behind >= this.#chunk.end) return;
    const to = Math.min(this.#chunk.end, this.#behind + Math.max(this.#ahead, bytes - rest));
    // Columns are read side by side: all that is asked for is counted before any of it comes.
    this.#held.change(rest + to - this.#behind);
    const more = await this.#slice(this.#behind, to);
    if (more.length !== to - this.#behind) damaged('the file is shorter than it was');
    if (rest === 0) this.#takePiece(more);
    else {
      const joined = new Uint8Array(rest + more.length);
      joined.set(this.#piece.subarray(this.#at));
      joined.set(more, rest);
      this.#takePiece(joined);
    }
    this.#behind = to;
  }

  /** Has another piece at hand, which was counted, and lets go of the one before. */
  #takePiece(piece: Uint8Array): void {
    this.#held.change(-this.#piece.length);
    this.#piece = piece;
    this.#at = 0;
  }
}

/** What goes wrong within the library is damage: what could make it wait or grow was held back before. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ParquetError
      ? error
      : new ParquetError('parquet', 'a page is damaged', { reason: 'damaged', cause: error });
  }
}
