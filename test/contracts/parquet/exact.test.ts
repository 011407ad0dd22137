/** That every value of a Parquet file is read exactly, whoever wrote the file, however it is packed and encoded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AWARDS } from './awards-plan';
import { textsOfFile } from './texts-of-file';

const FILES = join(__dirname, 'files');
const expected: Record<string, string | null>[] = JSON.parse(
  readFileSync(join(FILES, 'expected.json'), 'utf8'),
);

describe.each(readdirSync(FILES).filter((name) => name.endsWith('.parquet')))('%s', (name) => {
  it('is read to the last digit', async () => {
    const texts = await textsOfFile(join(FILES, name), AWARDS);
    const rows = expected.map((_, row) =>
      Object.fromEntries(Object.entries(texts).map(([column, values]) => [column, values[row] ?? null])),
    );
    expect(rows).toEqual(expected);
  });
});
