/** That a row whose list goes on in the next page is read as one: writers of today end pages with rows, and earlier ones did not. */
import type { ColumnPages } from '../../../lib/contracts/parquet/column-pages';
import type { Element } from '../../../lib/contracts/parquet/footer';
import { Held } from '../../../lib/contracts/parquet/held';
import { LeafReader } from '../../../lib/contracts/parquet/leaf-reader';
import { NestedText, partOf } from '../../../lib/contracts/parquet/nested-text';
import type { Page } from '../../../lib/contracts/parquet/pages';
import { columnsOf } from '../../../lib/contracts/parquet/schema';
import { textsOf } from '../../../lib/contracts/parquet/texts';

const group = (name: string, repetition: Element['repetition'], list = false): Element => ({
  name,
  type: undefined,
  typeLength: 0,
  repetition,
  children: 1,
  meaning: list ? { is: 'list' } : undefined,
});
const ELEMENTS: readonly Element[] = [
  group('root', 'required'),
  group('numbers', 'optional', true),
  group('list', 'repeated'),
  { ...group('element', 'required'), type: 'INT32', children: 0 },
];
const rule = '/schema/0/properties/0/logicalType';

/** A page of numbers: with each, from where on it repeats; a number that is undefined is a list without items. */
function page(values: readonly (readonly [repeated: number, value: number | undefined])[]): Page {
  const numbers = values.flatMap(([, value]) => value ?? []);
  return {
    count: values.length,
    repeated: values.map(([repeated]) => repeated),
    defined: values.map(([, value]) => (value === undefined ? 1 : 2)),
    present: numbers.length,
    content: { of: 'int32', numbers: Int32Array.from(numbers) },
  };
}

async function rowsOf(pages: readonly Page[]): Promise<string[]> {
  const [node] = columnsOf(ELEMENTS);
  if (!node) throw new Error('no column');
  const leaves: Parameters<typeof partOf>[2] = [];
  const part = partOf(node, { kind: 'list', rule, items: { kind: 'integer', rule } }, leaves);
  const [leaf] = leaves;
  if (!leaf) throw new Error('no leaf');
  let next = 0;
  const source = {
    next: async () => {
      const at = pages[next++];
      return at && { page: at, bytes: 1 };
    },
    get ended() {
      return next >= pages.length;
    },
    dictionary: undefined,
  };
  const reader = new LeafReader(
    leaf.node,
    textsOf(leaf.node, leaf.type),
    source as unknown as ColumnPages,
    new Held(),
  );
  const rows: string[] = [];
  while (!reader.ended || reader.some) {
    await reader.fill();
    for (let left = reader.rows; left > 0; left--) {
      const text = new NestedText();
      text.write(part, [reader]);
      reader.rowRead();
      rows.push(Buffer.from(text.bytes.subarray(0, text.length)).toString());
    }
  }
  return rows;
}

it('is read as one row, wherever pages end', async () => {
  const values: readonly (readonly [number, number | undefined])[] = [
    [0, 1],
    [1, 2],
    [1, 3],
    [0, undefined],
    [0, 4],
    [0, 5],
    [1, 6],
  ];
  const expected = ['[1,2,3]', '[]', '[4]', '[5,6]'];
  for (let first = 0; first <= values.length; first++)
    for (let second = first; second <= values.length; second++) {
      const parts = [values.slice(0, first), values.slice(first, second), values.slice(second)];
      expect(await rowsOf(parts.map(page))).toEqual(expected);
    }
});
