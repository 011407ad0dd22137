/** A first contract from a sample of a file: what can be seen is guessed and marked for review; nothing is guessed that would change a value. */
import type { FileForm } from '../../wire/contracts';
import type { Source } from '../port';
import { guess } from './guess';
import { Observed } from './observe';
import { csvRows, jsonRows, MOST_ROWS, SampleError } from './sample';
import { contractYaml } from './write';

export { SampleError } from './sample';

/**
 * The text of a contract’s file. Of the file, the first rows are read, up to 20,000 and 64 MB.
 * @param id the contract’s, and that of its file
 * @throws SampleError if the file has no rows that can be read
 */
export async function inferContract(source: Source, form: FileForm, id: string): Promise<string> {
  if (form === 'parquet')
    throw new SampleError(
      'a first contract is made of CSV or JSON Lines: write some rows of the file as one of these',
    );
  const all = new Observed();
  const pieces = source.read(0);
  const rows = form === 'csv' ? await fromCsv(pieces, all) : await fromJson(pieces, all);
  if (rows === 0) throw new SampleError('the file has no row of data');
  const columns = [...all.members].map(([name, seen]) => ({ name, seen, guessed: guess(name, seen) }));
  const key = columns.findIndex(
    ({ seen, guessed }) =>
      seen.distinct && guessed.required && ['string', 'integer'].includes(guessed.logicalType),
  );
  return contractYaml({
    id,
    object: id.replaceAll('-', '_'),
    columns: columns.map(({ name, guessed }) => [name, guessed] as const),
    key: key < 0 ? undefined : key,
    basis:
      rows >= MOST_ROWS
        ? `its first ${rows.toLocaleString('en-GB')} rows`
        : `${rows.toLocaleString('en-GB')} rows`,
  });
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
      throw new SampleError(`row ${rows} has ${fields.length} fields, and the header ${header.length}`);
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
