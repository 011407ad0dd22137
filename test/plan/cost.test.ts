/** That what a zone costs follows from its templates, and that nothing is left out silently. */
import type { AssemblyStack } from '../../lib/assembly';
import { type Costs, costsOf } from '../../lib/plan/cost/cost';
import { billRows, costLine, dollars } from '../../lib/plan/cost/in-words';
import { PRICES, type PriceName } from '../../lib/plan/cost/prices';
import { runsInMonth } from '../../lib/plan/cost/usage';
import { type Sample, synthesised } from '../stacks/sample-assembly';

let sample: Sample;
let costs: Costs;
beforeAll(() => {
  sample = synthesised();
  costs = priced(sample.stacks);
});
/** The costs of what is in a Region that has prices. */
function priced(stacks: readonly AssemblyStack[]): Costs {
  const all = costsOf(stacks);
  if (!all.priced) throw new Error(`${all.region} has no prices`);
  return all;
}

const of = (all: Costs, id: string) => all.organisations.find((each) => each.id === id) as Costs['zone'];
const quantity = (all: Costs, id: string, price: PriceName) =>
  (id === 'zone' ? all.zone : of(all, id)).lines.find((each) => each.price === price)?.quantity ?? 0;

/** The sample’s stacks with the resources of one changed. */
function changed(name: string, change: (resources: Record<string, unknown>) => void): Costs {
  return priced(
    sample.stacks.map((stack): AssemblyStack => {
      if (stack.name !== name) return stack;
      const resources = structuredClone(stack.resources) as Record<string, unknown>;
      change(resources);
      return { ...stack, resources: resources as AssemblyStack['resources'] };
    }),
  );
}

test('every organisation and the zone have a cost, and the sum is that of all', () => {
  expect(costs.organisations.map(({ id }) => id)).toEqual(sample.register.organisations.map(({ id }) => id));
  const sum = costs.organisations.reduce((total, { usd }) => total + usd, costs.zone.usd);
  expect(costs.usd).toBeCloseTo(sum, 2);
  for (const { usd, lines } of [costs.zone, ...costs.organisations])
    expect(usd).toBeCloseTo(
      lines.reduce((total, line) => total + line.usd, 0),
      1,
    );
});

test('every type of resource in the sample is priced, and one that is not known is named', () => {
  expect(costs.notPriced).toEqual([]);
  const more = changed('Organisation-leeds', (resources) => {
    resources.Gateway = { Type: 'AWS::EC2::NatGateway' };
  });
  expect(more.notPriced).toEqual(['AWS::EC2::NatGateway']);
  expect(costLine(more)).toContain('not priced: AWS::EC2::NatGateway');
});

test('a zone of one organisation says its sum once, and no range', () => {
  const [first] = costs.organisations;
  const one = { ...costs, organisations: first === undefined ? [] : [first] };
  expect(costLine(one)).toContain(`, and ${dollars(first?.usd ?? 0)} for each organisation (`);
  expect(costLine(costs)).toMatch(/, and \$[\d.]+ to \$[\d.]+ for each organisation \(/);
});

test.each([
  ['a key', 'AWS::KMS::Key', 1],
  ['an alarm', 'AWS::CloudWatch::Alarm', 0.1],
  ['a dashboard', 'AWS::CloudWatch::Dashboard', 3],
])('%s more costs its price more, to whoever has it', (_what, Type, usd) => {
  const more = changed('Organisation-leeds', (resources) => {
    resources.Another = { Type };
  });
  expect(of(more, 'leeds').usd - of(costs, 'leeds').usd).toBeCloseTo(usd, 2);
  expect(of(more, 'dwp')).toEqual(of(costs, 'dwp'));
});

test('a share more costs its owner reads, and an agreement more deposits, scans and storage', () => {
  const point = (Name: string) => ({ Type: 'AWS::S3::AccessPoint', Properties: { Name } });
  const own = Object.values(sample.stackOf('dwp').resources).find(
    ({ Type }) => Type === 'AWS::S3::AccessPoint',
  );
  const agreement = String(own?.Properties?.Name).split('--')[0];
  const share = changed('Organisation-dwp', (resources) => {
    resources.More = point(`${agreement}--somebody`);
  });
  const another = changed('Organisation-dwp', (resources) => {
    resources.More = point('ffffffffffff--somebody');
  });
  const scanned = (all: Costs) => quantity(all, 'dwp', 'scannedObjects');
  expect(scanned(share)).toBe(scanned(costs));
  expect(quantity(share, 'dwp', 'get')).toBeGreaterThan(quantity(costs, 'dwp', 'get'));
  expect(scanned(another)).toBeGreaterThan(scanned(costs));
  expect(quantity(another, 'dwp', 'stored')).toBeGreaterThan(quantity(costs, 'dwp', 'stored'));
  // The operator records both.
  expect(quantity(share, 'zone', 'dataEvents')).toBeGreaterThan(quantity(costs, 'zone', 'dataEvents'));
});

test('who brought a key pays for it too, and who is external pays for none', () => {
  expect(quantity(costs, 'hmcts', 'key')).toBe(2);
  expect(quantity(costs, 'leeds', 'key')).toBe(2);
  expect(of(costs, 'example-routing')).toEqual({ id: 'example-routing', lines: [], usd: 0 });
});

test('a function costs as often as its timetable says, with its own memory', () => {
  expect([runsInMonth('rate(1 minute)'), runsInMonth('rate(1 hour)'), runsInMonth('rate(2 hours)')]).toEqual([
    43_800, 730, 365,
  ]);
  expect(runsInMonth('cron(0 1 * * ? *)')).toBeUndefined();
  const slower = changed('Zone', (resources) => {
    for (const each of Object.values(resources) as {
      Type: string;
      Properties: { ScheduleExpression?: string };
    }[])
      if (each.Properties?.ScheduleExpression === 'rate(1 minute)')
        each.Properties.ScheduleExpression = 'rate(1 hour)';
  });
  expect(quantity(slower, 'zone', 'functionTime')).toBeLessThan(quantity(costs, 'zone', 'functionTime'));
});

test('an organisation can add up its bill, and see each price with its page', () => {
  const rows = billRows(of(costs, 'dwp'));
  const sum = rows.reduce((total, row) => total + Number(row[3]?.slice(1)), 0);
  expect(sum).toBeCloseTo(of(costs, 'dwp').usd, 1);
  expect(dollars(1234.5)).toBe('$1,234.50');
  for (const { page, usd, amount } of Object.values(PRICES)) {
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\/$/);
    expect(usd / amount).toBeGreaterThan(0);
  }
});
