/** That an organisation is told who may look at what its account runs, as whom, and what that shows of its key. */
import { type Baseline, baselinesIn, openAssembly } from '../../lib/assembly';
import { baselineTemplate } from '../../lib/constructs/baseline/template';
import { custodyStatement } from '../../lib/custody';
import { watchersOf } from '../../lib/custody/watchers';
import { operatorSection } from '../../lib/custody/words/change-and-end';
import { executionNeeds } from '../../lib/policy/bootstrap-execution';
import { markedText } from '../../lib/words';
import { AS_OF } from '../policy/sample-register';
import { keptRegister } from '../stacks/kept-assemblies';
import { WITH_ENGINE } from '../stacks/rollout/engine-sample';
import { sampleFolder } from '../stacks/sample-assembly';

const sample = openAssembly(sampleFolder());
const statement = custodyStatement(sample);
const [first] = statement.keys;
if (first === undefined) throw new Error('the sample has keys');
const [without] = baselinesIn(sample.stacks);
if (without === undefined) throw new Error('the sample has a baseline');
const { zone } = keptRegister(WITH_ENGINE, AS_OF);
const { Resources } = baselineTemplate(zone, Object.keys(executionNeeds(zone)));
const watched = { ...without, resources: Resources as unknown as Baseline['resources'] };

/** What the page says of them, by what is changed in the baseline’s text. */
function told(from: string | RegExp = '', to = ''): string {
  const resources = JSON.parse(JSON.stringify(watched.resources).replaceAll(from, to));
  const place = {
    account: first?.account ?? '',
    region: first?.region ?? '',
    arn: `\${Key.Arn}`,
    stack: 'S',
  };
  const watchers = watchersOf(place, [{ ...watched, resources }]);
  const { items = [] } = operatorSection(
    { ...first, ...(watchers && { watchers }) } as never,
    statement.accounts,
  );
  return items
    .map((each) => (typeof each === 'object' && 'text' in each ? each : { text: each, more: [] }))
    .flatMap(({ text, more = [] }) => [text, ...more])
    .map((each) => markedText(each))
    .join(' ');
}

it('names the role, who takes it on, and that it looks at settings of the key through CloudFormation alone', () => {
  const text = told();
  expect(text).toContain(`role/cdk-concordat-status-role-${first.account}-eu-west-2`);
  expect(text).toContain('can neither decrypt, nor encrypt, nor change anything');
  expect(text).toContain(
    'Taken on by: The role `concordat/concordat-rollout-status` of account 100000000003',
  );
  expect(text).toContain('an AWS service through which the call comes is `cloudformation.amazonaws.com`');
  expect(text).toContain('[`ReadSettingsThroughCloudFormation`]');
  expect(text).not.toContain('not understood');
});

it.each(['kms:Decrypt', 'kms:PutKeyPolicy', 'kms:CreateGrant', 'kms:*'])(
  'says that it may do more than look where it has %s',
  (action) => {
    expect(told('"kms:DescribeKey"', `"${action}"`)).toContain(
      'lets it do more with the key than look at it',
    );
  },
);

it('tells whoever else is let take it on, and what cannot be read', () => {
  expect(told(/role\/concordat\/concordat-rollout-status/g, 'role/stranger')).toContain('role `stranger`');
  expect(
    told(
      '"AssumeRolePolicyDocument"',
      '"ManagedPolicyArns":["arn:aws:iam::aws:policy/X"],"AssumeRolePolicyDocument"',
    ),
  ).toContain('policies that cannot be read here');
});

it('says nothing of it where nobody watches', () => {
  expect(watchersOf({ account: first.account, region: first.region, arn: 'x' }, [without])).toBeUndefined();
  expect(first.watchers).toBeUndefined();
});
