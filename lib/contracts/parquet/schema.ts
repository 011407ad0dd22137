/** The schema of a Parquet file as a tree, with the levels by which a leaf’s values are put back into rows. */
import { damaged, tooLarge } from './fault';
import type { Element } from './footer';
import { MOST_DEPTH } from './limits';

/** A group or a leaf, with what it holds. */
export interface Node {
  readonly element: Element;
  readonly children: readonly Node[];
  /** From the column down, as the chunks of row groups name it. */
  readonly path: readonly string[];
  /** How many of it and what it lies in may be missing: a value with this definition level has all of them. */
  readonly defined: number;
  /** How many of it and what it lies in repeat. */
  readonly repeated: number;
}

/** The columns of a file. @throws ParquetError where the elements make no tree */
export function columnsOf(elements: readonly Element[]): readonly Node[] {
  let next = 1;
  const node = (path: readonly string[], defined: number, repeated: number, depth: number): Node => {
    const element = elements[next++] ?? damaged('its schema lacks elements');
    if (depth > MOST_DEPTH) tooLarge('its schema is nested too deeply');
    const at = {
      element,
      path: [...path, element.name],
      defined: defined + (element.repetition === 'required' ? 0 : 1),
      repeated: repeated + (element.repetition === 'repeated' ? 1 : 0),
    };
    const children: Node[] = [];
    for (let n = 0; n < element.children; n++)
      children.push(node(at.path, at.defined, at.repeated, depth + 1));
    if (children.length === 0 && element.type === undefined) damaged('a group of its schema is empty');
    return { ...at, children };
  };
  const root = elements[0] ?? damaged('its schema has no root');
  const columns: Node[] = [];
  for (let n = 0; n < root.children; n++) columns.push(node([], 0, 0, 1));
  if (next !== elements.length) damaged('its schema has elements that belong nowhere');
  return columns;
}
