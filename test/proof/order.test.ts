/** That what CloudFormation would make too early, or on the word of what no template makes, is a finding of the proof. */
import { type AssemblyStack, worldOf } from '../../lib/assembly';
import { waitedFor } from '../../lib/assembly/waits';
import { findingsOf, linesOf, prove } from '../../lib/proof';
import { settingLines } from '../../lib/proof/settings/in-words';
import { settingFindings } from '../../lib/proof/settings/settings';
import { changed, type Json, sample } from './world';

const DWP = 'Organisation-dwp';
type Loose = Json & { DependsOn?: string[]; Metadata?: object };

const worldWith = (change: (resources: Record<string, Loose>) => void, stack = DWP) =>
  worldOf(changed(stack, change));
const found = (change: (resources: Record<string, Loose>) => void, stack = DWP) =>
  settingFindings(worldWith(change, stack), new Set([stack === DWP ? '100000000011' : '100000000002'])).map(
    (each) => settingLines(each)[0],
  );
const of = (resources: Record<string, Loose>, type: string, id = '') => {
  const one = Object.entries(resources).find(([name, each]) => each.Type === type && name.includes(id));
  if (one === undefined) throw new Error(`there is no ${type} ${id}`);
  return one[1];
};

test('nothing comes too early in the sample', () => {
  const early = settingFindings(worldOf(sample())).filter(
    (each) => 'path' in each && each.path[0] === 'DependsOn',
  );
  expect(early).toEqual([]);
});

test('the plan that scans waits for all else, and what wakes a function of the zone for all that it could lock away', () => {
  for (const [stack, type] of [
    [DWP, 'AWS::GuardDuty::MalwareProtectionPlan'],
    ['Zone', 'AWS::Lambda::EventSourceMapping'],
  ] as const) {
    const { resources } = sample().stacks.find(({ name }) => name === stack) as AssemblyStack;
    const [last = ''] = Object.entries(resources).find(([, each]) => each.Type === type) ?? [];
    const { DependsOn = [] } = resources[last] as Loose;
    const others = DependsOn.filter((each) => {
      if (/^AWS::CloudWatch::/.test(resources[each]?.Type ?? '')) return false;
      const left = { ...resources[last], DependsOn: DependsOn.filter((other) => other !== each) };
      return !waitedFor({ resources: { ...resources, [last]: left } as never }, last).has(each);
    });
    expect(others.length).toBeGreaterThan(5);
    for (const without of others.filter((_, n) => n % 5 === 0))
      expect(
        found((changedOnes) => {
          const one = of(changedOnes, type);
          one.DependsOn = DependsOn.filter((each) => each !== without);
        }, stack),
      ).toEqual([expect.stringMatching(/^set otherwise: .* has DependsOn: /)]);
  }
});

test('the rules that wake the zone’s functions wait for what feeds its audit', () => {
  const lines = found((resources) => {
    of(resources, 'AWS::Events::Rule', 'EachMinute').DependsOn = [];
  }, 'Zone');
  expect(lines).toContainEqual(expect.stringMatching(/^set otherwise: .*EachMinute.* has DependsOn: /));
});

test.each([
  ['the call of the grant broker', 'AWS::CloudFormation::CustomResource', ''],
  ['a rule that tells a queue', 'AWS::Events::Rule', 'DepositsHeld'],
  ['a rule that tells the gate', 'AWS::Events::Rule', 'ReleaseGateRule'],
  ['a rule on changes', 'AWS::Events::Rule', 'SecurityChanges'],
])('%s waits for all that it needs: each of them is asked for', (_what, type, id) => {
  const { DependsOn = [] } = of(
    sample().stacks.find(({ name }) => name === DWP)?.resources as never,
    type,
    id,
  );
  expect(DependsOn.length).toBeGreaterThan(0);
  for (const without of DependsOn)
    expect(
      found((resources) => {
        const one = of(resources, type, id);
        one.DependsOn = DependsOn.filter((each) => each !== without);
      }),
    ).toContainEqual(expect.stringMatching(`^set otherwise: .*${type}.* has DependsOn: `));
});

test('what nothing asks for is told of as such, before what follows from it, and nothing is said not to wait for it', () => {
  const { sqs, kinesis } = { sqs: 'AWS::SQS::Queue', kinesis: 'AWS::Kinesis::Stream' };
  const world = worldWith((resources) => {
    resources.Extra = { Type: sqs, Properties: { QueueName: 'extra' } } as never;
    resources.Unknown = { Type: kinesis, Properties: { Name: 'unknown' } } as never;
  });
  const lines = findingsOf(prove(world, undefined, { besidesAccess: true })).map((each) => linesOf(each)[0]);
  expect(lines.slice(0, 3)).toEqual([
    `not understood: ${DWP}/Unknown is of type ${kinesis}, which could give access and is not judged`,
    `not judged: ${DWP}/Extra is ${sqs} extra, which nothing in the register asks for`,
    `not judged: ${DWP}/Unknown is ${kinesis} Unknown, which nothing in the register asks for`,
  ]);
  // That roles cannot make it follows from it.
  expect(lines.slice(3).filter((each) => !each?.includes(' cannot do sqs:'))).toEqual([]);
});

test('what does not wait is told with what it lacks alone', () => {
  const [early] = settingFindings(
    worldWith((resources) => {
      const plan = of(resources, 'AWS::GuardDuty::MalwareProtectionPlan');
      plan.DependsOn = (plan.DependsOn ?? []).filter((id) => !id.startsWith('CollectRole'));
    }),
    new Set(['100000000011']),
  );
  expect(early && settingLines(early)[1]).toMatch(/^ {2}it is to be these, and CollectRole\w+ as well: /);
});

test('what waits by what it waits for, or by a reference, is in order', () => {
  const lines = found((resources) => {
    const plan = of(resources, 'AWS::GuardDuty::MalwareProtectionPlan');
    const broker = of(resources, 'AWS::CloudFormation::CustomResource');
    const [own = ''] = Object.entries(resources).find(([, each]) => each === broker) ?? [];
    broker.DependsOn = [...(broker.DependsOn ?? []), ...(plan.DependsOn ?? []).filter((id) => id !== own)];
    plan.DependsOn = [own];
  });
  expect(lines).toEqual([]);
});

test.each<[string, (resources: Record<string, Loose>) => void, RegExp]>([
  [
    'waits for what no template makes',
    (resources) => {
      of(resources, 'AWS::S3::BucketPolicy').DependsOn = ['Nowhere'];
    },
    /waits for Nowhere, which the template does not make/,
  ],
  [
    'says in its metadata where its code is',
    (resources) => {
      of(resources, 'AWS::Lambda::Function').Metadata = { 'aws:asset:path': 'elsewhere' };
    },
    /has aws:asset:path in its Metadata/,
  ],
  [
    'says in its metadata what to run',
    (resources) => {
      of(resources, 'AWS::S3::Bucket').Metadata = { 'AWS::CloudFormation::Init': {} };
    },
    /has AWS::CloudFormation::Init in its Metadata/,
  ],
])('a resource that %s is not understood', (_what, change, says) => {
  expect(worldWith(change).notUnderstood).toEqual([expect.stringMatching(says)]);
});

test.each([
  [
    'an output from Parameter Store',
    { Outputs: { Told: { Value: '{{resolve:ssm:/x}}' } } },
    /Outputs holds .*\{\{resolve/,
  ],
  [
    'an output by a macro',
    { Outputs: { Told: { Value: { 'Fn::Transform': { Name: 'Fresh' } } } } },
    /Outputs holds Fn::Transform/,
  ],
  [
    'a condition from Parameter Store',
    { Conditions: { Fresh: { 'Fn::Equals': ['{{resolve:ssm:/x}}', 'a'] } } },
    /Conditions holds .*\{\{resolve/,
  ],
])('%s is not understood', (_what, sections, says) => {
  const file = `${DWP}.template.json`;
  const text = JSON.stringify({ ...JSON.parse(sample().file(file) ?? ''), ...sections });
  const world = worldOf({ ...sample(), file: (name) => (name === file ? text : sample().file(name)) });
  expect(world.notUnderstood).toEqual([expect.stringMatching(says)]);
});
