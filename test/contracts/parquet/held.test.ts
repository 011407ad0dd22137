/** That reading a Parquet file holds no more in memory than it says, and enough for what DuckDB writes. */
import { ColumnPages } from '../../../lib/contracts/parquet/column-pages';
import { decoders as loaded } from '../../../lib/contracts/parquet/decoders';
import { Held } from '../../../lib/contracts/parquet/held';
import { MOST_HELD_BYTES } from '../../../lib/contracts/parquet/limits';
import { sizesOf } from '../../../lib/contracts/parquet/pages';
import type { Node } from '../../../lib/contracts/parquet/schema';

const PAGE = 100_000_000;

/** A number as Thrift’s compact form writes one of 32 bits. */
function compact(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value * 2; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}

/** The header of a page of so many bytes, packed and unpacked, with one value. */
const headerOf = (bytes: number) =>
  Uint8Array.from([
    ...[0x15, 0, 0x15, ...compact(bytes), 0x15, ...compact(bytes)],
    ...[0x2c, 0x15, 2, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0],
  ]);

/** The header of a page of data (0) or of a dictionary (2) that unpacks from ten bytes to many, with one value. */
const smallHeaderOf = (kind: number) =>
  Uint8Array.from([
    ...[0x15, 2 * kind, 0x15, ...compact(PAGE), 0x15, ...compact(10)],
    ...(kind === 0 ? [0x2c, 0x15, 2, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0] : [0x4c, 0x15, 2, 0x15, 0, 0, 0]),
  ]);

it('counts what columns side by side ask for before any of it comes, so that no file fills the memory', async () => {
  const decoders = await loaded();
  const held = new Held();
  let asked = 0;
  const slice = async (from: number, to: number): Promise<Uint8Array> => {
    asked += to - from;
    const piece = new Uint8Array(Math.min(to - from, 2_048));
    if (from === 4) piece.set(headerOf(PAGE));
    // The page itself never comes: all columns wait for theirs at once.
    return to - from > 2_048 ? new Promise(() => undefined) : piece;
  };
  const faults: unknown[] = [];
  for (let column = 0; column < 40; column++) {
    const chunk = { path: [], codec: 'UNCOMPRESSED' as const, values: 1, start: 4, end: 4 + 2 * PAGE };
    const leaf = { type: 'BYTE_ARRAY' as const, typeLength: 0 };
    const node = { defined: 0, repeated: 0 } as Node;
    const pages = new ColumnPages(slice, chunk, { leaf, node, codec: chunk.codec, decoders }, 2_048, held);
    pages.next().catch((fault: unknown) => faults.push(fault));
  }
  await new Promise(setImmediate);
  expect(asked).toBeGreaterThan(4 * PAGE);
  expect(asked).toBeLessThanOrEqual(MOST_HELD_BYTES);
  expect(faults).toHaveLength(35);
  expect(faults[0]).toMatchObject({ fault: 'too-large' });
});

it('counts a page before it is unpacked, a dictionary too, so that small pages that unpack to large ones do not fill the memory', async () => {
  const decoders = await loaded();
  let unpacked = 0;
  const snappyUncompress = (_: Uint8Array, output: Uint8Array) => {
    unpacked += output.length;
    throw new Error('let go of at once');
  };
  const context = {
    leaf: { type: 'BYTE_ARRAY' as const, typeLength: 0 },
    node: { defined: 0, repeated: 0 } as Node,
  };
  for (const kind of [0, 2]) {
    unpacked = 0;
    const held = new Held();
    const slice = async (from: number, to: number) => {
      const piece = new Uint8Array(to - from);
      piece.set(smallHeaderOf(kind));
      return piece;
    };
    const faults: unknown[] = [];
    for (let column = 0; column < 40; column++) {
      const chunk = { path: [], codec: 'SNAPPY' as const, values: 1, start: 4, end: 2_004 };
      const of = { ...context, codec: chunk.codec, decoders: { ...decoders, snappyUncompress } };
      await new ColumnPages(slice, chunk, of, 2_000, held)
        .next()
        .catch((fault: unknown) => faults.push(fault));
    }
    expect(unpacked).toBeGreaterThan(4 * PAGE);
    expect(unpacked).toBeLessThanOrEqual(MOST_HELD_BYTES);
    expect(faults.at(-1)).toMatchObject({ fault: 'too-large' });
  }
});

it('lets go of a page as it came once it is unpacked, so that five columns of the largest pages of DuckDB fit side by side', async () => {
  const decoders = await loaded();
  const held = new Held();
  const page = new Uint8Array(headerOf(PAGE).length + PAGE);
  page.set(headerOf(PAGE));
  const slice = async (from: number, to: number) => page.subarray(from - 4, to - 4);
  for (let column = 0; column < 5; column++) {
    const chunk = { path: [], codec: 'UNCOMPRESSED' as const, values: 1, start: 4, end: 4 + page.length };
    const leaf = { type: 'BYTE_ARRAY' as const, typeLength: 0 };
    const node = { defined: 0, repeated: 0 } as Node;
    const pages = new ColumnPages(slice, chunk, { leaf, node, codec: chunk.codec, decoders }, 2_048, held);
    expect((await pages.next())?.page.count).toBe(1);
  }
});

it('takes the largest page of DuckDB, which puts all that a column has in a row group into one, up to 100 MB', () => {
  const header = { type: 'DATA_PAGE', compressed_page_size: PAGE, uncompressed_page_size: PAGE } as const;
  expect(sizesOf(header)).toEqual({ packed: PAGE, unpacked: PAGE });
});
