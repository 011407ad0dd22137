/** What a joining pack is made of: headings, sentences, lists, tables and commands. Code stands between backticks. */

/** One part of a section. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ticks?: true }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'code'; readonly lines: readonly string[] };

/** A section with its heading; those of the second level stand under the one before. */
export interface Section {
  readonly heading: string;
  readonly level?: 2;
  readonly blocks: readonly Block[];
}

export const text = (words: string): Block => ({ kind: 'text', text: words });
export const list = (...items: string[]): Block => ({ kind: 'list', items });
export const ticks = (...items: string[]): Block => ({ kind: 'list', items, ticks: true });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});
export const code = (...lines: string[]): Block => ({ kind: 'code', lines });
