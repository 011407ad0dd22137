/** The role by which `status --live` looks into each account: there where the register declares who watches, and no more than that. */
import { type Assembly, findingsOf, stackSetTemplate, type World, worldOf } from '../../lib/assembly';
import { headroomOf } from '../../lib/plan';
import { baselineProof } from '../../lib/proof/baseline/baseline';
import { findingsOf as proofFindings } from '../../lib/proof/findings';
import { prove } from '../../lib/proof/prove';
import { rightLines } from '../../lib/proof/rights/in-words';
import { settingLines } from '../../lib/proof/settings/in-words';
import { AS_OF } from '../policy/sample-register';
import { keptAssembly } from '../stacks/kept-assemblies';
import { WITH_ENGINE } from '../stacks/rollout/engine-sample';
import { changed, sample } from './world';

interface Statement {
  Sid: string;
  Effect: string;
  Action: string[];
  Resource?: unknown;
  Condition?: Record<string, unknown>;
}
interface Role {
  readonly Properties: {
    readonly AssumeRolePolicyDocument: { readonly Statement: (Statement & { Principal: unknown })[] };
    readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: Statement[] } }[];
  };
}

/** Synthesised once, with its checks. */
const whole = () => keptAssembly(WITH_ENGINE, AS_OF, true).assembly;

/** The sample with an engine and those who watch. @param change of the role */
function world(change: (role: Role) => void = () => undefined): World {
  const assembly: Assembly = changed(
    'Baseline',
    (resources) => {
      const [one] = Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet');
      const properties = one?.Properties as unknown as { TemplateBody: string };
      const template = stackSetTemplate(properties.TemplateBody) as { Resources: { StatusRole?: Role } };
      if (template.Resources.StatusRole === undefined) throw new Error('there is no role that watches');
      change(template.Resources.StatusRole);
      properties.TemplateBody = JSON.stringify(template);
    },
    whole(),
  );
  return worldOf(assembly);
}

function linesOf(of: World): string[] {
  const { answers, settings, rights } = baselineProof(of);
  return [
    ...answers.map(
      ({ kind, question: { asker, action, target } }) =>
        `${kind}: ${asker.as?.arn ?? asker.caller.name} ${action} ${target.arn}`,
    ),
    ...settings.map((each) => settingLines(each)[0] ?? ''),
    ...rights.map((each) => rightLines(each)[0] ?? ''),
  ];
}
const statements = ({ Properties: { Policies } }: Role) => Policies[0]?.PolicyDocument.Statement ?? [];
const trust = ({ Properties }: Role) => Properties.AssumeRolePolicyDocument.Statement[0];

it('leaves the synth clean: no finding, every limit further than a warning, and access as agreed', () => {
  const assembly = whole();
  expect(findingsOf(assembly).open).toEqual([]);
  expect(headroomOf(assembly.stacks).tight).toEqual([]);
  const baseline = assembly.stacks.find(({ name }) => name === 'Baseline');
  expect(baseline?.bytes).toBeLessThan(0.9 * 51_200);
  expect(proofFindings(prove(worldOf(assembly), new Set(['leeds'])))).toEqual([]);
});

it('is as the proof expects it', () => {
  expect(linesOf(world())).toEqual([]);
});

it('is missing where the register declares who watches, and too much where it does not', () => {
  const found = world();
  const none = {
    ...found,
    register: { ...found.register, zone: { ...found.register.zone, rollout: undefined } },
  };
  expect(linesOf(none as World).join('\n')).toMatch(/cdk-concordat-status-role/);
  const sampleWorld = worldOf(sample());
  const facts = { ...sampleWorld.register, zone: found.register.zone };
  expect(linesOf({ ...sampleWorld, register: facts }).join('\n')).toMatch(/cdk-concordat-status-role/);
});

it.each<[string, (role: Role) => void, RegExp]>([
  [
    'whoever is in the engine’s account watches',
    (role) => {
      const statement = trust(role);
      if (statement !== undefined) statement.Condition = undefined as never;
    },
    /^extra: .* sts:AssumeRole .*status-role/m,
  ],
  [
    'those who deploy watch too',
    (role) => {
      const statement = trust(role);
      if (statement !== undefined)
        statement.Condition = {
          ...statement.Condition,
          ArnEquals: { 'aws:PrincipalArn': ['arn:aws:iam::100000000003:role/deployment'] },
        };
    },
    /^extra: arn:aws:iam::100000000003:role\/deployment sts:AssumeRole .*status-role/m,
  ],
  [
    'it reads settings by itself',
    (role) => {
      for (const each of statements(role))
        if (each.Sid === 'ReadSettingsThroughCloudFormation') each.Condition = undefined as never;
    },
    /status-role.* is given \w+:/m,
  ],
  [
    'it reads objects',
    (role) => {
      statements(role).push({ Sid: 'More', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] });
    },
    /status-role.* is given s3:GetObject/m,
  ],
  [
    'it deploys',
    (role) => {
      statements(role)[0]?.Action.push('cloudformation:CreateChangeSet');
    },
    /status-role.* is given cloudformation:CreateChangeSet/m,
  ],
  [
    'it sees no templates',
    (role) => {
      const [first] = statements(role);
      first?.Action.splice(first.Action.indexOf('cloudformation:GetTemplate'), 1);
    },
    /^missing: .*status-role.* cannot do cloudformation:GetTemplate/m,
  ],
])('is a finding where %s', (_, change, expected) => {
  expect(linesOf(world(change)).join('\n')).toMatch(expected);
});
