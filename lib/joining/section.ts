/** A section of a joining pack. */
import { type Block, type Document, heading, type Words } from '../words';

/** A section with its heading, if it has one; those of the second level stand under the one before. */
export interface Section {
  readonly heading?: Words;
  readonly level?: 2;
  readonly blocks: readonly Block[];
}

/** The pack as a page. */
export function packDocument(title: string, sections: readonly Section[]): Document {
  return [
    heading(1, title),
    ...sections.flatMap((each) => [
      ...(each.heading === undefined ? [] : [heading(each.level === 2 ? 3 : 2, each.heading)]),
      ...each.blocks,
    ]),
  ];
}
