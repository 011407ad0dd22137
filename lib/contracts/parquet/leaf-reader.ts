/** Reads the values of one leaf, page by page: for each whether it is there, how it repeats, and its text. */

import type { ColumnPages } from './column-pages';
import { damaged } from './fault';
import type { Held } from './held';
import type { Page } from './pages';
import type { Node } from './schema';
import { BLOCK, TextPage } from './text-page';
import type { Texts } from './texts';

interface Ready {
  readonly page: Page;
  readonly text: TextPage;
  readonly entries: ArrayLike<number> | undefined;
  readonly held: number;
}

/** The values of one leaf in one row group. */
export class LeafReader {
  readonly node: Node;
  readonly texts: Texts;
  readonly #pages: ColumnPages;
  readonly #held: Held;
  readonly #queue: Ready[] = [];
  #dictionary: TextPage | undefined;
  /** Of each entry of the dictionary: 0 for not asked yet, else what the one who asked made of it. */
  verdicts: Uint8Array = new Uint8Array(0);
  /** The page that is read, and what of it comes next. */
  #now: Ready | undefined;
  #at = 0;
  #value = 0;
  /** Rows that begin in the pages at hand, and were not read. */
  #rows = 0;

  constructor(node: Node, texts: Texts, pages: ColumnPages, held: Held) {
    this.node = node;
    this.texts = texts;
    this.#pages = pages;
    this.#held = held;
  }

  /** How many whole rows can be read before more pages are needed. */
  get rows(): number {
    // The last row that has begun may go on in the next page.
    return this.node.repeated === 0 || this.#pages.ended ? this.#rows : Math.max(0, this.#rows - 1);
  }

  /** Has at least one whole row at hand. @throws ParquetError where there is none left, or it is damaged */
  async fill(): Promise<void> {
    while (this.rows === 0) {
      const next = await this.#pages.next();
      if (!next) damaged('a column has fewer rows than its row group');
      const { page, held } = next;
      const { content } = page;
      if (content.of === 'entries' && !this.#dictionary) this.#takeDictionary();
      const text =
        content.of === 'entries'
          ? (this.#dictionary ?? damaged('a page has no dictionary'))
          : new TextPage(content, page.present, this.texts, BLOCK);
      this.#rows += rowsOf(page);
      if (page.count === 0) this.#held.change(-held);
      else
        this.#queue.push({
          page,
          text,
          entries: content.of === 'entries' ? content.numbers : undefined,
          held,
        });
      this.#begin();
    }
  }

  /** Whether there are no more pages than those at hand. */
  get ended(): boolean {
    return this.#pages.ended;
  }

  /** A row was read. */
  rowRead(): void {
    this.#rows--;
  }

  /** Whether there is a value to be read among the pages at hand. */
  get some(): boolean {
    return this.#now !== undefined;
  }

  /** How much of its path the next value has. */
  get defined(): number {
    const defined = this.#now?.page.defined;
    return defined ? (defined[this.#at] ?? 0) : this.node.defined;
  }

  /** From where on its path the next value repeats; 0 begins a row. */
  get repeated(): number {
    return this.#now?.page.repeated?.[this.#at] ?? 0;
  }

  /** The entry of the dictionary that the next value is, or -1. It is there: see `defined`. */
  get entry(): number {
    return this.#now?.entries?.[this.#value] ?? -1;
  }

  /** The text of the next value, which is there. */
  get text(): TextPage {
    const now = this.#now ?? damaged('a column has fewer values than its row group');
    now.text.find(now.entries ? (now.entries[this.#value] ?? 0) : this.#value);
    return now.text;
  }

  /** Goes on to the value after the next. */
  pass(): void {
    const now = this.#now;
    if (!now) return;
    if (this.defined === this.node.defined) this.#value++;
    if (++this.#at < now.page.count) return;
    this.#held.change(-now.held);
    this.#now = undefined;
    this.#begin();
  }

  #begin(): void {
    if (this.#now) return;
    this.#now = this.#queue.shift();
    this.#at = 0;
    this.#value = 0;
  }

  #takeDictionary(): void {
    const dictionary = this.#pages.dictionary ?? damaged('a page has no dictionary');
    this.#dictionary = new TextPage(dictionary.values, dictionary.size, this.texts, dictionary.size);
    this.verdicts = new Uint8Array(dictionary.size);
  }
}

function rowsOf({ repeated, count }: Page): number {
  if (!repeated) return count;
  let rows = 0;
  for (let n = 0; n < count; n++) if (repeated[n] === 0) rows++;
  return rows;
}
