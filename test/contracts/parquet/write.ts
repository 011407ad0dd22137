/** Writes small Parquet files by hyparquet-writer. */
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];

/** The parts of a schema that a test says of a column. */
export type Part = Omit<SchemaElement, 'name'>;

export const TEXT: Part = { type: 'BYTE_ARRAY', converted_type: 'UTF8' };

/** A column with its schema and its values; `null` is no value. */
export interface WrittenColumn {
  readonly name: string;
  readonly part: Part;
  readonly values: readonly unknown[];
}

/** A file of flat columns. */
export function parquetOf(
  columns: readonly WrittenColumn[],
  options: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {},
): Uint8Array {
  const columnData = columns.map(({ name, values }): ColumnSource => ({ name, data: [...values] }));
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, part }) => ({ repetition_type: 'OPTIONAL' as const, ...part, name })),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, ...options }));
}
