/** That each rule of a contract becomes one entry of the plan, with its place, or a fault with its place. */
import { compileContract } from '../../lib/contracts/compile';
import { decimalOf } from '../../lib/contracts/compile/decimal';
import { contractPlansOf } from '../../lib/register/contract-plans';
import { contractPlanText, parseContractPlan } from '../../lib/wire/contracts';
import { registerOf } from '../policy/sample-register';

const DIGEST = 'ab'.repeat(32);

function compiled(object: object) {
  return compileContract({ id: 'test', version: '1.0.0', schema: [{ name: 'rows', ...object }] }, DIGEST);
}
function planOf(object: object) {
  const result = compiled(object);
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 1));
  return result.plans[0];
}
/** The places of all faults, with what they are about. */
function faultsOf(object: object): string[] {
  const result = compiled(object);
  return result.ok ? [] : result.faults.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
}
const string = (name: string, more: object = {}) => ({ name, logicalType: 'string', ...more });

describe('the sample contracts', () => {
  const plans = contractPlansOf(registerOf());

  it('are plans that a gate reads as they were made', () => {
    expect([...plans.keys()]).toEqual(['air-quality-readings', 'housing-benefit-awards']);
    for (const plan of plans.values()) expect(parseContractPlan(contractPlanText(plan))).toEqual(plan);
  });

  it('compare the end of an award with its start', () => {
    const plan = plans.get('housing-benefit-awards');
    const named = (index = -1) => plan?.columns[index]?.name;
    expect(
      plan?.comparisons.map(({ rule, left, operator, right }) => [rule, named(left), operator, named(right)]),
    ).toEqual([['/schema/0/quality/1', 'award_end', 'greater-or-equal', 'award_start']]);
  });

  it('name each rule by a place of the document that is there', () => {
    const register = registerOf();
    for (const contract of register.contracts) {
      const plan = plans.get(contract.id);
      const rules = [...JSON.stringify(plan).matchAll(/"(?:rule|at)":"([^"]+)"/g)].map(
        ([, rule = '']) => rule,
      );
      expect(rules.length).toBeGreaterThan(20);
      for (const rule of rules) {
        let value: unknown = contract;
        for (const step of rule.slice(1).split('/')) value = (value as Record<string, unknown>)[step];
        expect([rule, value]).not.toEqual([rule, undefined]);
      }
    }
  });
});

describe('keys', () => {
  const key = (name: string, position?: number) =>
    string(name, { required: true, primaryKey: true, ...(position && { primaryKeyPosition: position }) });

  it('stand in the order of their positions, not of the document', () => {
    expect(planOf({ properties: [key('b', 2), string('x'), key('a', 1)] })?.unique).toEqual([
      { rule: '/schema/0/properties/0/primaryKey', columns: [2, 0], primary: true },
    ]);
  });

  it('stand in the order of the document where they have no positions', () => {
    expect(planOf({ properties: [key('b'), key('a')] })?.unique[0]?.columns).toEqual([0, 1]);
  });

  it.each([[[key('a', 1), key('b', 1)]], [[key('a', 1), key('b')]], [[key('a', 1), key('b', 3)]]])(
    'have each position once',
    (properties) => {
      expect(faultsOf({ properties })).toHaveLength(1);
    },
  );

  it('point within the object by names and by ids', () => {
    const properties = [
      string('id', { id: 'the_id' }),
      string('parent', { relationships: [{ to: 'rows.id' }] }),
      string('other', { relationships: [{ to: 'schema/rows_id/properties/the_id' }] }),
    ];
    expect(planOf({ id: 'rows_id', properties })?.references).toEqual([
      { rule: '/schema/0/properties/1/relationships/0', from: [1], to: [0] },
      { rule: '/schema/0/properties/2/relationships/0', from: [2], to: [0] },
    ]);
  });

  it('that point elsewhere are the recipient’s where the contract says so', () => {
    const relationship = {
      to: 'people.id',
      customProperties: [{ property: 'checkedBy', value: 'recipient' }],
    };
    expect(planOf({ properties: [string('person', { relationships: [relationship] })] })?.recipients).toEqual(
      [{ rule: '/schema/0/properties/0/relationships/0', name: 'Reference to people.id' }],
    );
  });
});

describe('checks', () => {
  const property = (check: object) => ({ properties: [string('a', { quality: [check] })] });

  it('on the only values are what a column is; those that allow some others are counted', () => {
    const list = { metric: 'invalidValues', arguments: { validValues: ['x', 'y', null, ''] } };
    expect(planOf(property({ ...list, mustBe: 0 }))?.columns[0]?.oneOf).toEqual({
      rule: '/schema/0/properties/0/quality/0',
      severity: 'error',
      values: ['x', 'y'],
    });
    expect(
      planOf(property({ ...list, mustBeLessThan: 2.5, unit: 'percent', severity: 'warning' }))?.metrics,
    ).toEqual([
      {
        rule: '/schema/0/properties/0/quality/0',
        severity: 'warning',
        what: { metric: 'invalidValues', column: 0, validValues: ['x', 'y'] },
        threshold: { operator: 'less', values: ['2.5'], unit: 'percent' },
      },
    ]);
  });

  it.each([
    ['missingValues', 'validValues'],
    ['invalidValues', 'validvalues'],
    ['duplicateValues', 'property'],
    ['nullValues', 'validValues'],
  ])('by %s do not know the argument %s', (metric, name) => {
    expect(faultsOf(property({ metric, arguments: { [name]: ['a'] }, mustBe: 0 }))).toEqual([
      `properties.0.quality.0.arguments.${name}: \`${name}\` is not an argument of the metric ${metric}`,
    ]);
  });

  it('within objects and lists are carried out or told of, like all else there', () => {
    const counted = { metric: 'nullValues', mustBe: 0 };
    const list = { metric: 'invalidValues', arguments: { validValues: ['x'] }, mustBe: 0 };
    const within = (quality: object[]) => ({
      properties: [
        {
          name: 'groups',
          logicalType: 'array',
          items: { logicalType: 'object', properties: [string('inner', { quality })] },
        },
      ],
    });
    expect(faultsOf(within([counted]))).toEqual([
      'properties.0.items.properties.0.quality.0: within objects and lists, nothing is counted or compared',
    ]);
    const type = planOf(within([list]))?.columns[0]?.type;
    expect(
      type?.kind === 'list' && type.items.kind === 'object' && type.items.members[0]?.oneOf?.values,
    ).toEqual(['x']);
  });

  it('of other tools are left to the recipient where the contract says so, and told by name', () => {
    const left = { type: 'sql', query: 'SELECT 1', mustBe: 1, name: 'Totals agree' };
    const marked = { ...left, customProperties: [{ property: 'checkedBy', value: 'recipient' }] };
    expect(planOf(property(marked))?.recipients).toEqual([
      { rule: '/schema/0/properties/0/quality/0', name: 'Totals agree' },
    ]);
    expect(faultsOf(property(left))).toHaveLength(1);
  });
});

describe('kinds of value', () => {
  const typeOf = (logicalType: string, logicalTypeOptions?: object) =>
    planOf({ properties: [{ name: 'a', logicalType, logicalTypeOptions }] })?.columns[0]?.type;

  it('are times of which it is plain whether they have a zone, and how many digits their seconds have', () => {
    expect(typeOf('timestamp', { format: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX" })).toMatchObject({
      zone: 'required',
      fraction: 3,
    });
    expect(typeOf('timestamp', { format: "yyyy-MM-dd'T'HH:mm:ss" })).toMatchObject({
      zone: 'refused',
      fraction: 0,
    });
    expect(typeOf('time', { timezone: false })).toEqual({
      kind: 'time',
      rule: '/schema/0/properties/0/logicalType',
      zone: 'refused',
    });
  });

  it.each([
    'yyyy-MM-dd HH:mm:ss',
    'yyyy-MM-ddTHH:mm:ssZ',
    "yyyy-MM-dd'T'HH:mm:ss'Z'",
    "yyyy-MM-dd'T'hh:mm:ssXXX",
    "dd/MM/yyyy'T'HH:mm:ssXXX",
    "yyyy-MM-dd'T'HH:mm:ssX",
  ])('are no times of the form %s', (format) => {
    expect(() => typeOf('timestamp', { format })).toThrow('only the forms of ISO 8601');
  });

  it('have bounds that are written as values are, down to the digits of a second', () => {
    const bound = (format: string, minimum: string) => () => typeOf('timestamp', { format, minimum });
    expect(bound("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2027-04-01T00:00:00.000Z')).not.toThrow();
    for (const wrong of ['2027-04-01T00:00:00Z', '2027-04-01T00:00:00.000', '2027-02-29T00:00:00.000Z'])
      expect(bound("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", wrong)).toThrow(
        'is not a timestamp as the property has them',
      );
  });

  it('are whole numbers that fit their bits, where the contract says which', () => {
    expect(typeOf('integer', { format: 'u8', minimum: 1 })).toMatchObject({
      fits: { rule: '/schema/0/properties/0/logicalTypeOptions/format', minimum: '0', maximum: '255' },
      minimum: { value: '1' },
    });
    expect(typeOf('integer')).toEqual({ kind: 'integer', rule: '/schema/0/properties/0/logicalType' });
  });

  it('have limits in exact decimals', () => {
    expect([0.01, 1e21, 1.5e-7, -2.5e22, 0, 100, 123456.789].map(decimalOf)).toEqual([
      '0.01',
      '1000000000000000000000',
      '0.00000015',
      '-25000000000000000000000',
      '0',
      '100',
      '123456.789',
    ]);
  });
});
