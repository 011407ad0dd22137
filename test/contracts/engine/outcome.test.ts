/** What a check tells of a file: every broken rule with its exact places, and nothing else. */
import * as fc from 'fast-check';
import { checkFile } from '../../../lib/contracts';
import { column, LARGEST, outcomeOf, patternOf, planOf, sourceOf, told } from './plans';

const PLAN = planOf(
  [
    column(0, 'ref', { kind: 'text', pattern: patternOf(0, '[A-Z]{2}\\d+') }, { required: true }),
    column(1, 'nhs', { kind: 'nhs-number' }),
    column(2, 'from', { kind: 'date', minimum: { rule: '/2/min', value: '2020-01-01', exclusive: false } }),
    column(3, 'to', { kind: 'date' }),
    column(4, 'amount', { kind: 'number', multipleOf: { rule: '/4/multiple', value: '0.01' } }),
    column(
      5,
      'notes',
      { kind: 'text', maxLength: { rule: '/5/max', value: 5 } },
      {
        oneOf: { rule: '/5/list', severity: 'warning', values: ['a,"b"', 'é\nü', 'plain'] },
      },
    ),
  ],
  {
    comparisons: [{ rule: '/to-from', severity: 'error', left: 3, operator: 'greater-or-equal', right: 2 }],
    metrics: [
      {
        rule: '/rows',
        severity: 'error',
        threshold: { operator: 'greater', values: ['2'], unit: 'rows' },
        what: { metric: 'rowCount' },
      },
      {
        rule: '/nulls',
        severity: 'warning',
        threshold: { operator: 'less-or-equal', values: ['33.3'], unit: 'percent' },
        what: { metric: 'nullValues', column: 1 },
      },
    ],
  },
);
const HEADER = 'ref,nhs,from,to,amount,notes';
const GOOD = 'AB1,9434765919,2024-02-29,2024-03-01,12.50,"a,""b"""';

it('passes a file that keeps every rule, with each named once', async () => {
  const text = `${HEADER}\n${GOOD}\n${GOOD}\nAB2,,,,-0,"é\nü"`;
  const outcome = await outcomeOf(PLAN, sourceOf(text));
  expect(outcome).toMatchObject({
    result: 'passed',
    complete: true,
    rows: 3,
    bytes: Buffer.byteLength(text),
  });
  expect(told(outcome)).toEqual(['/nulls 1']);
  expect(outcome.passed).toEqual([
    ...['/0/type', '/0/pattern', '/0/required', '/1/type', '/2/type', '/2/min', '/3/type', '/4/type'],
    ...['/4/multiple', '/5/type', '/5/max', '/5/list', '/to-from', '/rows'],
  ]);
});

it('tells each broken rule with row, column, field, line and byte', async () => {
  const rows = [
    GOOD,
    'AB2,9434765918,2019-12-31,2019-12-30,12.505,"é\nü"',
    ',"","","",,"one\ntwo three"',
    '"x""1",9434765919,2023-02-29,2024-01-01,1e3,plain',
  ];
  const text = `${HEADER}\r\n${rows.join('\r\n')}\r\n`;
  const byteOf = (value: string) => Buffer.byteLength(text.slice(0, text.indexOf(value)));
  const outcome = await outcomeOf(PLAN, sourceOf(text));
  expect(told(outcome)).toEqual([
    '/0/pattern 1',
    `  4 ref 1 7 ${byteOf('x""1"')}`,
    '/0/required 1',
    `  3 ref 1 5 ${byteOf(',"","","",,')}`,
    '/1/type 1',
    `  2 nhs 2 3 ${byteOf('9434765918')}`,
    '/2/type 1',
    `  4 from 3 7 ${byteOf('2023-02-29')}`,
    '/2/min 1',
    `  2 from 3 3 ${byteOf('2019-12-31')}`,
    '/4/type 1',
    `  4 amount 5 7 ${byteOf('1e3')}`,
    '/4/multiple 1',
    `  2 amount 5 3 ${byteOf('12.505')}`,
    '/5/max 1',
    `  3 notes 6 5 ${byteOf('one\ntwo')}`,
    '/5/list 1',
    `  3 notes 6 5 ${byteOf('one\ntwo')}`,
    '/to-from 1',
    `  2 to 4 3 ${byteOf('2019-12-30')}`,
  ]);
  expect(outcome.result).toBe('failed');
});

const cells: readonly fc.Arbitrary<string>[] = [
  fc.constantFrom('AB1', 'A1', '', 'ZZ99', '"A""B"', '"AB2"'),
  fc.constantFrom('9434765919', '', '9434765918', 'x', 'é'),
  fc.constantFrom('2024-02-29', '2019-01-01', '', '2023-02-29', '"2024-01-01"'),
  fc.constantFrom('2024-02-29', '2018-01-01', '', 'soon'),
  fc.constantFrom('12.50', '1.001', '', '-3', '1e3'),
  fc.constantFrom('plain', '"a,""b"""', '"é\nü"', '', '"too long\r\nby far"', 'é'),
];
/** Rows, some of them with a fault of form. */
const row = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(...cells).map((each) => each.join(',')) },
  { weight: 1, arbitrary: fc.constantFrom('a,b', '1,2,3,4,5,6,7', '', 'AB1,,,,,"\xff', 'AB1,,,,,x"y') },
);
const file = fc
  .tuple(fc.array(row, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean())
  .map(([rows, end, mark, mixed]) => {
    const text = [HEADER, ...rows].join(end) + (mixed ? '\n' : end);
    return Buffer.concat([
      Buffer.from(mark ? '\uFEFF' : ''),
      Buffer.from(text.replaceAll('\xff', '\x80'), 'latin1'),
    ]);
  });

it('tells the same in whatever pieces the file comes', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.array(fc.nat({ max: 400 }), { maxLength: 6 }), async (bytes, borders) => {
      const whole = await outcomeOf(PLAN, sourceOf(bytes));
      expect(await outcomeOf(PLAN, sourceOf(bytes, borders))).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

it('tells the same, to the last byte, when it is stopped and goes on at every row', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (bytes) => {
      const whole = await outcomeOf(PLAN, sourceOf(bytes));
      const lines = [...bytes.keys()].filter((n) => n > 0 && bytes[n - 1] === 10);
      let from: string | undefined;
      let pauses = 0;
      for (;;) {
        const options = { largest: LARGEST, pauseWhen: () => true, ...(from !== undefined && { from }) };
        const checked = await checkFile(PLAN, 'csv', sourceOf(bytes, lines), options);
        if (checked.kind === 'done') {
          expect(JSON.stringify(checked.outcome)).toBe(JSON.stringify(whole));
          break;
        }
        from = checked.checkpoint;
        pauses++;
      }
      if (whole.complete) expect(pauses).toBeGreaterThanOrEqual(whole.rows - 1);
    }),
    { numRuns: 40 },
  );
});
