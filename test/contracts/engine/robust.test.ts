/**
 * That no file, however damaged or large, ends a check in anything but an outcome, within bounded memory; and that files which
 * others wrote are read as they say. `npm run fuzz -- csv` tries 100,000 damaged files.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MOST_COLUMNS, MOST_FIELD_BYTES, MOST_ROW_BYTES } from '../../../lib/contracts/engine/limits';
import { contractOutcomeSchema } from '../../../lib/wire/contract-outcome';
import { checkDamaged } from './damaged';
import { column, outcomeOf, patternOf, planOf, sourceOf, told } from './plans';

const text = { kind: 'text' } as const;
const TWO = planOf([column(0, 'a', text), column(1, 'b', text)]);

it('comes to the same outcome for damaged files in pieces as whole, and never to a crash', async () => {
  const { results, wrong } = await checkDamaged(100, 20_261_128, { rows: 900 });
  expect(wrong).toEqual([]);
  expect([...results.keys()].sort()).toEqual(['failed', 'passed', 'unread']);
});

/** So many bytes of one value, made on the fly. */
function endless(before: string, byte: string, bytes: number) {
  const block = Buffer.alloc(1 << 20, byte);
  let given = 0;
  return {
    given: () => given,
    async *read() {
      yield Buffer.from(before);
      for (; given < bytes; given += block.length) yield block;
    },
  };
}

it.each([
  ['without quotes', 'a,b\n1,', 'x'],
  ['in quotes that never close', 'a,b\n1,"', '\n'],
  ['of doubled quotes', 'a,b\n1,"', '"'],
  ['in a row of too many fields', 'a,b\n1,2,', 'x'],
  ['in the header', 'a,"', 'x'],
])('refuses a field of a gigabyte %s, having read a few megabytes of it', async (_where, before, byte) => {
  const source = endless(before, byte, 1e9);
  const outcome = await outcomeOf(TWO, source);
  expect(outcome).toMatchObject({ result: 'failed', complete: false });
  expect(outcome.broken.map(({ rule }) => rule)).toEqual(['form:too-large']);
  expect(source.given()).toBeLessThan(8 * MOST_FIELD_BYTES);
});

it('refuses a row of a gigabyte', async () => {
  const source = endless('a,b\n', ',', 1e9);
  const outcome = await outcomeOf(TWO, source);
  expect(told(outcome)).toEqual(['form:too-large 1', '  1 - - 2 4']);
  expect(source.given()).toBeLessThan(4 * MOST_ROW_BYTES);
});

it('takes a value of the most bytes, and refuses one of more, wherever pieces end', async () => {
  for (const [more, complete] of [
    [0, true],
    [3, false],
  ] as const) {
    const content = `a,b\n1,${'x'.repeat(MOST_FIELD_BYTES + more)}\n2,3\n`;
    for (const borders of [[], [5_000], [MOST_FIELD_BYTES], [MOST_FIELD_BYTES + 5, MOST_FIELD_BYTES + 8]])
      expect((await outcomeOf(TWO, sourceOf(content, borders))).complete).toBe(complete);
  }
});

it('reads as many columns as it says, each with its rule, and refuses one more', async () => {
  const names = Array.from({ length: MOST_COLUMNS }, (_, n) => `c${n}`);
  const plan = planOf(names.map((name, n) => column(n, name, n % 2 ? text : { kind: 'date' })));
  const values = names.map((_, n) => (n === 4_000 ? 'x' : ''));
  const outcome = await outcomeOf(plan, sourceOf(`${names.join()}\n${values.join()}\n`));
  expect(outcome.broken.map(({ rule, count }) => [rule, count])).toEqual([['/4000/type', 1]]);
  const more = await outcomeOf(TWO, sourceOf(`a,b,${names.join()}\n`));
  expect(more.broken.map(({ rule }) => rule)).toEqual(['form:too-large']);
});

it('stops at the most bytes that the agreement allows', async () => {
  const outcome = await outcomeOf(TWO, sourceOf(`a,b\n${'1,2\n'.repeat(1_000)}`), { largest: 100 });
  expect(outcome).toMatchObject({ complete: false, result: 'failed', passed: [] });
  expect(told(outcome)).toEqual(['form:too-large 1', '  0 - - - 100']);
});

it('is not slowed down by a value that is made for a pattern', async () => {
  const plan = planOf([column(0, 'a', { kind: 'text', pattern: patternOf(0, '(?:a+)+b|(?:a|a)*c') })]);
  const outcome = await outcomeOf(plan, sourceOf(`a\n${'a'.repeat(500_000)}\n`));
  expect(told(outcome)).toEqual(['/0/pattern 1', '  1 a 1 2 2']);
});

const HEADERS: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['a header in another order', 'b,a\n1,2\n', [], []],
  ['a column twice', 'a,b,a\n1,2,3\n', ['form:duplicate-column 1', '  0 a 3 1 4'], ['/0/type']],
  ['a column that is not there', 'a\n1\n', ['form:missing-column 1', '  0 b - 1 -'], ['/1/type']],
  ['a column too many', 'a,b,c\n1,2,3\n', ['form:unknown-column 1', '  0 - 3 1 4'], []],
  ['no header', '1,2\n3,4\n', ['form:no-header 1', '  0 - - 1 0'], ['/0/type', '/1/type']],
  ['nothing', '', ['form:no-header 1', '  0 - - 1 0'], ['/0/type', '/1/type']],
  ['nothing but a byte order mark', '\uFEFF', ['form:no-header 1', '  0 - - 1 3'], ['/0/type', '/1/type']],
  ['a header alone', 'a,b', [], []],
  [
    'rows of too few and too many fields',
    'a,b\n1\n1,2,3\n"x\ny",2\n1,2',
    ['form:field-count 2', '  1 - - 2 4', '  2 - - 3 6'],
    [],
  ],
  ['both ends of lines', 'a,b\n1,2\r\n3,4\n', ['form:line-ends 1', '  1 - - 2 4'], []],
  [
    'a quote that closes at the next one, rows below',
    'a,b\n1,"x\n2,y\n3,"z"\n',
    ['form:quoting 1', '  1 b 2 4 16'],
    ['/0/type', '/1/type'],
  ],
  ['a carriage return alone', 'a,b\n1,2\r3,4\n', ['form:line-ends 1', '  1 - - 2 7'], ['/0/type', '/1/type']],
  ['a quote within a value', 'a,b\n1,x"y\n', ['form:quoting 1', '  1 b 2 2 7'], ['/0/type', '/1/type']],
  ['something behind a quote', 'a,b\n"1"x,2\n', ['form:quoting 1', '  1 a 1 2 7'], ['/0/type', '/1/type']],
  [
    'a quote that never closes',
    'a,b\n1,2\n3,"4\n\n',
    ['form:unclosed-quote 1', '  2 b 2 3 10'],
    ['/0/type', '/1/type'],
  ],
  ['NUL', 'a,b\n1,\0\n', ['form:encoding 1', '  1 b 2 2 6'], []],
];

it.each(HEADERS)('says of %s what and where it is', async (_what, content, broken, unasked) => {
  const outcome = await outcomeOf(TWO, sourceOf(content));
  expect(told(outcome)).toEqual(broken);
  expect(outcome.unasked).toEqual(unasked);
  expect(outcome.result).toBe(broken.length > 0 ? 'failed' : 'passed');
});

it.each([
  ['nothing', '', 'empty'],
  ['a byte order mark and an empty line', '\uFEFF\r\n', 'empty'],
  ['semicolons', 'a;b\n1;2\n', 'other-separator'],
  ['tabs, and names in quotes', '"a"\t"b"\n"1"\t"2"\n', 'other-separator'],
  ['a title above the names', 'Awards of April,\n,\na,b\n1,2\n', 'header-below'],
  ['an empty line above the names', '\na,b\n1,2\n', 'header-below'],
  ['a title above names that semicolons part', 'Awards\na;b\n', 'header-below'],
  ['no names', '1,2\n3,4\n', undefined],
  ['a line that is long and says nothing', `${'x'.repeat(9_000)}\na,b\n`, undefined],
])('says where the names are, or why there are none: %s', async (_what, content, reason) => {
  for (const size of [1, 7, 100_000]) {
    const borders = Array.from({ length: Math.floor(content.length / size) }, (_, n) => (n + 1) * size);
    const outcome = await outcomeOf(TWO, sourceOf(content, borders));
    expect(outcome.broken).toMatchObject([{ rule: 'form:no-header', count: 1 }]);
    expect(outcome.broken[0]?.reason).toBe(reason);
  }
});

it('wants the contract’s order where that is fixed', async () => {
  const outcome = await outcomeOf({ ...TWO, csv: { columnOrder: 'fixed' } }, sourceOf('b,a\n1,2\n'));
  expect(told(outcome)).toEqual(['form:column-order 1', '  0 a 2 1 2']);
});

it.each([
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['a longer form than there is need of', [0xc0, 0xaf]],
  ['what is above Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ['Latin-1', [0xe9]],
  ['a sequence cut short by the end', [0xe2, 0x82]],
])('does not take %s for UTF-8', async (_what, bytes) => {
  const content = Buffer.concat([Buffer.from('a,b\n1,x'), Buffer.from(bytes)]);
  expect(told(await outcomeOf(TWO, sourceOf(content)))).toEqual(['form:encoding 1', '  1 b 2 2 7']);
});

it('knows UTF-16 by its first bytes', async () => {
  for (const order of ['\uFEFF', '\uFFFE'])
    expect(told(await outcomeOf(TWO, sourceOf(Buffer.from(`${order}a,b\n`, 'utf16le'))))).toEqual([
      'form:encoding 1',
      '  0 - - 1 0',
    ]);
});

const SPECTRUM = dirname(require.resolve('csv-spectrum/package.json'));

// One of its files is told as GeoJSON, not as rows.
const TOLD_AS_ROWS = readdirSync(join(SPECTRUM, 'csvs')).filter((name) => !name.startsWith('location'));

it.each(TOLD_AS_ROWS)('reads %s of csv-spectrum as it says', async (name) => {
  const bytes = readFileSync(join(SPECTRUM, 'csvs', name));
  const wanted: readonly Record<string, string>[] = JSON.parse(
    readFileSync(join(SPECTRUM, 'json', name.replace('.csv', '.json')), 'utf8'),
  );
  const names = Object.keys(wanted[0] ?? {});
  // Each value of each column is in its list, and each row is found by a metric that counts its values.
  const lists = names.map((each) =>
    [...new Set(wanted.map((row) => row[each] ?? ''))].filter((value) => value !== ''),
  );
  const plan = planOf(
    names.map((each, n) =>
      column(n, each, text, { oneOf: { rule: `/${n}/list`, severity: 'error', values: lists[n] ?? [] } }),
    ),
    {
      metrics: names.flatMap((each, column) =>
        (lists[column] ?? []).map((value) => ({
          rule: `/m/${column}/${encodeURIComponent(value)}`,
          severity: 'error' as const,
          threshold: {
            operator: 'equal' as const,
            values: [String(wanted.filter((row) => row[each] === value).length)],
            unit: 'rows' as const,
          },
          what: { metric: 'missingValues' as const, column, values: [value] },
        })),
      ),
    },
  );
  const outcome = await outcomeOf(plan, sourceOf(bytes));
  expect([told(outcome), outcome.rows, outcome.result]).toEqual([[], wanted.length, 'passed']);
});

const COUNCILS = join(__dirname, '../../../../shared/data/council-csv');

(existsSync(COUNCILS) ? it : it.skip)(
  'reads what councils publish, or says where it is not CSV',
  async () => {
    for (const name of readdirSync(COUNCILS).filter((each) => each.endsWith('.csv'))) {
      const bytes = readFileSync(join(COUNCILS, name));
      const [header = ''] = bytes.toString().replace('\uFEFF', '').split(/\r?\n/);
      const names = [...new Set(header.split(',').map((each) => each.replaceAll('"', '')))].filter(
        (each) => each !== '',
      );
      const plan = planOf(names.map((each, n) => column(n, each, text)));
      const outcome = await outcomeOf(plan, sourceOf(bytes));
      expect([name, outcome.rows > 0 || !outcome.complete || bytes.length < 500]).toEqual([name, true]);
      expect(contractOutcomeSchema.safeParse(outcome).success).toBe(true);
    }
  },
);
