/** That each change of a template which the plan does not judge is listed, by type, property and place; and words never are. */
import { openAssembly } from '../../lib/assembly';
import { changesNotJudged } from '../../lib/plan/not-judged';
import { tellUnjudged } from '../../lib/plan/words/not-judged';
import { plainText } from '../../lib/words';
import { beforeFolder, changed, find, type Loose, unproven } from './pair';

const source = openAssembly(beforeFolder());
const { world } = unproven();

/** What is listed of a change of one template by hand. */
function listed(stack: string, change: (resources: Record<string, Loose>) => void): string[] {
  const after = changed(source, stack, change);
  return changesNotJudged({ source, world }, { source: after, world }).map((each) => {
    const { sentence, widens } = tellUnjudged(each);
    expect(widens).toBe(false);
    return plainText(sentence);
  });
}

const DWP = 'Organisation-dwp';
const broker = (resources: Record<string, Loose>) =>
  find(resources, 'AWS::Lambda::Function', 'concordat-grant-broker')[1];

test('the code, the settings and the schedule of a function', () => {
  const [code, ...more] = listed(DWP, (resources) => {
    broker(resources).Properties.Code = { S3Bucket: 'elsewhere', S3Key: 'x' };
    broker(resources).Properties.ReservedConcurrentExecutions = 0;
  });
  expect(code).toMatch(
    /^AWS::Lambda::Function changed, in Code and ReservedConcurrentExecutions: Organisation-dwp\/KeyGrants/,
  );
  expect(more).toEqual([]);
});

test('what a resource has beside its properties', () => {
  expect(
    listed(DWP, (resources) => {
      Object.assign(broker(resources), { Condition: 'Never' });
    }),
  ).toEqual([expect.stringMatching(/^AWS::Lambda::Function changed, in Condition: /)]);
});

test('a resource that comes or goes', () => {
  expect(
    listed(DWP, (resources) => {
      resources.Door = {
        Type: 'AWS::Lambda::Permission',
        Properties: { Principal: 'apigateway.amazonaws.com' },
      };
      delete resources[find(resources, 'AWS::GuardDuty::MalwareProtectionPlan')[0]];
    }),
  ).toEqual([
    expect.stringMatching(/^AWS::GuardDuty::MalwareProtectionPlan gone: /),
    'AWS::Lambda::Permission new: Organisation-dwp/Door',
  ]);
});

test('where data, names or notices of a bucket go', () => {
  expect(
    listed(DWP, (resources) => {
      const { Properties } = find(resources, 'AWS::S3::Bucket')[1];
      Properties.InventoryConfigurations = [];
      Properties.NotificationConfiguration = {};
    }),
  ).toEqual([
    expect.stringMatching(/^AWS::S3::Bucket changed, in .*NotificationConfiguration.*: Organisation-dwp\//),
  ]);
});

test('not what the plan judges, and not words', () => {
  expect(
    listed(DWP, (resources) => {
      const [, role] = find(resources, 'AWS::IAM::Role', 'DepositRole');
      role.Properties.Policies = [];
      role.Properties.Description = 'Another.';
      Object.assign(broker(resources), { Metadata: { any: 'thing' } });
      broker(resources).Properties.Description = 'Another.';
    }),
  ).toEqual([]);
});
