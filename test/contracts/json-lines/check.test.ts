/** That each line of a JSON Lines file is held against its contract, and each fault told with its row, line and byte. */
import { checkFile } from '../../../lib/contracts';
import type { ContractPlan } from '../../../lib/wire/contracts';
import { at, bound, column, planOf } from '../plans';
import { sourceOf } from '../sources';

const PLAN = planOf(
  [
    column(
      'reference',
      { kind: 'text', maxLength: { rule: at('reference', '/maxLength'), value: 8 } },
      { required: true },
    ),
    column('count', { kind: 'integer', maximum: bound('count', 'maximum', '9007199254740993') }),
    column('amount', { kind: 'number', multipleOf: { rule: at('amount', '/multipleOf'), value: '0.01' } }),
    column('kind', { kind: 'text' }, { oneOf: ['grant', 'loan'] }),
    column('open', { kind: 'boolean' }),
    column('day', { kind: 'date' }),
    column('uprn', { kind: 'uprn' }),
    column('address', {
      kind: 'object',
      members: [column('line', { kind: 'text' }, { required: true }), column('rooms', { kind: 'integer' })],
    }),
    column('tags', {
      kind: 'list',
      items: { kind: 'text', rule: at('tags', '/items/logicalType') },
      minItems: { rule: at('tags', '/minItems'), value: 1 },
      maxItems: { rule: at('tags', '/maxItems'), value: 3 },
      uniqueItems: { rule: at('tags', '/uniqueItems') },
    }),
  ],
  {
    metrics: [
      {
        rule: '/schema/0/rows',
        severity: 'error',
        threshold: { operator: 'less', values: ['100'], unit: 'rows' },
        what: { metric: 'rowCount' },
      },
    ],
    comparisons: [
      { rule: '/schema/0/quality/0', severity: 'error', left: 1, operator: 'less-or-equal', right: 2 },
    ],
  },
);

const LARGEST = 1_000_000_000;

async function outcomeOf(text: string | Buffer, ends: readonly number[] = [], plan: ContractPlan = PLAN) {
  const checked = await checkFile(plan, 'json-lines', sourceOf(Buffer.from(text), ends), {
    largest: LARGEST,
  });
  if (checked.kind !== 'done') throw new Error('it paused');
  return checked.outcome;
}

/** What is broken, as `rule row:line:byte column`, in short. */
async function broken(text: string | Buffer): Promise<string[]> {
  const { broken: all } = await outcomeOf(text);
  return all.flatMap(({ rule, places }) =>
    places.map(
      ({ row, line, byte, column: name }) =>
        `${rule.replace('/schema/0/properties/', '')} ${row}:${line ?? ''}:${byte ?? ''}${name ? ` ${name}` : ''}`,
    ),
  );
}

const GOOD = '{"reference":"A1","count":3,"amount":12.50,"kind":"loan","open":true,"day":"2027-04-01"}';

it.each([
  ['all is well', GOOD, []],
  ['white space is anywhere between', ` {\t"reference" : "A1" , "count": 3 } \r`, []],
  ['members are in another order', '{"count":3,"reference":"A1"}', []],
  ['a name is written with escapes', '{"\\u0072eference":"A1"}', []],
  [
    'a value is null or an empty string',
    '{"reference":"A1","count":null,"kind":"","address":null,"tags":null}',
    [],
  ],
  ['a value is missing', '{"count":3}', ['reference/required 1:1:0 reference']],
  ['a required value is null', '{"reference":null}', ['reference/required 1:1:13 reference']],
  ['a required value is empty', '{"reference":""}', ['reference/required 1:1:13 reference']],
  ['a text is too long', '{"reference":"123456789"}', ['reference/maxLength 1:1:13 reference']],
  ['a text is as long as it may be, without its escapes', '{"reference":"\\u00e9\\n345678"}', []],
  [
    'a text with escapes is too long',
    '{"reference":"\\u00e9\\n3456789"}',
    ['reference/maxLength 1:1:13 reference'],
  ],
  ['a number is a string', '{"reference":"A1","count":"3"}', ['count/logicalType 1:1:26 count']],
  ['a text is a number', '{"reference":1}', ['reference/logicalType 1:1:13 reference']],
  ['a truth is a string', '{"reference":"A1","open":"true"}', ['open/logicalType 1:1:25 open']],
  ['a number is an object', '{"reference":"A1","count":{"a":[1]}}', ['count/logicalType 1:1:26 count']],
  ['a number has an exponent', '{"reference":"A1","count":1e1}', ['count/logicalType 1:1:26 count']],
  ['a whole number is just as large as it may be', '{"reference":"A1","count":9007199254740993}', []],
  [
    'and is one larger, which no double can tell',
    '{"reference":"A1","count":9007199254740994}',
    ['count/maximum 1:1:26 count'],
  ],
  ['an amount is exact', '{"reference":"A1","amount":90071992547409.93}', []],
  ['and is not', '{"reference":"A1","amount":90071992547409.931}', ['amount/multipleOf 1:1:27 amount']],
  ['a value is not of the list', '{"reference":"A1","kind":"gift"}', ['kind/oneOf 1:1:25 kind']],
  ['a date is none', '{"reference":"A1","day":"2027-02-29"}', ['day/logicalType 1:1:24 day']],
  ['a UPRN is a number or a string', '{"reference":"A1","uprn":100012345678}', []],
  ['a UPRN begins with a zero', '{"reference":"A1","uprn":"012"}', ['uprn/logicalType 1:1:25 uprn']],
  [
    'two columns compare otherwise',
    '{"reference":"A1","count":13,"amount":12.5}',
    ['/schema/0/quality/0 1:1:26 count'],
  ],
  [
    'what is compared is of another type',
    '{"reference":"A1","count":"13","amount":12.5}',
    ['count/logicalType 1:1:26 count'],
  ],
  ['a member is not in the contract', '{"reference":"A1","more":[{}]}', ['form:unknown-column 1:1:18']],
  [
    'a member is there twice',
    '{"reference":"A1","count":1,"count":2}',
    ['form:duplicate-member 1:1:28 count'],
  ],
  [
    'a member is there twice, once with an escape',
    '{"reference":"A1","\\u0072eference":"A2"}',
    ['form:duplicate-member 1:1:18 reference'],
  ],
  ['an unknown member is there twice', '{"reference":"A1","a":1,"a":2}', ['form:duplicate-member 1:1:24']],
  ['there is a list', '["A1"]', ['form:json 1:1:0']],
  ['there is nothing', '', ['form:no-header 0::']],
  ['there is an empty line', `${GOOD}\n\n${GOOD}`, ['form:json 2:2:89']],
  ['there are two objects', '{"reference":"A1"}{"reference":"A2"}', ['form:json 1:1:18']],
  ['an object is not closed', '{"reference":"A1"', ['form:json 1:1:17']],
  ['a string holds a control character', '{"reference":"A\t1"}', ['form:json 1:1:15']],
  ['a string holds half a character', '{"reference":"\\ud83d"}', ['form:encoding 1:1:14']],
  [
    'an object lacks a member',
    '{"reference":"A1","address":{"rooms":2}}',
    ['address/required 1:1:28 address'.replace('address/', 'line/')],
  ],
  [
    'an object’s member is of another type',
    '{"reference":"A1","address":{"line":"1","rooms":"2"}}',
    ['rooms/logicalType 1:1:48 address'],
  ],
  [
    'an object has a member that the contract does not',
    '{"reference":"A1","address":{"line":"1","x":2}}',
    ['form:unknown-column 1:1:40 address'],
  ],
  [
    'an object has a member twice',
    '{"reference":"A1","address":{"line":"1","line":"1"}}',
    ['form:duplicate-member 1:1:40'],
  ],
  ['an object is a list', '{"reference":"A1","address":[]}', ['address/logicalType 1:1:28 address']],
  ['a list is right', '{"reference":"A1","tags":["a","b",null]}', []],
  ['a list is empty', '{"reference":"A1","tags":[]}', ['tags/minItems 1:1:25 tags']],
  ['a list is too long', '{"reference":"A1","tags":["a","b","c","d"]}', ['tags/maxItems 1:1:25 tags']],
  ['an item is there twice', '{"reference":"A1","tags":["a","\\u0061"]}', ['tags/uniqueItems 1:1:25 tags']],
  ['an item is of another type', '{"reference":"A1","tags":["a",1]}', ['tags/items/logicalType 1:1:30 tags']],
])('where %s', async (_, text, expected) => {
  expect(await broken(text)).toEqual(expected);
});

it('counts rows and lines on behind a line that cannot be read, and asks nothing of the whole file', async () => {
  const outcome = await outcomeOf(`${GOOD}\n{"reference":\n{"reference":"123456789"}\n`);
  expect(outcome).toMatchObject({ complete: true, result: 'failed', rows: 3, unasked: ['/schema/0/rows'] });
  expect(outcome.broken).toEqual([
    expect.objectContaining({ rule: 'form:json', places: [{ row: 2, line: 2, byte: 102 }] }),
    expect.objectContaining({ rule: at('reference', '/maxLength') }),
  ]);
});

it('takes no byte order mark, and asks all else behind it', async () => {
  const mark = '\uFEFF';
  expect(await broken(`${mark}{"reference":"123456789"}`)).toEqual([
    'form:json 0:1:0',
    'reference/maxLength 1:1:16 reference',
  ]);
  const { complete, broken: told, unasked } = await outcomeOf(`${mark}${GOOD}\n`);
  expect([complete, told.map(({ reason, count }) => [reason, count]), unasked]).toEqual([
    true,
    [['byte-order-mark', 1]],
    [],
  ]);
  expect(await broken(`${GOOD}\n${mark}${GOOD}`)).toEqual(['form:json 2:2:89']);
});

it('tells where a line stops being UTF-8, and reads the others', async () => {
  const text = Buffer.from(`${GOOD}\n{"reference":"é\xff"}\n{"reference":"123456789"}\n`, 'utf8');
  // What Latin-1 would have for the letter, instead of what UTF-8 has.
  const byte = text.indexOf('ÿ');
  const wrong = Buffer.concat([text.subarray(0, byte), Buffer.from([0xff]), text.subarray(byte + 2)]);
  expect(await broken(wrong)).toEqual([
    `form:encoding 2:2:${byte}`,
    `reference/maxLength 3:3:${byte + 18 - 1} reference`,
  ]);
});

it('passes over a line beyond what is read, within memory, and goes on', async () => {
  const long = Buffer.concat([
    Buffer.from('{"reference":"'),
    Buffer.alloc(17 * 1024 * 1024, 'x'),
    Buffer.from(`"}\n${GOOD}\n{"reference":1}`),
  ]);
  const ends = Array.from({ length: 17 }, (_, n) => n * 1024 * 1024);
  const outcome = await outcomeOf(long, ends);
  expect(outcome.rows).toBe(3);
  expect(outcome.broken.map(({ rule, places }) => [rule, places[0]?.row, places[0]?.byte])).toEqual([
    ['form:too-large', 1, 0],
    [at('reference', '/logicalType'), 3, long.length - 2],
  ]);
});

it('refuses what is nested too deeply, without reading on into it', async () => {
  const deep = `{"reference":"A1","x":${'['.repeat(100_000)}`;
  expect(await broken(deep)).toEqual(['form:too-large 1:1:86']);
});

const MIXED = Buffer.from(
  [
    `\uFEFF${GOOD}\r`,
    '{"reference":"caf\u00e9 \u{1F600}","count":"x","tags":["a","a"]}',
    '{"count":9007199254740994,"more":{"a":[1,"\\"]"]},"reference":"\\u20ac\\"12345678"}',
    '{"reference":"A1"',
    '{"address":{"line":"","rooms":1.5},"open":false}',
  ].join('\n'),
);

it('comes to the same wherever a piece of the file ends', async () => {
  const whole = await outcomeOf(MIXED);
  expect(whole.broken.length).toBeGreaterThan(6);
  for (let end = 1; end < MIXED.length; end++) expect(await outcomeOf(MIXED, [end])).toEqual(whole);
  expect(await outcomeOf(MIXED, Array.from(MIXED.keys()))).toEqual(whole);
});

it('comes to the same when it pauses at any place and goes on', async () => {
  const whole = await outcomeOf(MIXED);
  const options = { largest: LARGEST };
  for (let end = 1; end < MIXED.length; end += 5) {
    let asked = false;
    const pauseWhen = () => {
      const first = !asked;
      asked = true;
      return first;
    };
    const paused = await checkFile(PLAN, 'json-lines', sourceOf(MIXED, [end]), { ...options, pauseWhen });
    if (paused.kind !== 'paused') throw new Error('it did not pause');
    const checked = await checkFile(PLAN, 'json-lines', sourceOf(MIXED), {
      ...options,
      from: paused.checkpoint,
    });
    expect(checked).toEqual({ kind: 'done', outcome: whole });
  }
});

it('goes on from a checkpoint though ten thousand columns broke two rules each', async () => {
  const wide = planOf(
    Array.from({ length: 10_000 }, (_, n) =>
      column(`c${n}`, {
        kind: 'integer',
        minimum: bound(`c${n}`, 'minimum', '0'),
        multipleOf: { rule: at(`c${n}`, '/multipleOf'), value: '2' },
      }),
    ),
  );
  const row = JSON.stringify(Object.fromEntries(wide.columns.map(({ name }) => [name, -1])));
  const bytes = Buffer.from(`${row}\n${row}\n`);
  const options = { largest: LARGEST };
  const source = () => sourceOf(bytes, [row.length + 1]);
  const paused = await checkFile(wide, 'json-lines', source(), { ...options, pauseWhen: () => true });
  if (paused.kind !== 'paused') throw new Error('it did not pause');
  const end = await checkFile(wide, 'json-lines', source(), { ...options, from: paused.checkpoint });
  expect(end).toEqual(await checkFile(wide, 'json-lines', source(), options));
});

it('ends at more bytes than there may be', async () => {
  const checked = await checkFile(PLAN, 'json-lines', sourceOf(MIXED), { largest: MIXED.length - 1 });
  expect(checked).toMatchObject({ outcome: { complete: false, result: 'failed' } });
  const just = await checkFile(PLAN, 'json-lines', sourceOf(MIXED), { largest: MIXED.length });
  expect(JSON.stringify(just)).not.toContain('too-large');
});

it.each([
  ['a list of all rows over lines', '[\n  {"a": "x"},\n  {"a": "y"}\n]\n', 'form:json', 'not-lines'],
  ['a list of all rows on one line', '[{"a":"x"},{"a":"y"}]', 'form:json', 'not-lines'],
  ['a row over several lines', '{\n  "a": "x"\n}\n', 'form:json', 'not-lines'],
  ['UTF-16', Buffer.from('\uFEFF{"a":"x"}\n{"a":"y"}\n', 'utf16le'), 'form:encoding', 'utf-16'],
  [
    'UTF-16, the high byte first',
    Buffer.from('\uFEFF{"a":"x"}\n', 'utf16le').swap16(),
    'form:encoding',
    'utf-16',
  ],
] as const)('says of %s what it is, once, wherever pieces end', async (_what, content, rule, reason) => {
  const plan = planOf([column('a', { kind: 'text' })]);
  const bytes = Buffer.from(content);
  for (const borders of [[], [1], [2], [3, 4], Array.from({ length: bytes.length - 1 }, (_, n) => n + 1)]) {
    const outcome = await outcomeOf(bytes, borders, plan);
    expect(outcome.broken.map((each) => [each.rule, each.count, each.reason])).toEqual([[rule, 1, reason]]);
    expect(outcome).toMatchObject({ complete: false, rows: 0, bytes: 0, passed: [] });
  }
});
