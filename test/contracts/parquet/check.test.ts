/** That a Parquet file is held against its contract: its schema before its rows, and each value by row and column. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile } from '../../../lib/contracts';
import type { FormFault, PlannedColumn, PlannedType } from '../../../lib/wire/contracts';
import { at, bound, column, planOf } from '../plans';
import { sourceOf } from '../sources';
import { AWARDS } from './awards-plan';
import { type Part, parquetOf, TEXT } from './write';

const FILES = join(__dirname, 'files');
const WITHOUT_ROWS = join(__dirname, 'without-rows');
const LARGEST = 1_000_000_000;
const fileOf = (name: string) => Uint8Array.from(readFileSync(join(FILES, `${name}.parquet`)));

async function outcomeOf(bytes: Uint8Array, columns: readonly PlannedColumn[], rest = {}) {
  const checked = await checkFile(planOf(columns, rest), 'parquet', sourceOf(bytes), { largest: LARGEST });
  if (checked.kind !== 'done') throw new Error('it paused');
  return checked.outcome;
}

async function faultsOf(bytes: Uint8Array, columns: readonly PlannedColumn[] = AWARDS): Promise<string[]> {
  const { broken, complete } = await outcomeOf(bytes, columns);
  const faults = broken.filter(({ rule }) => rule.startsWith('form:'));
  if (faults.length > 0) expect(complete).toBe(false);
  return faults.map(({ rule, places: [place] }) => (place?.column ? `${rule} ${place.column}` : rule)).sort();
}

it('passes where every value keeps every rule', async () => {
  for (const name of readdirSync(FILES).filter((each) => each.endsWith('.parquet'))) {
    const outcome = await outcomeOf(fileOf(name.replace('.parquet', '')), AWARDS);
    expect([name, outcome.broken, outcome.rows, outcome.complete]).toEqual([name, [], 37, true]);
  }
});

const RULED: readonly PlannedColumn[] = AWARDS.map((each) => {
  switch (each.name) {
    case 'kind':
      return column('kind', { kind: 'text' }, { required: true, oneOf: ['grant', 'loan'] });
    case 'count':
      return column('count', { kind: 'integer', maximum: bound('count', 'maximum', '2161727821137838113') });
    case 'address':
      return column('address', {
        kind: 'object',
        members: [column('line', { kind: 'text' }), column('town', { kind: 'text' }, { required: true })],
      });
    case 'tags':
      return column('tags', {
        kind: 'list',
        items: { kind: 'text', rule: at('tags', '/items') },
        maxItems: { rule: at('tags', '/maxItems'), value: 2 },
      });
    default:
      return each;
  }
});

it.each(['pyarrow-snappy', 'pyarrow-plain-v1', 'duckdb-zstd', 'polars-lz4'])(
  'tells each broken rule of %s with row and column',
  async (name) => {
    const { broken } = await outcomeOf(fileOf(name), RULED, {
      unique: [{ rule: '/schema/0/unique', columns: [3], primary: false }],
      comparisons: [{ rule: '/schema/0/order', severity: 'error', left: 3, operator: 'less', right: 2 }],
    });
    const told = Object.fromEntries(
      broken.map(({ rule, count, places }) => [
        rule.replace('/schema/0/properties/', ''),
        [count, { row: places[0]?.row, column: places[0]?.column }],
      ]),
    );
    expect(told).toEqual({
      // Each fifth has no kind, and each third is an award.
      'kind/required': [7, { row: 5, column: 'kind' }],
      'kind/oneOf': [10, { row: 3, column: 'kind' }],
      'count/maximum': [3, { row: 35, column: 'count' }],
      'town/required': [8, { row: 3, column: 'address' }],
      'tags/maxItems': [7, { row: 4, column: 'tags' }],
      // -198 is not less than a number far below it, nor 0 than 18.
      '/schema/0/order': [18, { row: 1, column: 'small' }],
    });
  },
);

it('comes to the same when it pauses after a row group and goes on', async () => {
  const bytes = fileOf('pyarrow-snappy');
  const whole = await outcomeOf(bytes, RULED);
  const plan = planOf(RULED);
  let from: string | undefined;
  let pauses = 0;
  for (;;) {
    const options = { largest: LARGEST, pauseWhen: () => true, ...(from && { from }) };
    const checked = await checkFile(plan, 'parquet', sourceOf(bytes), options);
    if (checked.kind === 'done') {
      expect(checked.outcome).toEqual(whole);
      break;
    }
    from = checked.checkpoint;
    pauses++;
  }
  expect(pauses).toBe(2);
});

describe('the schema', () => {
  const VALUES = { name: 'a', values: [null, null] };
  const rule = { rule: at('a', '/logicalType') };
  const bytes: Part = { type: 'BYTE_ARRAY' };
  const decimal = (scale: number, type: Part): Part => ({
    ...type,
    converted_type: 'DECIMAL',
    scale,
    precision: 9,
  });
  const timestamp = (isAdjustedToUTC: boolean): Part => ({
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit: 'MICROS' },
  });
  const time = (isAdjustedToUTC: boolean): Part => ({
    type: 'INT64',
    logical_type: { type: 'TIME', isAdjustedToUTC, unit: 'NANOS' },
  });
  const types: Readonly<Record<string, PlannedType>> = {
    text: { kind: 'text', ...rule },
    integer: { kind: 'integer', ...rule },
    number: { kind: 'number', ...rule },
    'exact number': { kind: 'number', ...rule, multipleOf: { ...rule, value: '0.01' } },
    boolean: { kind: 'boolean', ...rule },
    date: { kind: 'date', ...rule },
    'time with a zone': { kind: 'time', ...rule, zone: 'required' },
    'time without': { kind: 'time', ...rule, zone: 'refused' },
    'timestamp with a zone': { kind: 'timestamp', ...rule, zone: 'required' },
    'timestamp without': { kind: 'timestamp', ...rule, zone: 'refused' },
    uprn: { kind: 'uprn', ...rule },
    'nhs-number': { kind: 'nhs-number', ...rule },
    postcode: { kind: 'postcode', ...rule },
    object: { kind: 'object', ...rule, members: [] },
    list: { kind: 'list', ...rule, items: { kind: 'text', ...rule } },
  };
  const integers = ['integer', 'number', 'exact number', 'uprn'];

  it.each<[string, Part, readonly string[]]>([
    ['text', TEXT, ['text', 'uprn', 'nhs-number', 'postcode']],
    ['bytes that are not said to be text', bytes, []],
    ['whole numbers of 32 bits', { type: 'INT32' }, integers],
    ['whole numbers of 64 bits', { type: 'INT64' }, integers],
    ['whole numbers of 8 bits', { type: 'INT32', converted_type: 'INT_8' }, integers],
    ['whole numbers of 16 bits that lie where none do', { type: 'INT64', converted_type: 'INT_16' }, []],
    ['unsigned numbers', { type: 'INT64', converted_type: 'UINT_64' }, integers],
    ['decimals with a fraction', decimal(2, { type: 'INT32' }), ['number', 'exact number']],
    ['decimals without', decimal(0, { type: 'INT64' }), integers],
    [
      'long decimals',
      decimal(2, { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 }),
      ['number', 'exact number'],
    ],
    ['doubles, which are not exact', { type: 'DOUBLE' }, ['number']],
    ['floats', { type: 'FLOAT' }, ['number']],
    ['halves', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2, logical_type: { type: 'FLOAT16' } }, []],
    ['truths', { type: 'BOOLEAN' }, ['boolean']],
    ['dates', { type: 'INT32', converted_type: 'DATE' }, ['date']],
    ['instants', timestamp(true), ['timestamp with a zone']],
    [
      'instants of the older kind',
      { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
      ['timestamp with a zone'],
    ],
    ['local times', timestamp(false), ['timestamp without']],
    ['times in UTC', time(true), ['time with a zone']],
    ['times of day', time(false), ['time without']],
    ['UUIDs', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }, ['text']],
  ])('with %s serves the types whose every value it holds exactly', async (_, part, serves) => {
    const file = parquetOf([{ ...VALUES, part }], { statistics: false });
    for (const [name, type] of Object.entries(types)) {
      const faults = await faultsOf(file, [{ name: 'a', at: at('a'), type }]);
      expect([name, faults]).toEqual([name, serves.includes(name) ? [] : ['form:column-type a']]);
    }
  });

  it('has every column of the contract, and no other', async () => {
    const file = parquetOf([
      { ...VALUES, part: TEXT },
      { ...VALUES, name: 'b', part: TEXT },
    ]);
    const text = (name: string) => column(name, { kind: 'text' });
    expect(await faultsOf(file, [text('b'), text('a')])).toEqual([]);
    expect(await faultsOf(file, [text('a'), text('b'), text('c')])).toEqual(['form:missing-column c']);
    expect(await faultsOf(file, [text('a')])).toEqual(['form:unknown-column']);
    expect(await faultsOf(file, [text('c'), column('b', { kind: 'date' })])).toEqual([
      'form:column-type b',
      'form:missing-column c',
      'form:unknown-column',
    ]);
  });

  it('has each column once', async () => {
    const file = parquetOf([
      { ...VALUES, part: TEXT },
      { ...VALUES, part: TEXT },
    ]);
    expect(await faultsOf(file, [column('a', { kind: 'text' })])).toEqual(['form:duplicate-column a']);
  });
});

it('takes a value that no calendar has for none of its type', async () => {
  const { broken } = await outcomeOf(
    parquetOf([
      {
        name: 'day',
        part: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
        values: [new Date(8.64e15), new Date(0)],
      },
    ]),
    [column('day', { kind: 'timestamp', zone: 'required' })],
  );
  expect(broken).toEqual([
    {
      rule: at('day', '/logicalType'),
      severity: 'error',
      count: 1,
      places: [{ row: 1, group: 1, column: 'day' }],
    },
  ]);
});

it.each([
  ['INT_8', [127, -128], [128, -129, 300]],
  ['UINT_8', [255, 0], [256, -1]],
  ['INT_16', [32_767, -32_768], [32_768, -32_769]],
  ['UINT_16', [65_535, 0], [65_536, -1]],
] as const)(
  'takes no number that %s cannot be: other programs read its lowest bits alone',
  async (type, fit, not) => {
    const of = (values: readonly number[]) =>
      outcomeOf(parquetOf([{ name: 'n', part: { type: 'INT32', converted_type: type }, values }]), [
        column('n', { kind: 'integer', minimum: bound('n', 'minimum', '-40000') }),
      ]);
    expect((await of(fit)).broken).toEqual([]);
    for (const number of not) {
      const { complete, broken } = await of([number]);
      expect([number, complete, broken.map(({ rule }) => rule)]).toEqual([number, false, ['form:parquet']]);
    }
  },
);

const numbers = (part: Part, values: readonly (number | bigint)[]) =>
  outcomeOf(parquetOf([{ name: 'n', part, values }]), [column('n', { kind: 'number' })]);

it.each([
  ['INT32', (value: number) => value],
  ['INT64', (value: number) => BigInt(value)],
] as const)(
  'takes no number in %s that has more digits than its column says: other programs read another one',
  async (type, of) => {
    const part = { type, converted_type: 'DECIMAL', scale: 0, precision: 4 } as const;
    expect(
      (
        await numbers(
          part,
          [9_999, -9_999, 0].map((value) => of(value)),
        )
      ).broken,
    ).toEqual([]);
    for (const value of [10_000, -10_000, 123_456]) {
      const { complete, broken } = await numbers(part, [of(value)]);
      expect([value, complete, broken.map(({ rule }) => rule)]).toEqual([value, false, ['form:parquet']]);
    }
  },
);

it.each([
  [18, 999_999_999_999_999_999n, 1_000_000_000_000_000_000n],
  [17, -99_999_999_999_999_999n, -100_000_000_000_000_000n],
])('counts %i digits exactly', async (precision, fits, more) => {
  const part = { type: 'INT64', converted_type: 'DECIMAL', scale: 0, precision } as const;
  expect((await numbers(part, [fits])).broken).toEqual([]);
  expect((await numbers(part, [more])).broken.map(({ rule }) => rule)).toEqual(['form:parquet']);
});

it.each([
  ['the bits of its numbers', { converted_type: 'INT_16' }, { type: 'INTEGER', bitWidth: 8, isSigned: true }],
  [
    'where their point is',
    { converted_type: 'DECIMAL', scale: 0, precision: 4 },
    { type: 'DECIMAL', scale: 2, precision: 4 },
  ],
] as const)(
  'takes no column that says in two ways %s, since programs go by either',
  async (_, older, newer) => {
    const part = { type: 'INT32', ...older, logical_type: newer } as Part;
    expect((await numbers(part, [7])).broken.map(({ rule }) => rule)).toEqual(['form:parquet']);
  },
);

it.each([
  ['MILLIS', 0, [0], [500]],
  ['MILLIS', 3, [0, 500, 120, 7], []],
  ['MILLIS', 6, [0, 500], []],
  ['MICROS', 3, [0, 500_000, 7_000], [7_001]],
  ['MICROS', 1, [900_000], [990_000]],
] as const)(
  'holds times in %s against a format with %i digits of a second by their value',
  async (unit, fraction, right, wrong) => {
    const ofDay = { type: unit === 'MILLIS' ? 'INT32' : 'INT64', converted_type: `TIME_${unit}` } as const;
    const counts = [...right, ...wrong].map((count) => (unit === 'MILLIS' ? count : BigInt(count)));
    const instants = counts.map((count) => BigInt(count));
    const logical = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit } as const;
    const file = parquetOf([
      { name: 'at', part: { type: 'INT64', logical_type: logical }, values: instants },
      { name: 'time', part: ofDay, values: counts },
    ]);
    const { broken } = await outcomeOf(file, [
      column('at', { kind: 'timestamp', zone: 'required', fraction }),
      column('time', { kind: 'time', zone: 'required', fraction }),
    ]);
    const rows = wrong.map((_, n) => right.length + n + 1);
    const told = broken.map(({ rule, places }) => [rule, places.map(({ row }) => row)]);
    expect(told).toEqual(
      wrong.length === 0
        ? []
        : [
            [at('at', '/logicalType'), rows],
            [at('time', '/logicalType'), rows],
          ],
    );
  },
);

it('takes NaN and infinity for no numbers', async () => {
  const file = parquetOf([
    { name: 'n', part: { type: 'DOUBLE' }, values: [1.5, Number.NaN, 1e300, -Infinity] },
  ]);
  const { broken } = await outcomeOf(file, [column('n', { kind: 'number' })]);
  expect(broken.map(({ places }) => places.map(({ row }) => row))).toEqual([[2, 4]]);
});

it('tells text that is not UTF-8 by row, row group and column', async () => {
  const file = parquetOf(
    [
      { name: 'a', part: TEXT, values: ['one', 'twö', 'three', 'twö'] },
      { name: 'n', part: { type: 'INT32' }, values: [1, 2, 3, 4] },
    ],
    { statistics: false, codec: 'UNCOMPRESSED', rowGroupSize: 3 },
  );
  const broken = Uint8Array.from(file, (byte) => (byte === 0xc3 ? 0xff : byte));
  const outcome = await outcomeOf(broken, [column('a', { kind: 'text' }), column('n', { kind: 'integer' })]);
  expect(outcome.broken).toEqual([
    {
      rule: 'form:encoding',
      severity: 'error',
      count: 2,
      places: [
        { row: 2, group: 1, column: 'a' },
        { row: 4, group: 2, column: 'a' },
      ],
    },
  ]);
});

it('tells by its number which column the contract does not know, and by row group where a value stands first', async () => {
  const columns = [
    { name: 'a', part: TEXT, values: ['x', 'y', 'z', 'x'] },
    { name: 'b', part: TEXT, values: ['x', 'y', 'z', 'x'] },
  ];
  const file = parquetOf(columns, { rowGroupSize: 2 });
  const known = [column('a', { kind: 'text' })];
  const { broken: schema, form } = await outcomeOf(file, known);
  expect(form).toBe('parquet');
  expect(schema.map(({ places }) => places)).toEqual([[{ row: 0, field: 2 }]]);
  const { broken } = await outcomeOf(parquetOf(columns.slice(0, 1), { rowGroupSize: 3 }), known, {
    unique: [{ rule: '/schema/0/unique', columns: [0], primary: false }],
  });
  expect(broken.map(({ places }) => places)).toEqual([
    [{ row: 4, group: 2, column: 'a', first: { row: 1, group: 1 } }],
  ]);
});

describe('a file', () => {
  const good = fileOf('pyarrow-plain-v2');
  const changed = (at: number, text: string) => {
    const bytes = Buffer.from(good);
    bytes.write(text, at, 'latin1');
    return bytes;
  };

  it.each<[FormFault, string, Uint8Array]>([
    ['parquet', 'is empty', new Uint8Array(0)],
    ['parquet', 'is text', Buffer.from('reference,amount\nA1,2\n')],
    ['parquet', 'begins as another', changed(0, 'PAR2')],
    ['parquet', 'says that its footer is longer than itself', changed(good.length - 8, '\xff\xff\xff\x00')],
    ['parquet', 'says that its footer has no bytes', changed(good.length - 8, '\0\0\0\0')],
    ['locked', 'has an encrypted footer', changed(good.length - 4, 'PARE')],
    ['locked', 'is encrypted throughout', changed(0, 'PARE')],
  ])('is told %s where it %s', async (fault, _, bytes) => {
    expect(await faultsOf(bytes)).toEqual([`form:${fault}`]);
  });

  it('that is cut off anywhere is told to be damaged', async () => {
    for (let end = 0; end < good.length; end += 97)
      expect(await faultsOf(good.subarray(0, end))).toEqual(['form:parquet']);
  });

  it('whose page is not what its checksum says is told to be damaged', async () => {
    const faults: string[][] = [];
    // It stands in a page, and in what is said of its page, which has no checksum.
    for (let place = 0; ; place++) {
      place = Buffer.from(good).indexOf('AW-00004', place);
      if (place < 0) break;
      faults.push(await faultsOf(changed(place, 'AW-00005')));
    }
    expect(faults).toContainEqual(['form:parquet']);
  });

  it('that is larger than may be is not read', async () => {
    const checked = await checkFile(planOf(AWARDS), 'parquet', sourceOf(good), { largest: good.length - 1 });
    expect(checked).toMatchObject({
      outcome: { broken: [{ rule: 'form:too-large' }], complete: false, rows: 0 },
    });
  });

  it('without rows is a file', async () => {
    const outcome = await outcomeOf(parquetOf([{ name: 'a', part: TEXT, values: [] }]), [
      column('a', { kind: 'text' }),
    ]);
    expect(outcome).toMatchObject({ result: 'passed', rows: 0, complete: true });
  });

  it.each(readdirSync(WITHOUT_ROWS))('with a row group of no rows, as %s, is a file', async (name) => {
    const items = { kind: 'text', rule: at('tags', '/items') };
    const columns = [column('name', { kind: 'text' }), column('tags', { kind: 'list', items })];
    const outcome = await outcomeOf(Uint8Array.from(readFileSync(join(WITHOUT_ROWS, name))), columns);
    const rows = name.includes('two-rows') ? 2 : 0;
    expect(outcome).toMatchObject({ result: 'passed', broken: [], rows, complete: true });
  });
});
