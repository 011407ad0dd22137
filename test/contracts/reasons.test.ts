/** That a file which cannot be unpacked or read says which kind of fault it has, with what to do, to the letter of a golden file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkUnlocked } from '../../lib/contracts';
import { contractReport, contractReportCsv } from '../../lib/contracts/words';
import { REASON_WORDS } from '../../lib/contracts/words/form-reasons';
import type { ContractOutcome, FileForm, FormReason } from '../../lib/wire/contracts';
import { documentText, plainText } from '../../lib/words';
import { expectGolden } from './golden';
import * as sevenZips from './locked/seven-zips';
import { parquetOf, TEXT } from './parquet/write';
import { column, planOf } from './plans';
import { sourceOf } from './sources';
import { GOOD, LOCKED, OFFICE, REFUSED } from './unpack/archives';

const CSV = Buffer.from('a\nx\n');
const PARQUET = parquetOf([{ name: 'a', part: TEXT, values: ['x', 'y'] }], { codec: 'UNCOMPRESSED' });
/** The beginning of a picture in the form PNG. */
const PICTURE = Buffer.from('\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01', 'latin1');
const PLAN = planOf([column('a', { kind: 'text' })]);
const fromBase64 = (text = '') => Buffer.from(text, 'base64');
/** With some bytes in place of others. */
const changed = (bytes: Uint8Array, at: number, text: string) => {
  const copy = Buffer.from(bytes);
  copy.write(text, at < 0 ? copy.length + at : at, 'latin1');
  return copy;
};

async function checked(
  form: FileForm,
  bytes: Uint8Array,
  name?: string,
  largest = 1e6,
): Promise<ContractOutcome> {
  const result = await checkUnlocked(PLAN, form, sourceOf(bytes), {
    largest,
    ...(name !== undefined && { name }),
  });
  if (result.kind !== 'done') throw new Error('it paused');
  return result.outcome;
}

const zipped = fromBase64(GOOD['deflated, by Python']);

const FILES: readonly (readonly [what: string, said: string, FileForm, Uint8Array, name?: string])[] = [
  ['CSV under the name of Parquet', 'parquet not-parquet', 'parquet', CSV],
  ['nothing', 'parquet not-parquet', 'parquet', new Uint8Array(0)],
  ['Parquet that was cut off', 'parquet cut-off', 'parquet', PARQUET.subarray(0, -9)],
  ['Parquet of a few bytes', 'parquet cut-off', 'parquet', PARQUET.subarray(0, 6)],
  [
    'Parquet whose footer is longer than it',
    'parquet damaged',
    'parquet',
    changed(PARQUET, -8, '\xff\xff\xff\x01'),
  ],
  ['Parquet with an encrypted footer', 'locked parquet-encryption', 'parquet', changed(PARQUET, -4, 'PARE')],
  ['Parquet in gzip', 'compression parquet-packed', 'parquet', gzipSync(PARQUET)],
  ['7-Zip', 'compression other-packing', 'csv', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')],
  ['plain CSV under the name of gzip', 'compression named-otherwise', 'csv', CSV, 'awards.csv.gz'],
  ['gzip in gzip', 'compression packed-twice', 'csv', gzipSync(gzipSync(CSV))],
  ['gzip that was cut off', 'compression cut-off', 'csv', gzipSync(CSV).subarray(0, -5)],
  ['gzip with another checksum', 'compression damaged', 'csv', changed(gzipSync(CSV), -8, 'x')],
  [
    'gzip with something behind it',
    'compression more-than-its-file',
    'csv',
    Buffer.concat([gzipSync(CSV), Buffer.from('more')]),
  ],
  ['zip that was cut off', 'compression cut-off', 'csv', zipped.subarray(0, -30)],
  ['zip of two files', 'compression not-one-file', 'csv', fromBase64(REFUSED['two files'])],
  ['zip of a folder', 'compression not-one-file', 'csv', fromBase64(REFUSED['a folder'])],
  ['zip with a comment', 'compression more-than-its-file', 'csv', fromBase64(REFUSED['a comment'])],
  ['zip with a password', 'locked password', 'csv', fromBase64(LOCKED)],
  ['7-Zip with a password', 'locked password', 'csv', fromBase64(sevenZips.LOCKED.LZMA)],
  [
    'a workbook of Excel 2003',
    'compression document',
    'csv',
    Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
  ],
  ['a workbook of Excel', 'compression document', 'csv', fromBase64(OFFICE)],
  [
    'an encrypted workbook of Excel',
    'locked document-password',
    'csv',
    Buffer.concat([
      Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]),
  ],
  ['Parquet under the name of CSV', 'compression is-parquet', 'csv', PARQUET],
  ['Parquet under the name of JSON Lines', 'compression is-parquet', 'json-lines', PARQUET],
  ['Parquet in gzip under the name of CSV', 'compression parquet-packed', 'csv', gzipSync(PARQUET)],
  ['JSON Lines under the name of CSV', 'no-header is-json', 'csv', Buffer.from('{"a":"x"}\n{"a":"y"}\n')],
  ['a list of JSON under the name of CSV', 'no-header is-json', 'csv', Buffer.from('[\n  {"a":"x"}\n]\n')],
  ['CSV under the name of JSON Lines', 'json is-csv', 'json-lines', CSV],
  ['a picture under the name of CSV', 'encoding no-text', 'csv', PICTURE],
  ['a picture under the name of JSON Lines', 'encoding no-text', 'json-lines', PICTURE],
  ['PDF', 'compression document', 'csv', Buffer.from('%PDF-1.7\n')],
  ['CMS', 'locked encrypted', 'csv', Buffer.from('-----BEGIN CMS-----\n')],
  ['age', 'locked encrypted', 'csv', Buffer.from('age-encryption.org/v1\n')],
];

it.each(FILES.map(([what, said, ...file]) => [what, said, file] as const))(
  'says of %s that it is %s',
  async (_what, said, [form, bytes, name]) => {
    const { broken, complete } = await checked(form, bytes, name);
    expect(complete).toBe(false);
    expect(broken.map(({ rule, reason }) => `${rule} ${reason}`)).toEqual([`form:${said}`]);
  },
);

it('says of what would unpack to too much that it would', async () => {
  const { broken } = await checked('csv', gzipSync(Buffer.alloc(5_000, 'a')), undefined, 1_000);
  expect(broken[0]?.reason).toBe('unpacks-too-large');
});

it.each(['pyarrow-snappy', 'pyarrow-delta-v2'])(
  'says of %s that is cut off anywhere that it is',
  async (name) => {
    const file = readFileSync(join(__dirname, 'parquet/files', `${name}.parquet`));
    for (let end = 4; end < file.length; end += 997)
      expect((await checked('parquet', file.subarray(0, end))).broken[0]?.reason).toBe('cut-off');
  },
);

it('tells of a file of another form no cell, and gives no advice on mending by hand', async () => {
  const text = documentText(
    contractReport({ name: 'a.csv', plan: PLAN, outcome: await checked('csv', PARQUET) }),
  );
  expect(text).toMatch(/Reading stopped before the first row\. 1 rule must be kept and is broken/);
  expect(text).toContain('The file must be what it was sent as\n\nIt is Parquet');
  expect(text).not.toMatch(/Cell in a spreadsheet|To mend it/);
});

it('has words for each, of which a report says what is wrong and what to do', async () => {
  expectGolden(
    'reasons.txt',
    `${(Object.keys(REASON_WORDS) as FormReason[]).map((reason) => `${reason}\n  ${REASON_WORDS[reason].happened}\n  what to do: ${plainText(REASON_WORDS[reason].mend)}`).join('\n')}\n`,
  );
  const outcome = await checked('csv', gzipSync(gzipSync(CSV)));
  const file = { name: 'a.csv.gz', plan: PLAN, outcome };
  expect(documentText(contractReport(file))).toContain(
    'What is in it is packed once more. What to do: pack the data once.',
  );
  expect(contractReportCsv([file])).toContain('What is in it is packed once more.,pack the data once,');
});
