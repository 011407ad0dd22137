/** Reads a sample of a file, and guesses at each of its columns. */

import { plural } from '../../words';
import { ParquetError } from '../parquet/fault';
import { sampleParquet } from '../parquet/sample';
import type { Source } from '../port';
import { declaredGuess } from './declared';
import { type Guess, guess } from './guess';
import { Observed } from './observe';
import { csvRows, jsonRows, MOST_BYTES, MOST_ROWS, SampleError } from './sample';

/** What a contract is written from. */
interface Sampled {
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly seen: Observed | undefined;
    readonly guessed: Guess;
  }[];
  readonly from: 'the sample' | 'the schema and the sample';
}

/** Of CSV or JSON Lines. @throws SampleError where there are no rows that can be read */
export async function fromText(source: Source, form: 'csv' | 'json-lines'): Promise<Sampled> {
  const all = new Observed();
  const pieces = source.read(0);
  const rows = form === 'csv' ? await fromCsv(pieces, all) : await fromJson(pieces, all);
  if (rows === 0) throw new SampleError('the file has no row of data');
  const columns = [...all.members].map(([name, seen]) => ({ name, seen, guessed: guess(name, seen) }));
  return { rows, columns, from: 'the sample' };
}

/** Of Parquet: the schema says what each column is, also where there is no row. @throws SampleError where it cannot be read */
export async function fromParquet(source: Source): Promise<Sampled> {
  const all = new Observed();
  try {
    const declared = await sampleParquet(source, { rows: MOST_ROWS, bytes: MOST_BYTES }, (row) => {
      all.objects += 1;
      all.seeMembers(row);
    });
    const names = declared.map(({ name }) => name);
    if (new Set(names).size < names.length) throw new SampleError('the schema has a name twice');
    const columns = declared.map((column) => {
      const seen = all.members.get(column.name);
      return { name: column.name, seen, guessed: declaredGuess(column, seen) };
    });
    return { rows: all.objects, columns, from: 'the schema and the sample' };
  } catch (error) {
    if (!(error instanceof ParquetError)) throw error;
    throw new SampleError(`it is no Parquet file that can be read: ${error.message}`, { cause: error });
  }
}

async function fromCsv(pieces: AsyncIterable<Uint8Array>, all: Observed): Promise<number> {
  let header: readonly string[] | undefined;
  let rows = 0;
  for await (const fields of csvRows(pieces)) {
    if (header === undefined) {
      const twice = fields.find((name, index) => fields.indexOf(name) !== index);
      if (twice !== undefined) throw new SampleError('the header has a name twice');
      if (fields.includes('')) throw new SampleError('the header has a column without a name');
      header = fields;
      continue;
    }
    rows += 1;
    if (fields.length !== header.length)
      throw new SampleError(
        `row ${rows} has ${plural(fields.length, 'field')}, and the header ${header.length}`,
      );
    all.objects += 1;
    all.seeMembers(Object.fromEntries(header.map((name, index) => [name, fields[index]])));
    if (rows >= MOST_ROWS) break;
  }
  return rows;
}

async function fromJson(pieces: AsyncIterable<Uint8Array>, all: Observed): Promise<number> {
  let rows = 0;
  for await (const row of jsonRows(pieces)) {
    rows += 1;
    all.objects += 1;
    all.seeMembers(row);
    if (rows >= MOST_ROWS) break;
  }
  return rows;
}
