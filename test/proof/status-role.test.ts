/** The role by which `status --live` looks into each account: there where the register declares who watches, and no more than that. */
import { type Assembly, type World, worldOf } from '../../lib/assembly';
import { baselineTemplate } from '../../lib/constructs/baseline-template';
import { baselineProof } from '../../lib/proof/baseline/baseline';
import { rightLines } from '../../lib/proof/rights/in-words';
import { settingLines } from '../../lib/proof/settings/in-words';
import { AS_OF } from '../policy/sample-register';
import { edited, replace, SAMPLE } from '../register/samples';
import { keptRegister } from '../stacks/kept-assemblies';
import { ENGINE_ACCOUNT, WATCHER, withEngine } from '../stacks/rollout/engine-setting';
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

const text = new TextDecoder().decode(SAMPLE.find(({ path }) => path === 'zone.yaml')?.bytes);
const { zone } = keptRegister(edited(SAMPLE, replace('zone.yaml', text, withEngine(text))), AS_OF);

/** The sample with an engine and those who watch. @param change of the role */
function world(change: (role: Role) => void = () => undefined): World {
  const types = sample()
    .stacks.filter(({ name }) => /^(?:Zone|Organisation-)/.test(name))
    .flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type));
  const template = structuredClone(baselineTemplate(zone, types));
  const role = template.Resources.StatusRole as unknown as Role | undefined;
  if (role === undefined) throw new Error('there is no role that watches');
  change(role);
  const assembly: Assembly = changed('Baseline', (resources) => {
    const [one] = Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet');
    (one?.Properties as unknown as { TemplateBody: string }).TemplateBody = JSON.stringify(template);
  });
  const found = worldOf(assembly);
  const facts = found.register.zone;
  return {
    ...found,
    register: {
      ...found.register,
      zone: {
        ...facts,
        rollout: { account: ENGINE_ACCOUNT, watchedBy: [WATCHER] },
        ...(facts.guardrails && {
          guardrails: { ...facts.guardrails, deployers: zone.guardrails.deployers },
        }),
      },
    },
  };
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

it('leaves the baseline below what AWS takes of a template in a StackSet', () => {
  const baseline = changed('Baseline', () => undefined).stacks.find(({ name }) => name === 'Baseline');
  const types = sample().stacks.flatMap(({ name, resources }) =>
    /^(?:Zone|Organisation-)/.test(name) ? Object.values(resources).map(({ Type }) => Type) : [],
  );
  const without = JSON.stringify(
    JSON.stringify(baselineTemplate({ ...zone, rollout: undefined } as never, types)),
  );
  const more = JSON.stringify(JSON.stringify(baselineTemplate(zone, types))).length - without.length;
  expect((baseline?.bytes ?? 0) + more).toBeLessThan(51_200);
});

it('is as the proof expects it', () => {
  expect(linesOf(world())).toEqual([]);
});

it('is missing where the register declares who watches, and too much where it does not', () => {
  const whole = world();
  const none = {
    ...whole,
    register: { ...whole.register, zone: { ...whole.register.zone, rollout: undefined } },
  };
  expect(linesOf(none as World).join('\n')).toMatch(/cdk-concordat-status-role/);
  const sampleWorld = worldOf(sample());
  const facts = { ...sampleWorld.register, zone: whole.register.zone };
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
