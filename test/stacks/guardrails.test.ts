/** That the stacks of the management account stay as they are however many members there are, and go where they should. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Baseline, baselinesIn, physicalNames, stackSetTemplate } from '../../lib/assembly';
import { synthApp } from '../../lib/commands/assembly/synth-app';
import type { Member } from '../../lib/register/schema/organisation';
import { accountId, organisationId } from '../../lib/register/schema/scalars';
import { GUARDRAIL_STACKS, GuardrailsStack } from '../../lib/stacks/guardrails';
import { AS_OF, registerOf } from '../policy/sample-register';
import { only, type Sample, synthesised, temporaryFolder } from './sample-assembly';

const register = registerOf();
const [member] = register.organisations.filter((each): each is Member => each.membership === 'member');
const externals = register.organisations.filter(({ membership }) => membership === 'external');

function namesInBoth(one: Baseline, other: Baseline): string[] {
  const names = new Set(physicalNames(other.resources));
  return physicalNames(one.resources).filter((name) => names.has(name));
}

/** The template of the guardrails in a register of so many members. */
function guardrailsFor(members: number, withExternals: boolean): string {
  const organisations = Array.from({ length: members }, (_, n) => ({
    ...(member as Member),
    id: organisationId.parse(`council-${n}`),
    account: accountId.parse(String(300_000_000_000 + n)),
  }));
  const folder = temporaryFolder();
  const app = synthApp(folder);
  const given = {
    zone: register.zone,
    organisations: [...organisations, ...(withExternals ? externals : [])],
  };
  new GuardrailsStack(app, 'main', given as unknown as typeof register, AS_OF);
  app.synth();
  return readFileSync(join(folder, 'Guardrails.template.json'), 'utf8');
}

it('are the same for 10 members and for 400, to the byte; externals are named', () => {
  expect(guardrailsFor(400, false)).toBe(guardrailsFor(10, false));
  expect(externals.length).toBeGreaterThan(0);
  for (const { account } of externals) {
    expect(guardrailsFor(10, false)).not.toContain(account);
    expect(guardrailsFor(10, true)).toContain(account);
  }
});

describe('in the sample', () => {
  let sample: Sample;
  beforeAll(() => {
    sample = synthesised();
  });
  const stackSet = (name: string) => {
    const stack = sample.stacks.find((each) => each.name === name);
    if (stack === undefined) throw new Error(`there is no ${name}`);
    return only(stack, 'AWS::CloudFormation::StackSet').Properties ?? {};
  };

  it('give the accounts of all units one baseline, which an account keeps when it leaves them', () => {
    const { canary, members, zone } = register.zone.guardrails.units;
    expect(stackSet('Baseline')).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      OperationPreferences: { FailureToleranceCount: 0 },
    });
    const reached = baselinesIn(sample.stacks).map(({ name, units }) => [name, units]);
    expect(reached).toEqual([
      ['concordat-baseline', [canary, members, zone]],
      ['concordat-budgets', [canary, members, zone]],
    ]);
  });

  it('make nothing of one name by two StackSets where an account keeps what either made', () => {
    const clashes = (sets: readonly Baseline[]) =>
      sets.flatMap((each, n) =>
        sets.slice(n + 1).flatMap((other) => (each.retains || other.retains ? namesInBoth(each, other) : [])),
      );
    const baselines = baselinesIn(sample.stacks);
    expect(clashes(baselines)).toEqual([]);
    // A second one of the same template, as there once was for the canary unit, could not be deployed after the first.
    const [first] = baselines;
    if (first === undefined) throw new Error('there is no baseline');
    expect(clashes([first, { ...first, name: 'another', retains: false }])).toContain(
      'AWS::IAM::ManagedPolicy concordat-deployment-boundary',
    );
    expect(clashes([first, { ...first, resources: {} }])).toEqual([]);
  });

  it('find the name of everything that a baseline makes', () => {
    const unnamed = baselinesIn(sample.stacks).flatMap(({ resources }) =>
      Object.entries(resources).flatMap(([id, each]) =>
        physicalNames({ [id]: each }).length > 0 ? [] : each.Type,
      ),
    );
    // A policy is the bucket’s, and there is one for each.
    expect([...new Set(unnamed)].sort()).toEqual(['AWS::S3::BucketPolicy']);
  });

  it('are deployed only by someone who says of this very template that it was tried in the canary unit', () => {
    const body = readFileSync(join(sample.folder, 'concordat-baseline.body.yaml'), 'utf8');
    expect(stackSet('Baseline').TemplateBody).toBe(body);
    const baseline = sample.stacks.find(({ name }) => name === 'Baseline');
    expect(baseline?.parameters?.TriedInCanary).toMatchObject({
      AllowedValues: [createHash('sha256').update(body).digest('hex')],
    });
    expect(baseline?.parameters?.TriedInCanary).not.toHaveProperty('Default');
  });

  it('reach other units than before only when somebody names them, since what is in a unit that goes is deleted', () => {
    const [units] = baselinesIn(sample.stacks).map((each) => each.units.join(','));
    const baseline = sample.stacks.find(({ name }) => name === 'Baseline');
    expect(baseline?.parameters?.Units).toMatchObject({
      AllowedValues: [units],
      ConstraintDescription: expect.stringContaining('its baseline would be deleted') as string,
    });
    expect(baseline?.parameters?.Units).not.toHaveProperty('Default');
  });

  it('name no role to deploy with and upload nothing, since the management account has no bootstrap', () => {
    const { artifacts } = JSON.parse(readFileSync(join(sample.folder, 'manifest.json'), 'utf8')) as {
      artifacts: Record<string, { properties?: Record<string, unknown> }>;
    };
    for (const name of [
      ...Object.values(GUARDRAIL_STACKS),
      'Access-analyzer',
      'Baseline',
      'Budgets',
      'Trail',
    ]) {
      const properties = artifacts[name]?.properties ?? {};
      expect([name, Object.keys(properties).filter((key) => /role|asset/i.test(key))]).toEqual([name, []]);
      expect([name, properties.terminationProtection]).toEqual([name, true]);
    }
  });

  it('have what AWS might refuse in stacks of their own, for which nothing waits', () => {
    const { artifacts } = JSON.parse(readFileSync(join(sample.folder, 'manifest.json'), 'utf8')) as {
      artifacts: Record<string, { type: string; dependencies?: string[] }>;
    };
    const apart = ['Guardrails-services', 'Guardrails-s3'];
    for (const name of apart) expect(artifacts[name]?.dependencies).toContain('Guardrails');
    const waiting = Object.entries(artifacts).filter(
      ([, { type, dependencies }]) =>
        type === 'aws:cloudformation:stack' && dependencies?.some((each) => apart.includes(each)),
    );
    expect(waiting).toEqual([]);
    const holds = (name: string) => {
      const stack = sample.stacks.find((each) => each.name === name);
      return Object.values(stack?.resources ?? {}).map(({ Properties }) => JSON.stringify(Properties));
    };
    // A policy of another kind, or one that names a service that AWS came to know of late, would take the others with it.
    expect(holds('Guardrails').filter((text) => /"S3_POLICY"/.test(text))).toEqual([]);
    const perimeters = holds('Guardrails').filter((text) => /"RESOURCE_CONTROL_POLICY"/.test(text));
    expect(perimeters).toHaveLength(1);
    expect(perimeters[0]).not.toMatch(/"(?:dynamodb|events|logs):/);
    expect(apart.map((name) => holds(name).length)).toEqual([1, 1]);
  });

  it('come with one analyzer for the whole AWS organisation, alone in its stack, and with none of a single account', () => {
    // Between organisations of the zone nothing is a finding, and a stranger is; AWS refuses it until it is trusted.
    const stack = sample.stacks.find(({ name }) => name === 'Access-analyzer');
    expect(Object.values(stack?.resources ?? {}).map(({ Type, Properties }) => [Type, Properties])).toEqual([
      ['AWS::AccessAnalyzer::Analyzer', { AnalyzerName: 'concordat-external-access', Type: 'ORGANIZATION' }],
    ]);
    expect(String(stackSet('Baseline').TemplateBody)).not.toMatch(/AccessAnalyzer/);
    const { artifacts } = JSON.parse(readFileSync(join(sample.folder, 'manifest.json'), 'utf8')) as {
      artifacts: Record<string, { dependencies?: string[] }>;
    };
    for (const { dependencies } of Object.values(artifacts))
      expect(dependencies ?? []).not.toContain('Access-analyzer');
  });

  it('lie beside their baselines, as people can read them', () => {
    const { Resources } = JSON.parse(
      readFileSync(join(sample.folder, 'concordat-baseline.json'), 'utf8'),
    ) as {
      Resources: unknown;
    };
    const body = stackSetTemplate(String(stackSet('Baseline').TemplateBody)) as { Resources: unknown };
    expect(Resources).toEqual(body.Resources);
  });
});
