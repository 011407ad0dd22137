/**
 * A first contract from a sample of a file: what can be seen is guessed and marked for review; nothing is guessed that would
 * change a value.
 */
import type { FileForm } from '../../wire/contracts';
import type { Source } from '../port';
import { MOST_ROWS } from './sample';
import { fromParquet, fromText } from './sampled';
import { contractYaml } from './write';

export { SampleError } from './sample';

/**
 * The text of a contract’s file. Of the file, the first rows are read, up to 20,000 and 64 MB.
 * @param id the contract’s, and that of its file
 * @throws SampleError if the file has no rows that can be read
 */
export async function inferContract(source: Source, form: FileForm, id: string): Promise<string> {
  const sampled = form === 'parquet' ? await fromParquet(source) : await fromText(source, form);
  const { rows, columns, from } = sampled;
  const key = columns.findIndex(
    ({ seen, guessed }) =>
      seen?.distinct && guessed.required && ['string', 'integer'].includes(guessed.logicalType),
  );
  const counted = rows.toLocaleString('en-GB');
  return contractYaml({
    id,
    object: id.replaceAll('-', '_'),
    columns: columns.map(({ name, guessed }) => [name, guessed] as const),
    key: key < 0 ? undefined : key,
    basis: `${from === 'the sample' ? '' : 'the schema and '}${rows >= MOST_ROWS ? `the first ${counted}` : counted} ${rows === 1 ? 'row' : 'rows'}`,
    from: `from ${from}`,
  });
}
