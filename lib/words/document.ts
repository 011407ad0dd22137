/** A page for people as a value: blocks of sentences, shown as text, Markdown or HTML without a word of difference. */
import type { Words } from './sentence';

/** One item of a list, with what belongs to it. */
export interface Item {
  readonly text: Words;
  readonly more?: readonly Words[];
}

/** One part of a page. */
export type Block =
  | { readonly kind: 'heading'; readonly level: Level; readonly text: Words; readonly id?: string }
  | { readonly kind: 'paragraph'; readonly text: Words }
  | { readonly kind: 'list'; readonly marks: Marks; readonly items: readonly Item[] }
  | {
      readonly kind: 'table';
      readonly head: readonly Words[];
      readonly rows: readonly (readonly Words[])[];
    }
  | { readonly kind: 'definitions'; readonly entries: readonly Entry[] }
  | { readonly kind: 'code'; readonly lines: readonly string[]; readonly language: string }
  | { readonly kind: 'details'; readonly summary: Words; readonly blocks: readonly Block[] };

/** The title of a page is of level 1. */
export type Level = 1 | 2 | 3 | 4;
/** What stands before each item of a list: a bullet, a number, or a box to tick. */
export type Marks = 'bullets' | 'numbers' | 'ticks';
/** A label and what it is. A label without words goes on with the one before. */
export type Entry = readonly [label: Words, value: Words];

/** A page. */
export type Document = readonly Block[];

/** @param id by which links on the page lead to it */
export const heading = (level: Level, text: Words, id?: string): Block => ({
  kind: 'heading',
  level,
  text,
  ...(id !== undefined && { id }),
});
export const paragraph = (text: Words): Block => ({ kind: 'paragraph', text });
export const list = (items: readonly (Words | Item)[], marks: Marks = 'bullets'): Block => ({
  kind: 'list',
  marks,
  items: items.map((each) => (typeof each === 'object' && 'text' in each ? each : { text: each })),
});
export const table = (head: readonly Words[], rows: readonly (readonly Words[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});
/** Labels and values, such as the facts of one thing. */
export const definitions = (entries: readonly Entry[]): Block => ({ kind: 'definitions', entries });
/** Lines to copy, as they are. */
export const codeBlock = (lines: readonly string[], language = 'sh'): Block => ({
  kind: 'code',
  lines,
  language,
});
/** What a reader opens to see more. */
export const details = (summary: Words, blocks: readonly Block[]): Block => ({
  kind: 'details',
  summary,
  blocks,
});
