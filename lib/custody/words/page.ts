/** A page of headings, sentences, facts, lists and commands, and the document that it is. */
import {
  type Block,
  codeBlock,
  type Document,
  definitions,
  type Entry,
  heading,
  type Item,
  list,
  paragraph,
  type Words,
} from '../../words';

/** One part of a page. */
export interface Section {
  readonly heading: string;
  readonly text?: readonly Words[];
  readonly facts?: readonly Entry[];
  readonly items?: readonly (Words | Item)[];
  /** Lines to copy, as they are. */
  readonly code?: readonly string[];
}

/** A page. */
export interface Page {
  readonly title: string;
  readonly text: readonly Words[];
  readonly sections: readonly Section[];
}

/** The page as a document. */
export function pageDocument({ title, text, sections }: Page): Document {
  return [heading(1, title), ...text.map(paragraph), ...sections.flatMap(sectionBlocks)];
}

function sectionBlocks({ heading: words, text = [], facts, items, code }: Section): Block[] {
  return [
    heading(2, words),
    ...text.map(paragraph),
    ...(facts === undefined ? [] : [definitions(facts)]),
    ...(items === undefined ? [] : [list(items)]),
    ...(code === undefined ? [] : [codeBlock(code)]),
  ];
}
