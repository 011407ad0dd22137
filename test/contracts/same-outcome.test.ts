/** That one table comes to one outcome, whether it is written as CSV, as JSON Lines or as Parquet: places apart. */
import fc from 'fast-check';
import { checkFile } from '../../lib/contracts';
import type { ContractOutcome, FileForm } from '../../lib/wire/contracts';
import { type Part, parquetOf, TEXT } from './parquet/write';
import { at, bound, column, planOf } from './plans';
import { sourceOf } from './sources';

const PLAN = planOf(
  [
    column(
      'reference',
      {
        kind: 'text',
        minLength: { rule: at('reference', '/minLength'), value: 2 },
        maxLength: { rule: at('reference', '/maxLength'), value: 5 },
      },
      { required: true },
    ),
    column('count', {
      kind: 'integer',
      minimum: bound('count', 'minimum', '-5'),
      maximum: bound('count', 'maximum', '9007199254740993'),
    }),
    column('amount', { kind: 'number', multipleOf: { rule: at('amount', '/multipleOf'), value: '0.05' } }),
    column('open', { kind: 'boolean' }),
    column('start', { kind: 'date', minimum: bound('start', 'minimum', '2000-02-29') }),
    column('end', { kind: 'date' }),
    column('seen', { kind: 'timestamp', zone: 'refused' }),
    column('kind', { kind: 'text' }, { oneOf: ['grant', 'löan'] }),
    column('postcode', { kind: 'postcode' }),
    column('uprn', { kind: 'uprn' }),
  ],
  {
    unique: [{ rule: '/schema/0/unique', columns: [0], primary: true }],
    comparisons: [
      { rule: '/schema/0/order', severity: 'error', left: 5, operator: 'greater-or-equal', right: 4 },
    ],
    references: [{ rule: '/schema/0/reference', from: [7], to: [0] }],
    metrics: [
      {
        rule: '/schema/0/nulls',
        severity: 'warning',
        threshold: { operator: 'less', values: ['20'], unit: 'percent' },
        what: { metric: 'nullValues', column: 2 },
      },
      {
        rule: '/schema/0/rows',
        severity: 'error',
        threshold: { operator: 'between', values: ['2', '9'], unit: 'rows' },
        what: { metric: 'rowCount' },
      },
    ],
  },
);

const PARTS: readonly Part[] = [
  TEXT,
  { type: 'INT64' },
  { type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18 },
  { type: 'BOOLEAN' },
  { type: 'INT32', converted_type: 'DATE' },
  { type: 'INT32', converted_type: 'DATE' },
  { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } },
  TEXT,
  TEXT,
  TEXT,
];

/** A value as the text of CSV, and as Parquet is given it; null is no value. */
interface Cell {
  readonly text: string | null;
  readonly raw: unknown;
}
const NONE: Cell = { text: null, raw: null };

const perhaps = (cell: fc.Arbitrary<Cell>) => fc.oneof({ weight: 5, arbitrary: cell }, fc.constant(NONE));
/** An empty text is no value, and CSV writes both alike. */
const textFrom = (...texts: readonly string[]) =>
  perhaps(fc.constantFrom(...texts).map((text) => ({ text, raw: text })));
const day = perhaps(
  fc.integer({ min: 10_900, max: 11_100 }).map((days) => ({
    text: new Date(days * 86_400_000).toISOString().slice(0, 10),
    raw: days,
  })),
);
const decimal = (unscaled: bigint): string => {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(3, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const nanoseconds = (count: bigint): string => {
  const seconds = count / 1_000_000_000n;
  const rest = String(count % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}${rest && `.${rest}`}`;
};

const row: fc.Arbitrary<Cell[]> = fc
  .tuple(
    textFrom(
      'A',
      'AB',
      'grant',
      'löan',
      'a"b',
      'a,b',
      'a\\b',
      '€\u{1F600}€',
      'a\nb',
      'toolong',
      ' x',
      '',
      '0',
    ),
    perhaps(
      fc
        .oneof(fc.bigInt(-9n, 9n), fc.constantFrom(2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 2n, -(2n ** 63n)))
        .map((count) => ({ text: String(count), raw: count })),
    ),
    perhaps(
      fc
        .oneof(fc.bigInt(-99n, 999n), fc.constantFrom(10n ** 17n + 5n, 10n ** 17n + 1n))
        .map((cents) => ({ text: decimal(cents), raw: cents })),
    ),
    perhaps(fc.boolean().map((open) => ({ text: String(open), raw: open }))),
    day,
    day,
    perhaps(fc.bigInt(0n, 2n ** 62n).map((count) => ({ text: nanoseconds(count), raw: count }))),
    textFrom('grant', 'löan', 'gift', 'AB'),
    textFrom('SW1A 1AA', 'sw1a1aa', 'M1 1AE', 'QQ1'),
    textFrom('1', '100012345678', '0123', 'x'),
  )
  .map((cells) => [...cells]);

const csvField = (text: string | null) =>
  text === null ? '' : /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

function written(rows: readonly Cell[][]): Readonly<Record<FileForm, Uint8Array>> {
  const names = PLAN.columns.map(({ name }) => name);
  const csv = [names, ...rows.map((cells) => cells.map(({ text }) => csvField(text)))];
  const lines = rows.map((cells) => {
    const members = cells.map(({ text }, n) => {
      const kind = PLAN.columns[n]?.type.kind;
      const plain = kind === 'integer' || kind === 'number' || kind === 'boolean';
      return `${JSON.stringify(names[n])}:${text === null || plain ? text : JSON.stringify(text)}`;
    });
    return `{${members.join()}}\n`;
  });
  const columns = PLAN.columns.map(({ name }, n) => ({
    name,
    part: PARTS[n] ?? TEXT,
    values: rows.map((cells) => cells[n]?.raw ?? null),
  }));
  return {
    csv: Buffer.from(csv.map((fields) => `${fields.join()}\n`).join('')),
    'json-lines': Buffer.from(lines.join('')),
    parquet: parquetOf(columns, { rowGroupSize: 3, pageSize: 64 }),
  };
}

async function outcomeOf(form: FileForm, bytes: Uint8Array): Promise<ContractOutcome> {
  const checked = await checkFile(PLAN, form, sourceOf(bytes, [Math.floor(bytes.length / 2)]), {
    largest: 1e9,
  });
  if (checked.kind !== 'done') throw new Error('it paused');
  return checked.outcome;
}

/** What does not depend on how a row is written. */
function apart({ broken, passed, unasked, rows, result, complete }: ContractOutcome) {
  return {
    result,
    complete,
    rows,
    passed: [...passed].sort(),
    unasked: [...unasked].sort(),
    broken: broken
      .map(({ places, ...rest }) => ({
        ...rest,
        places: places.map(({ row: number, column: name, first }) => ({ number, name, first: first?.row })),
      }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}

it('has one outcome', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const files = written(rows);
      const csv = apart(await outcomeOf('csv', files.csv));
      expect(apart(await outcomeOf('json-lines', files['json-lines']))).toEqual(csv);
      expect(apart(await outcomeOf('parquet', files.parquet))).toEqual(csv);
    }),
    { numRuns: 60 },
  );
});
