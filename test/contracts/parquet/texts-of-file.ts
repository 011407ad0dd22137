/** Reads every value of a Parquet file as text, by the readers of the engine, without asking any rule. */
import { readFileSync } from 'node:fs';
import type { FileColumn } from '../../../lib/contracts/parquet/columns';
import { decoders } from '../../../lib/contracts/parquet/decoders';
import { readFooter } from '../../../lib/contracts/parquet/footer';
import type { LeafReader } from '../../../lib/contracts/parquet/leaf-reader';
import { NestedText, partOf, type ServedLeaf } from '../../../lib/contracts/parquet/nested-text';
import { type ColumnReader, readRowGroup } from '../../../lib/contracts/parquet/row-groups';
import { columnsOf } from '../../../lib/contracts/parquet/schema';
import { textsOf } from '../../../lib/contracts/parquet/texts';
import type { PlannedColumn } from '../../../lib/wire/contracts';

/** A column’s values are put down here. */
class Recorder implements ColumnReader {
  leaves: readonly LeafReader[] = [];
  readonly part = undefined;
  readonly texts: (string | null)[] = [];
  readonly #column: FileColumn;

  constructor(column: FileColumn) {
    this.#column = column;
  }

  read(): void {
    const [leaf] = this.leaves;
    if (!leaf) throw new Error('no leaf');
    if (this.#column.part) {
      const text = new NestedText();
      text.write(this.#column.part, this.leaves);
      const json = Buffer.from(text.bytes.subarray(0, text.length)).toString();
      this.texts.push(json === 'null' ? null : json);
    } else {
      if (leaf.defined < leaf.node.defined) this.texts.push(null);
      else {
        const { bytes, from, to } = leaf.text;
        this.texts.push(Buffer.from(bytes.subarray(from, to)).toString());
      }
      leaf.pass();
    }
    for (const each of this.leaves) each.rowRead();
  }
}

/** The text of every value, by column and row. */
export async function textsOfFile(
  file: string | Uint8Array,
  planned: readonly PlannedColumn[],
): Promise<Record<string, (string | null)[]>> {
  const bytes = typeof file === 'string' ? Uint8Array.from(readFileSync(file)) : file;
  const slice = async (from: number, to: number) => bytes.subarray(from, to);
  const loaded = await decoders();
  const footer = await readFooter(slice, bytes.length, loaded);
  const nodes = columnsOf(footer.elements);
  const columns: FileColumn[] = planned.map(({ name, type }, number) => {
    const node = nodes.find(({ element }) => element.name === name);
    if (!node) throw new Error(`no column ${name}`);
    const leaves: ServedLeaf[] = [];
    const part = partOf(node, type, leaves);
    return {
      number,
      part: part.kind === 'leaf' ? undefined : part,
      leaves: leaves.map((leaf) => ({ node: leaf.node, texts: textsOf(leaf.node, leaf.type) })),
    };
  });
  const readers = columns.map((column) => new Recorder(column));
  for (const group of footer.groups)
    await readRowGroup(
      group,
      { slice, decoders: loaded, columns, readers },
      () => {
        for (const reader of readers) reader.read();
      },
      async () => {},
    );
  return Object.fromEntries(planned.map(({ name }, n) => [name, readers[n]?.texts ?? []]));
}
