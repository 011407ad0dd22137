/** Reads the first rows of a Parquet file for a guess, with what its schema says of each column. */
import type { Source } from '../port';
import { type DeclaredColumn, declaredColumn, plannedType } from './declared';
import { decoders as loadDecoders } from './decoders';
import { ParquetError } from './fault';
import { readFooter } from './footer';
import type { LeafReader } from './leaf-reader';
import { NestedText, type Part, partOf, type ServedLeaf } from './nested-text';
import { type ColumnReader, readRowGroup } from './row-groups';
import { columnsOf, type Node } from './schema';
import { textsOf } from './texts';

/** How much is read: whichever comes first. */
interface Reach {
  readonly rows: number;
  /** Of text that values come to. */
  readonly bytes: number;
}

/** A row: of each column its text, what JSON has for an object or a list, or nothing. */
type SampleRow = Readonly<Record<string, unknown>>;

/**
 * Reads the schema, and rows as far as the reach goes. Columns of a type that the engine does not read have no values.
 * @param take is handed each row
 * @returns what the schema says of each column
 * @throws ParquetError where the file is none, damaged or locked
 */
export async function sampleParquet(
  { slice, bytes }: Source,
  reach: Reach,
  take: (row: SampleRow) => void,
): Promise<readonly DeclaredColumn[]> {
  if (!slice || bytes === undefined)
    throw new ParquetError('parquet', 'it is read from its end: give it as a file');
  const decoders = await loadDecoders();
  const footer = await readFooter(slice, bytes, decoders);
  const nodes = columnsOf(footer.elements);
  const declared = nodes.map(declaredColumn);
  const read = nodes.flatMap((node, n) => {
    const each = declared[n];
    return each && isRead(each) ? [sampledColumn(node, each, n)] : [];
  });
  const readers = read.map(({ reader }) => reader);
  if (read.length === 0) return declared;
  const enough = new Enough();
  let rows = 0;
  const row = () => {
    let size = 0;
    const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const { reader, name } of read) {
      reader.read();
      values[name] = reader.value;
      size += reader.size;
    }
    take(values);
    rows++;
    reach = { ...reach, bytes: reach.bytes - size };
    if (rows >= reach.rows || reach.bytes <= 0) throw enough;
  };
  const columns = read.map(({ column }) => column);
  try {
    for (const group of footer.groups)
      await readRowGroup(group, { slice, decoders, columns, readers }, row, async () => undefined);
  } catch (error) {
    if (error !== enough) throw error;
  }
  return declared;
}

/** Thrown where no more rows are wanted: pages are read in runs, which end in no other way. */
class Enough extends Error {}

/** Whether the engine reads a column, with all that is in it. */
function isRead({ type }: Pick<DeclaredColumn, 'type'>): boolean {
  if (type.kind === 'object') return type.members.every(isRead);
  if (type.kind === 'list') return isRead({ type: type.items });
  return type.kind !== 'unread';
}

function sampledColumn(node: Node, { name, type }: DeclaredColumn, number: number) {
  const leaves: ServedLeaf[] = [];
  const part = partOf(node, plannedType(type), leaves);
  const read = leaves.map(({ node: leaf, type: served }) => ({ node: leaf, texts: textsOf(leaf, served) }));
  const nested = part.kind === 'leaf' ? undefined : part;
  return { name, column: { number, part: nested, leaves: read }, reader: new SampledColumn(nested) };
}

/** Reads the values of one column as they are handed out. */
class SampledColumn implements ColumnReader {
  leaves: readonly LeafReader[] = [];
  part: Part | undefined;
  value: unknown;
  /** Bytes of the text that the value came to. */
  size = 0;
  readonly #text = new NestedText();

  constructor(part: Part | undefined) {
    this.part = part;
  }

  read(): void {
    if (this.part) this.#nested(this.part);
    else this.#flat();
    for (const leaf of this.leaves) leaf.rowRead();
  }

  #nested(part: Part): void {
    const text = this.#text;
    text.length = 0;
    text.write(part, this.leaves);
    this.size = text.length;
    this.value = JSON.parse(Buffer.from(text.bytes.buffer, 0, text.length).toString());
  }

  #flat(): void {
    this.size = 0;
    this.value = undefined;
    const [leaf] = this.leaves;
    if (!leaf) return;
    if (leaf.defined === leaf.node.defined) {
      const { text } = leaf;
      if (!text.isText) throw new ParquetError('encoding', 'a text is not UTF-8');
      this.size = text.to - text.from;
      this.value = Buffer.from(text.bytes.buffer, text.bytes.byteOffset + text.from, this.size).toString();
    }
    leaf.pass();
  }
}
