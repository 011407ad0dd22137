/** That a first contract of a Parquet file says what its schema says, exactly, takes the file, and marks what only the sample shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile } from '../../lib/contracts';
import { inferContract, SampleError } from '../../lib/contracts/infer';
import { loadContract, plansOf } from '../../lib/register';
import type { ContractPlan, PlannedColumn, PlannedType } from '../../lib/wire/contracts';
import { AWARDS } from './parquet/awards-plan';
import { type Part, parquetOf, TEXT, type WrittenColumn } from './parquet/write';
import { sourceOf } from './sources';

const FILES = join(__dirname, 'parquet', 'files');
const files = readdirSync(FILES).filter((name) => name.endsWith('.parquet'));

async function inferred(bytes: Uint8Array): Promise<{ text: string; plan: ContractPlan }> {
  const text = await inferContract(sourceOf(bytes), 'parquet', 'sample');
  const loaded = loadContract('sample.yaml', Buffer.from(text));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  const [plan] = plansOf(loaded.contract);
  if (plan === undefined) throw new Error('no plan');
  return { text, plan };
}

/** A type without the places of its rules, and without what files of different writers hold differently. */
function bare(type: PlannedType): object {
  if (type.kind === 'list') return { kind: type.kind, items: bare(type.items) };
  if (type.kind === 'object') return { kind: type.kind, members: type.members.map(bareColumn) };
  return { kind: type.kind, ...('zone' in type && { zone: type.zone }) };
}
const bareColumn = ({ name, type }: PlannedColumn) => ({ name, ...bare(type) });

it.each(files)('of %s it says the kinds that were written, and takes the file', async (name) => {
  const bytes = readFileSync(join(FILES, name));
  const { plan } = await inferred(bytes);
  const known = new Map(AWARDS.map((column) => [column.name, bareColumn(column)]));
  expect(plan.columns.map(bareColumn)).toEqual(plan.columns.map((column) => known.get(column.name)));
  const checked = await checkFile(plan, 'parquet', sourceOf(bytes), { largest: 1e9 });
  expect(checked).toMatchObject({ kind: 'done', outcome: { result: 'passed', broken: [] } });
});

/** One column of a type of Parquet, as the contract says it. */
async function columnOf(part: Part, values: readonly unknown[] = [null], name = 'a') {
  const { text, plan } = await inferred(parquetOf([{ name, part, values }]));
  return { text, column: plan.columns[0] };
}

it.each<[string, Part, object]>([
  ['8 bits with a sign', { type: 'INT32', converted_type: 'INT_8' }, { kind: 'integer', fits: '127' }],
  ['16 bits without one', { type: 'INT32', converted_type: 'UINT_16' }, { kind: 'integer', fits: '65535' }],
  ['64 bits', { type: 'INT64' }, { kind: 'integer', fits: '9223372036854775807' }],
  [
    'a decimal number of 18 places',
    { type: 'INT64', converted_type: 'DECIMAL', scale: 18, precision: 18 },
    { kind: 'number', multipleOf: '0.000000000000000001' },
  ],
  [
    'a decimal number without places',
    { type: 'INT64', converted_type: 'DECIMAL', scale: 0, precision: 9 },
    { kind: 'integer' },
  ],
  ['a binary fraction', { type: 'DOUBLE' }, { kind: 'number' }],
  [
    'an instant',
    { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
    { kind: 'timestamp', zone: 'required' },
  ],
  ['a day', { type: 'INT32', converted_type: 'DATE' }, { kind: 'date' }],
])('says %s exactly', async (_, part, expected) => {
  const { column } = await columnOf(part);
  const type = { ...column?.type } as Record<string, { value?: string; maximum?: string } | undefined>;
  const { kind, zone, multipleOf, fits } = type;
  expect({
    kind,
    ...(zone && { zone }),
    ...(multipleOf && { multipleOf: multipleOf.value }),
    ...(fits && { fits: fits.maximum }),
  }).toEqual(expected);
});

it('guesses of text which text it is, and makes nothing else of it', async () => {
  const postcodes = await columnOf(TEXT, ['LS1 1UR', 'M1 1AE']);
  expect(postcodes.column?.type.kind).toBe('postcode');
  expect(postcodes.text).toContain('# review: every value has the form of a postcode: is it one?');
  const dates = await columnOf(TEXT, ['2027-04-01', '2027-04-02']);
  expect(dates.column?.type.kind).toBe('text');
  expect(dates.text).toContain('have it written as DATE');
  const zeros = await columnOf(TEXT, ['0113', '0114']);
  expect(zeros.text).toContain('pattern: "^[0-9]{4}$"');
  const places = await columnOf({ type: 'INT64' }, [100012345678n, 100012345679n], 'uprn');
  expect(places.column?.type.kind).toBe('uprn');
});

it('asks for a value where none is missing, and says whether the schema or the sample shows it', async () => {
  const exact = await columnOf({ type: 'INT32', repetition_type: 'REQUIRED' }, [1, 2]);
  const seen = await columnOf({ type: 'INT32' }, [1, 2]);
  const missing = await columnOf({ type: 'INT32' }, [1, null]);
  expect([exact, seen, missing].map(({ column }) => column?.required !== undefined)).toEqual([
    true,
    true,
    false,
  ]);
  expect(exact.text).not.toContain('is that so always');
  expect(seen.text).toContain('the schema lets values be missing, and none is in the sample');
});

it('makes a contract of a file without rows, by its schema', async () => {
  const { text } = await columnOf({ type: 'INT32', converted_type: 'DATE' }, []);
  expect(text).toContain('guessed from the schema and 0 rows');
  expect(text).toContain('logicalType: date');
});

it('says of a type that is not read that no file with it can be released', async () => {
  const { text } = await columnOf({ type: 'BYTE_ARRAY' }, [Buffer.from('x')]);
  expect(text).toContain('BYTE_ARRAY that does not say what it means, which is not read');
});

it('holds no value of the sample, and refuses what is no Parquet file', async () => {
  const columns: WrittenColumn[] = [{ name: 'a', part: TEXT, values: ['Zebedee', 'Ermintrude'] }];
  expect((await inferred(parquetOf(columns))).text).not.toMatch(/Zebedee|Ermintrude/);
  await expect(inferred(Buffer.from('a,b\n1,2\n3,4\n'))).rejects.toThrow(SampleError);
});
