/**
 * That contracts which nobody here wrote are taken, or refused with the place: none that the standard’s own JSON Schema refuses is
 * taken. The contracts are those by which pyodcs is tested; where `suites.sh` has not been run, this is not.
 */
import { readFileSync } from 'node:fs';
import Ajv2019 from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { compileContract } from '../../../lib/contracts/compile';
import { contractSchema } from '../../../lib/register/schema/contract';
import { CONTRACTS, STANDARD } from './odcs';

/** What comes of a contract: that it is carried out, or where it is refused. */
function outcomeOf(text: string): { readonly taken: boolean; readonly places: readonly string[] } {
  let contract: unknown;
  try {
    contract = parse(text);
  } catch {
    return { taken: false, places: ['yaml'] };
  }
  const form = contractSchema.safeParse(contract);
  if (!form.success) return { taken: false, places: form.error.issues.map(({ path }) => path.join('/')) };
  const compiled = compileContract(form.data, '0'.repeat(64));
  return compiled.ok
    ? { taken: true, places: [] }
    : { taken: false, places: compiled.faults.map(({ path }) => path.join('/')) };
}

const outcomes = CONTRACTS.map(({ name, path }) => {
  const text = readFileSync(path, 'utf8');
  return { name, text, ...outcomeOf(text) };
});
/** Contracts that are made to be refused. */
const FAULTY = /^(?:invalid-|malformed|unknown-|unsupported-|nested-unknown-)/;
const known = outcomes.length > 0 ? it : it.skip;

known('takes no contract that the standard’s own schema refuses', () => {
  const valid = addFormats(new Ajv2019({ strict: false })).compile(
    JSON.parse(readFileSync(STANDARD ?? '', 'utf8')),
  );
  const taken = outcomes.filter(({ taken }) => taken);
  expect(taken.length).toBeGreaterThan(20);
  expect(taken.filter(({ text }) => !valid(parse(text))).map(({ name }) => name)).toEqual([]);
});

known('takes those that keep to the standard, but for what no file can be held to', () => {
  const refused = outcomes.filter(({ name, taken }) => !taken && !FAULTY.test(name));
  expect(Object.fromEntries(refused.map(({ name, places }) => [name, places]))).toEqual({
    // A metric of a column, at an object.
    minimal: ['schema/0/quality/0/metric'],
    // The checks of another program, SQL and words.
    'with-custom-quality-object': ['schema/0/quality/0/engine'],
    'with-schema-quality': [
      'schema/0/quality/0/type',
      'schema/0/quality/1/type',
      // `high`: neither error nor warning.
      'schema/0/properties/0/quality/0/severity',
    ],
    // A reference to another object, of which a file holds none.
    'with-property-relationships': ['schema/0/properties/0/relationships/0/to'],
    'with-relationships': ['schema/0/relationships/0/to'],
    // Rows are counted of a file, not of a list.
    'with-schema-quality-items': [
      'schema/0/properties/0/items/quality/0',
      'schema/0/properties/0/items/quality',
    ],
    // A schedule without its scheduler.
    'with-sla': ['slaProperties/0'],
  });
});

/** What pyodcs asks beyond the standard’s schema, of parts that are words here. */
const WORDS = [
  'invalid-extension-duplicate',
  'invalid-pricing-missing-currency',
  'invalid-pricing-negative-amount',
  'invalid-roles-duplicate-id',
  'invalid-structural-duplicate-schema-name',
  'invalid-structural-duplicate-server',
  'invalid-structural-sla-default-element-dangling',
  'invalid-structural-sla-default-element-partial',
  'invalid-structural-sla-element-dangling',
  'invalid-support-missing-url',
];

known('refuses with its place whatever is wrong, but for words', () => {
  const wrong = outcomes.filter(({ name }) => FAULTY.test(name));
  expect(wrong.length).toBeGreaterThan(30);
  expect(wrong.filter(({ taken }) => taken).map(({ name }) => name)).toEqual(WORDS);
  expect(wrong.filter(({ taken, places }) => !taken && places.length === 0)).toEqual([]);
});
