/** That the metrics of data contracts are given arguments that they know. */
import { pointedAt, registerAfter, set } from '../samples';

const CONTRACT = 'contracts/benefit-awards.yaml';
const check = (metric: string, given: object) => ({ metric, arguments: given, mustBe: 0 });
const ofProperty = (...checks: object[]) => set(CONTRACT, { 'schema.0.properties.1.quality': checks });

test.each([
  ['missingValues', { missingValues: ['', 'N/A'] }],
  ['invalidValues', { validValues: ['a'] }],
  ['invalidValues', { pattern: '^a$' }],
  ['duplicateValues', { properties: ['award_reference'] }],
])('%s knows its own (%p)', (metric, given) => {
  expect(registerAfter(ofProperty(check(metric, given))).contracts).toHaveLength(1);
});

test.each([
  ['missingValues', 'validValues'],
  ['invalidValues', 'validvalues'],
  ['duplicateValues', 'property'],
])('%s does not know %s', (metric, name) => {
  expect(pointedAt(ofProperty(check(metric, { [name]: ['a'] })))).toEqual([
    `unknown-key at ${CONTRACT}, ${name}:`,
  ]);
});

test.each(['nullValues', 'rowCount'])('%s takes none', (metric) => {
  expect(pointedAt(ofProperty(check(metric, { validValues: ['a'] })))).toEqual([
    `unknown-key at ${CONTRACT}, arguments:`,
  ]);
  expect(registerAfter(ofProperty({ metric, mustBe: 0 })).contracts).toHaveLength(1);
});

test('checks are found on objects, on properties within properties, and on items of lists', () => {
  const wrong = check('invalidValues', { validValue: ['a'] });
  const within = [
    { name: 'group', logicalType: 'object', properties: [{ name: 'inner', quality: [wrong] }] },
    {
      name: 'list',
      logicalType: 'array',
      items: { logicalType: 'object', properties: [{ name: 'x', quality: [wrong] }] },
    },
    { name: 'lists', logicalType: 'array', items: { quality: [wrong] } },
  ];
  const edit = set(CONTRACT, { 'schema.0.properties': within, 'schema.0.quality': [wrong] });
  expect(pointedAt(edit)).toEqual(Array(4).fill(`unknown-key at ${CONTRACT}, validValue:`));
});

test('a check that is no metric has no arguments to know', () => {
  const custom = { type: 'custom', engine: 'soda', implementation: { validValue: ['a'] } };
  expect(registerAfter(ofProperty(custom)).contracts).toHaveLength(1);
});
