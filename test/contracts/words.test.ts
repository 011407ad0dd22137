/** That a report tells each kind of fault with its place and what to do, to the letter of golden files, and never a value of the file. */
import { compileContract } from '../../lib/contracts/compile';
import {
  beyondTheGate,
  contractReport,
  contractReportCsv,
  contractReportHtml,
} from '../../lib/contracts/words';
import { ruleWords } from '../../lib/contracts/words/rules';
import { contractPlansOf } from '../../lib/register/contract-plans';
import {
  type BrokenRule,
  type ContractOutcome,
  type ContractPlan,
  FORM_FAULTS,
  type Place,
} from '../../lib/wire/contracts';
import { documentText, plainText } from '../../lib/words';
import { registerOf } from '../policy/sample-register';
import { expectGolden } from './golden';

const plans = contractPlansOf(registerOf());
const awards = plans.get('housing-benefit-awards') as ContractPlan;

/** Every place of the plan that is a rule. */
function rulesOf(plan: ContractPlan): string[] {
  return [...new Set([...JSON.stringify(plan).matchAll(/"rule":"([^"]+)"/g)].map(([, rule = '']) => rule))];
}

const base: ContractOutcome = {
  contract: { ...awards.contract, digest: 'ab'.repeat(32) },
  form: 'csv',
  result: 'passed',
  complete: true,
  rows: 1200,
  bytes: 123_456,
  passed: rulesOf(awards),
  broken: [],
  unasked: [],
  recipients: [],
};
const error = { severity: 'error' as const };
const failed: ContractOutcome = {
  ...base,
  result: 'failed',
  passed: ['/schema/0/properties/0/required'],
  broken: [
    {
      ...error,
      rule: '/schema/0/properties/9/logicalTypeOptions/format',
      count: 25,
      places: Array.from({ length: 25 }, (_, n) => ({
        row: n + 3,
        column: 'award_end',
        field: 10,
        line: n + 4,
        byte: 100 * n + 77,
      })),
    },
    {
      ...error,
      rule: '/schema/0/quality/1',
      count: 1,
      places: [{ row: 7, column: 'award_end', field: 10, line: 8, byte: 801 }],
    },
    {
      ...error,
      rule: '/schema/0/properties/0/primaryKey',
      count: 2,
      places: [
        {
          row: 8,
          column: 'award_reference',
          field: 1,
          line: 9,
          byte: 900,
          first: { row: 2, line: 3, byte: 180 },
        },
        {
          row: 900,
          column: 'award_reference',
          field: 1,
          line: 901,
          byte: 90_000,
          first: { row: 2, line: 3, byte: 180 },
        },
      ],
    },
    {
      severity: 'warning',
      rule: '/schema/0/properties/4/quality/0',
      count: 70,
      measured: '5.833333',
      places: [],
    },
  ],
  recipients: [],
};
const unread: ContractOutcome = {
  ...base,
  result: 'failed',
  complete: false,
  rows: 12,
  passed: [],
  broken: [{ ...error, rule: 'form:unclosed-quote', count: 1, places: [{ row: 13, line: 14, byte: 1500 }] }],
  unasked: rulesOf(awards).slice(0, 3),
};

/** The same as a file of another form tells it: lines are rows, or there are row groups. */
function failedAs(form: 'json-lines' | 'parquet'): ContractOutcome {
  const isParquet = form === 'parquet';
  const at = ({ row, byte }: Pick<Place, 'row' | 'byte'>) => ({
    row,
    ...(isParquet ? { group: 1 + Math.floor(row / 500) } : { line: row, byte }),
  });
  const unknown: BrokenRule = {
    ...error,
    rule: 'form:unknown-column',
    count: 1,
    places: [isParquet ? { row: 0, field: 13 } : { row: 5, line: 5, byte: 612 }],
  };
  const asked = failed.broken.map((each) => ({
    ...each,
    places: each.places.slice(0, 4).map((place) => ({
      ...at(place),
      ...(place.column !== undefined && { column: place.column }),
      ...(place.first && { first: at(place.first) }),
    })),
  }));
  const types: BrokenRule = {
    ...error,
    rule: 'form:column-type',
    count: 2,
    places: [
      { row: 0, column: 'award_end' },
      { row: 0, column: 'uprn' },
    ],
  };
  return { ...failed, form, broken: [unknown, ...(isParquet ? [types] : []), ...asked] };
}

it.each([
  ['json-lines', failedAs('json-lines')],
  ['parquet', failedAs('parquet')],
  ['passed', base],
  ['failed', failed],
  ['unread', unread],
])('a file that %s is told of as golden files say: text, page and table', (name, outcome) => {
  const file = { name: `awards.${ENDINGS[outcome.form]}`, plan: awards, outcome };
  expectGolden(`report-${name}.txt`, documentText(contractReport(file)));
  expectGolden(`report-${name}.html`, contractReportHtml(file));
  expectGolden(`report-${name}.csv`, contractReportCsv([file]));
});

/** What files of each form are called. */
const ENDINGS = { csv: 'csv', 'json-lines': 'jsonl', parquet: 'parquet' } as const;

test('a file is warned of that the gate cannot compare in one run, and no other', () => {
  const file = (bytes: number, plan = awards) => ({
    name: 'awards.csv',
    plan,
    outcome: { form: 'csv' as const, bytes },
  });
  expect(beyondTheGate(file(1e9))).toBeUndefined();
  expect(beyondTheGate(file(1e12))).toContain('awards.csv has 1000.0 GB');
  const divided = { ...awards, unique: [], references: [], metrics: [] };
  expect(beyondTheGate(file(1e12, divided))).toBeUndefined();
});

/** A contract that asks everything that can be asked. */
const EVERYTHING = compileContract(
  {
    id: 'everything',
    version: '1.0.0',
    schema: [
      {
        name: 'rows',
        quality: [
          { metric: 'rowCount', mustBeBetween: [1, 10] },
          {
            metric: 'duplicateValues',
            arguments: { properties: ['text', 'whole'] },
            mustBeLessOrEqualTo: 1,
            unit: 'percent',
          },
          {
            type: 'custom',
            engine: 'concordat',
            implementation: { compare: 'day', operator: 'lessThan', with: 'other_day' },
          },
          {
            type: 'text',
            name: 'Totals agree',
            customProperties: [{ property: 'checkedBy', value: 'recipient' }],
          },
        ],
        relationships: [{ from: 'rows.text', to: 'rows.unique' }],
        properties: [
          {
            name: 'text',
            logicalType: 'string',
            required: true,
            logicalTypeOptions: { minLength: 1, maxLength: 5, pattern: '[a-z]+', format: 'hostname' },
            quality: [
              { metric: 'nullValues', mustBe: 0 },
              { metric: 'missingValues', arguments: { missingValues: ['', 'N/A'] }, mustBeLessThan: 2 },
              { metric: 'invalidValues', arguments: { pattern: '[a-c]+' }, mustNotBeBetween: [3, 4] },
              { metric: 'invalidValues', arguments: { validValues: ['a', 'b'] }, mustBeGreaterThan: 4 },
              { metric: 'invalidValues', arguments: { validValues: ['a', 'b'] }, mustBe: 0 },
            ],
          },
          { name: 'unique', logicalType: 'string', unique: true },
          {
            name: 'whole',
            logicalType: 'integer',
            logicalTypeOptions: { format: 'i8', minimum: 1, exclusiveMaximum: 100, multipleOf: 2 },
          },
          {
            name: 'amount',
            logicalType: 'number',
            logicalTypeOptions: { format: 'f32', exclusiveMinimum: 0 },
          },
          { name: 'flag', logicalType: 'boolean' },
          { name: 'day', logicalType: 'date', logicalTypeOptions: { minimum: '2020-01-01' } },
          { name: 'other_day', logicalType: 'date', logicalTypeOptions: { exclusiveMaximum: '2030-01-01' } },
          { name: 'time', logicalType: 'time', logicalTypeOptions: { format: 'HH:mm:ss' } },
          {
            name: 'moment',
            logicalType: 'timestamp',
            logicalTypeOptions: { format: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX" },
          },
          ...['uprn', 'usrn', 'nhs-number', 'national-insurance-number', 'postcode'].map((format) => ({
            name: format,
            logicalType: 'string',
            logicalTypeOptions: { format },
          })),
          {
            name: 'gss',
            logicalType: 'string',
            logicalTypeOptions: { format: 'gss-code' },
            customProperties: [
              { property: 'gssEntities', value: ['E06', 'W06'] },
              { property: 'gssValidOn', value: 'day' },
            ],
          },
          {
            name: 'group',
            logicalType: 'object',
            properties: [{ name: 'inner', logicalType: 'string', required: true }],
          },
          {
            name: 'list',
            logicalType: 'array',
            logicalTypeOptions: { minItems: 1, maxItems: 3, uniqueItems: true },
            items: { logicalType: 'integer', logicalTypeOptions: { minimum: 0 } },
          },
        ],
      },
    ],
  },
  'cd'.repeat(32),
);

it('has words for every rule that there can be, and for every fault of form', () => {
  if (!EVERYTHING.ok) throw new Error(JSON.stringify(EVERYTHING.faults, null, 1));
  const [plan] = EVERYTHING.plans;
  if (plan === undefined) throw new Error('no plan');
  const words = ruleWords(plan, 'csv');
  const rules = [...FORM_FAULTS.map((fault) => `form:${fault}`), ...rulesOf(plan)];
  expect(rules.length).toBeGreaterThan(60);
  expectGolden(
    'rules.txt',
    `${rules
      .map((rule) => {
        const told = words.get(rule);
        if (told === undefined) return `${rule}: NO WORDS`;
        return `${rule}\n  ${plainText(told.about)} must ${plainText(told.must)}\n  what to do: ${plainText(told.mend)}`;
      })
      .join('\n')}\n`,
  );
  expect(rules.filter((rule) => !words.has(rule))).toEqual([]);
});

it.each(['json-lines', 'parquet'] as const)('says of %s how it is mended, not of a spreadsheet', (form) => {
  if (!EVERYTHING.ok) throw new Error(JSON.stringify(EVERYTHING.faults, null, 1));
  const [plan] = EVERYTHING.plans;
  if (plan === undefined) throw new Error('no plan');
  const ofCsv = ruleWords(plan, 'csv');
  const differs = [...ruleWords(plan, form)].flatMap(([rule, { about, must, mend }]) => {
    const csv = ofCsv.get(rule);
    const said = `must ${plainText(must)}\n  what to do: ${plainText(mend)}`;
    if (csv && said === `must ${plainText(csv.must)}\n  what to do: ${plainText(csv.mend)}`) return [];
    return [`${rule}\n  ${plainText(about)} ${said}`];
  });
  expectGolden(`rules-${form}.txt`, `${differs.join('\n')}\n`);
  expect(differs.filter((each) => /spreadsheet|Excel|comma delimited/.test(each))).toEqual([]);
});
