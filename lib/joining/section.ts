/** A section of a joining pack. */
import { type Block, type Document, heading, joined, link, paragraph, say, type Words } from '../words';

/** A section with its heading, if it has one; those of the second level stand under the one before. */
export interface Section {
  readonly heading?: Words;
  readonly level?: 2;
  readonly blocks: readonly Block[];
}

/** The heading under which the steps stand; the contents come after them. */
export const STEPS = 'What you do';

/** The pack as a page: the steps, then the contents of what follows. */
export function packDocument(title: string, sections: readonly Section[]): Document {
  const contents = sections.flatMap(({ heading: words, level }) =>
    typeof words !== 'string' || level === 2 || words === STEPS ? [] : [link(words, `#${placeOf(words)}`)],
  );
  return [
    heading(1, title),
    ...sections.flatMap(({ heading: words, level, blocks }) => [
      ...(words === undefined
        ? []
        : [heading(level === 2 ? 3 : 2, words, typeof words === 'string' ? placeOf(words) : undefined)]),
      ...blocks,
      ...(words === STEPS ? [paragraph(say`On this page: ${joined(contents, ' · ')}.`)] : []),
    ]),
  ];
}

/** Where a heading is on the page, as links name it. */
export function placeOf(words: string): string {
  return words.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
