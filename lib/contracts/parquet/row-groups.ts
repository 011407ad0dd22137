/** Reads the rows of one row group: all columns side by side, each as far as its pages at hand go. */
import type { Source } from '../port';
import { ColumnPages } from './column-pages';
import type { FileColumn } from './columns';
import type { Decoders } from './decoders';
import { damaged } from './fault';
import type { Chunk, RowGroup } from './footer';
import { Held } from './held';
import { LeafReader } from './leaf-reader';
import { READ_AHEAD_BYTES, READ_AHEAD_LEAST, READ_AHEAD_MOST } from './limits';
import type { Part } from './nested-text';

/** Reads one column of the plan. */
export interface ColumnReader {
  /** The leaves of the row group that is read. */
  leaves: readonly LeafReader[];
  /** How they are put together, where the column is not flat. */
  part: Part | undefined;
  /** Reads the value of the next row. */
  read(): void;
}

/** What reading needs of a file. */
export interface FileContext {
  readonly slice: NonNullable<Source['slice']>;
  readonly decoders: Decoders;
  readonly columns: readonly FileColumn[];
  readonly readers: readonly ColumnReader[];
}

/**
 * Reads the rows of a row group.
 * @param each reads one row of every column; called once for each row
 * @param between is called after each run of rows
 * @throws ParquetError where it is damaged
 */
export async function readRowGroup(
  group: RowGroup,
  { slice, decoders, columns, readers }: FileContext,
  each: () => void,
  between: () => Promise<void>,
): Promise<void> {
  const chunks = new Map<string, Chunk>();
  for (const chunk of group.chunks) {
    const name = JSON.stringify(chunk.path);
    if (chunks.has(name)) damaged('a row group has a column twice');
    chunks.set(name, chunk);
  }
  const held = new Held();
  const count = columns.reduce((sum, { leaves }) => sum + leaves.length, 0);
  const ahead = Math.min(READ_AHEAD_MOST, Math.max(READ_AHEAD_LEAST, Math.floor(READ_AHEAD_BYTES / count)));
  const all: LeafReader[] = [];
  for (const [n, { leaves }] of columns.entries()) {
    const reader = readers[n] ?? damaged('a column has no reader');
    reader.leaves = leaves.map(({ node, texts }) => {
      const chunk = chunks.get(JSON.stringify(node.path)) ?? damaged('a row group lacks a column');
      const { type, typeLength } = node.element;
      const leaf = { type: type ?? damaged('a column has no type'), typeLength };
      if (node.repeated === 0 && chunk.values !== group.rows)
        damaged('a column has other rows than its row group');
      const pages = new ColumnPages(slice, chunk, { leaf, node, codec: chunk.codec, decoders }, ahead, held);
      return new LeafReader(node, texts, pages, held);
    });
    all.push(...reader.leaves);
  }
  for (let left = group.rows; left > 0; ) {
    await Promise.all(all.filter(({ rows }) => rows === 0).map((leaf) => leaf.fill()));
    const run = all.reduce((least, { rows }) => Math.min(least, rows), left);
    for (let n = 0; n < run; n++) each();
    left -= run;
    await between();
  }
  for (const leaf of all) if (leaf.some || !leaf.ended) damaged('a column has more rows than its row group');
}
