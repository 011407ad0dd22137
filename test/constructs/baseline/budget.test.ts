/** That each account’s cost is watched as the register says, and that the register may change without a budget in the way. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { baselinesIn, physicalNames, type TemplateResource } from '../../../lib/assembly';
import { baselineTemplate } from '../../../lib/constructs';
import { budgetTemplate } from '../../../lib/constructs/baseline/budget';
import type { Zone } from '../../../lib/register';
import { registerOf } from '../../policy/sample-register';
import { synthesised } from '../../stacks/sample-assembly';

interface Schemas {
  readonly schema: {
    readonly resource: {
      readonly entities: readonly {
        readonly cloudFormationType: string;
        readonly properties: Readonly<Record<string, { readonly causesReplacement?: string }>>;
      }[];
    };
  };
}

const folder = dirname(createRequire(__filename).resolve('aws-cdk/package.json'));
const { schema } = JSON.parse(gunzipSync(readFileSync(join(folder, 'db.json.gz'))).toString()) as Schemas;
const { zone } = registerOf();

/** The properties of a kind of resource by which CloudFormation makes another of it, and only then lets go of the old one. */
function replacing(type: string): string[] {
  const entity = schema.resource.entities.find(({ cloudFormationType }) => cloudFormationType === type);
  return Object.entries(entity?.properties ?? {}).flatMap(([name, { causesReplacement = 'no' }]) =>
    causesReplacement === 'no' ? [] : name,
  );
}

/** What CloudFormation would have to make beside the old one of the same name, by which property. */
function inTheWay(
  before: Readonly<Record<string, TemplateResource>>,
  after: Readonly<Record<string, TemplateResource>>,
): string[] {
  return Object.entries(before).flatMap(([id, was]) => {
    const is = after[id];
    if (is === undefined || is.Type !== was.Type) return [];
    const names = physicalNames({ was });
    if (names.length === 0 || names[0] !== physicalNames({ is })[0]) return [];
    return replacing(was.Type)
      .filter((name) => JSON.stringify(was.Properties?.[name]) !== JSON.stringify(is.Properties?.[name]))
      .map((name) => `${id} by ${name}`);
  });
}

it('watches the month’s cost at the amount of the register, and tells its mailbox', () => {
  const { Budget } = budgetTemplate(zone).Resources;
  expect(Budget?.Properties.Budget).toMatchObject({ BudgetLimit: { Amount: 200, Unit: 'USD' } });
  expect(JSON.stringify(Budget)).toContain(zone.baseline.budgetAddress);
});

it('lets the register change without anything of the old name in the way', () => {
  const changes: Partial<Zone['baseline']>[] = [
    { budgetAddress: 'costs@another.example' as Zone['baseline']['budgetAddress'] },
    { monthlyBudget: '900 USD' as Zone['baseline']['monthlyBudget'] },
    { config: zone.baseline.config === 'ncsc' ? 'none' : 'ncsc' },
  ];
  const made = (each: Zone) => ({
    ...(baselineTemplate(each, []).Resources as Readonly<Record<string, TemplateResource>>),
    ...(budgetTemplate(each).Resources as Readonly<Record<string, TemplateResource>>),
  });
  for (const change of changes) {
    const after = { ...zone, baseline: { ...zone.baseline, ...change } };
    expect([change, inTheWay(made(zone), made(after))]).toEqual([change, []]);
  }
  // A budget under one name for good, as there once was.
  const old = made(zone);
  const told = { ...old.Budget?.Properties, NotificationsWithSubscribers: [] };
  expect(inTheWay(old, { Budget: { Type: 'AWS::Budgets::Budget', Properties: told } })).toEqual([
    'Budget by NotificationsWithSubscribers',
  ]);
});

it('is in a StackSet by itself, so that an account to which AWS gives none has its baseline, and stops no other', () => {
  const { stacks } = synthesised().assembly;
  const sets = baselinesIn(stacks);
  const having = (type: string) =>
    sets.filter(({ resources }) => Object.values(resources).some(({ Type }) => Type === type));
  expect(having('AWS::Budgets::Budget').map(({ name }) => name)).toEqual(['concordat-budgets']);
  const [budgets] = having('AWS::Budgets::Budget');
  expect(Object.keys(budgets?.resources ?? {})).toEqual(['Budget']);
  expect(budgets?.units).toEqual(having('AWS::IAM::Role')[0]?.units);
  const stack = stacks.find(({ name }) => name === 'Budgets');
  const [set] = Object.values(stack?.resources ?? {});
  expect(set?.Properties).toMatchObject({
    // An account that comes back finds no budget of its name.
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
    OperationPreferences: { FailureTolerancePercentage: 100 },
  });
  expect(stack?.parameters).toBeUndefined();
});
