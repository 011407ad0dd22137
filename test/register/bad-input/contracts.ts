/** Bad registers whose contracts ask what nothing here carries out. */
import { type Edit, replace, set } from '../samples';
import { type Cases, CONTRACT } from './cases';

const property = (settings: object): Edit[] => [
  set(CONTRACT, { 'schema.0.properties.1': { name: 'benefit', ...settings } }),
];
const check = (settings: object): Edit[] => [set(CONTRACT, { 'schema.0.quality': [settings] })];

export const CONTRACT_RULES: Cases = {
  'contract-check-in-words': check({ type: 'text', description: 'Awards end after they start.' }),
  'contract-check-by-query': check({ type: 'sql', query: 'SELECT 1', mustBe: 1 }),
  'contract-check-of-another-tool': check({ type: 'custom', engine: 'concordate', implementation: { a: 1 } }),
  'contract-check-by-somebody-else': check({
    type: 'text',
    customProperties: [{ property: 'checkedBy', value: 'owner' }],
  }),
  'contract-custom-property-misspelt': check({
    type: 'text',
    customProperties: [{ property: 'checkBy', value: 'recipient' }],
  }),
  'contract-severity-of-neither-kind': check({ metric: 'rowCount', mustBeGreaterThan: 0, severity: 'info' }),
  'contract-rows-in-percent': check({ metric: 'rowCount', mustBeGreaterThan: 0, unit: 'percent' }),
  'contract-outcome-in-quotes': check({ metric: 'rowCount', mustBe: '0' }),
  'contract-metric-at-the-wrong-place': check({ metric: 'nullValues', mustBe: 0 }),
  'contract-duplicates-of-no-property': check({
    metric: 'duplicateValues',
    arguments: { properties: ['award_refrence'] },
    mustBe: 0,
  }),
  'contract-comparison-with-an-unknown-column': check({
    type: 'custom',
    engine: 'concordat',
    implementation: { compare: 'award_end', operator: 'greaterOrEqual', with: 'weekly_amount' },
  }),
  'contract-comparison-of-text-and-number': check({
    type: 'custom',
    engine: 'concordat',
    implementation: { compare: 'benefit', operator: 'lessThan', with: 'weekly_amount' },
  }),
  'contract-without-a-kind-of-value': property({ description: 'The benefit.' }),
  'contract-pattern-not-valid': property({
    logicalType: 'string',
    logicalTypeOptions: { pattern: '^[a-z' },
  }),
  'contract-pattern-that-looks-ahead': property({
    logicalType: 'string',
    logicalTypeOptions: { pattern: '^(?!BG)[A-Z]{2}$' },
  }),
  'contract-format-misspelt': property({
    logicalType: 'string',
    logicalTypeOptions: { format: 'postcodes' },
  }),
  'contract-pattern-beside-a-format': property({
    logicalType: 'string',
    logicalTypeOptions: { format: 'uprn', pattern: '^[0-9]+$' },
  }),
  'contract-date-day-first': property({ logicalType: 'date', logicalTypeOptions: { format: 'dd/MM/yyyy' } }),
  'contract-time-zone-not-said': property({ logicalType: 'timestamp' }),
  'contract-bound-that-is-no-day': property({
    logicalType: 'date',
    logicalTypeOptions: { minimum: '2027-02-29' },
  }),
  'contract-limits-crossed': property({
    logicalType: 'integer',
    logicalTypeOptions: { minimum: 10, maximum: 1 },
  }),
  'contract-number-of-too-many-digits': [
    replace(
      CONTRACT,
      '          minimum: 0\n',
      '          minimum: 0\n          maximum: 1234567890.1234567\n',
    ),
  ],
  'contract-entity-of-another-kind': property({
    logicalType: 'string',
    logicalTypeOptions: { format: 'gss-code' },
    customProperties: [{ property: 'gssEntities', value: ['E06', 'E01'] }],
  }),
  'contract-gss-on-no-day': property({
    logicalType: 'string',
    logicalTypeOptions: { format: 'gss-code' },
    customProperties: [{ property: 'gssValidOn', value: 'weekly_amount' }],
  }),
  'contract-key-that-may-be-empty': property({ logicalType: 'string', primaryKey: true }),
  'contract-column-with-two-names': property({ logicalType: 'string', physicalName: 'bnft' }),
  'contract-column-twice': property({ name: 'award_reference', logicalType: 'string' }),
  'contract-object-of-what': property({ logicalType: 'object' }),
  'contract-list-of-what': property({ logicalType: 'array' }),
  'contract-list-in-csv': property({
    logicalType: 'array',
    items: { logicalType: 'string' },
  }),
  'contract-reference-to-another-object': property({
    logicalType: 'string',
    relationships: [{ to: 'benefits.name' }],
  }),
  'contract-values-of-another-kind': property({
    logicalType: 'string',
    quality: [{ metric: 'invalidValues', arguments: { validValues: ['a', 1] }, mustBe: 0 }],
  }),
};
