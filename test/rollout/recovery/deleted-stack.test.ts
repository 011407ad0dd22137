/** A drill: a stack was deleted, and is made again with the bucket and the keys that outlived it. */
import { type AssemblyStack, templateIn } from '../../../lib/assembly';
import { secondsToChange } from '../../../lib/rollout/forecast';
import { outlivingOf, takingIn } from '../../../lib/rollout/recovery/taking-in';
import { drilled } from '../../drilled';
import { synthesised } from '../../stacks/sample-assembly';
import { AccountOfStacks, Refused } from './account-of-stacks';

const { assembly } = synthesised();
const ours = assembly.stacks.filter(({ name }) => name === 'Zone' || name.startsWith('Organisation-'));

/** What there was of a stack that is kept, by logical id, and an account from which it was deleted. */
function deleted(stack: AssemblyStack) {
  const account = new AccountOfStacks();
  const template = templateIn(assembly, stack.file);
  account.deploy(stack.name, template);
  const before = new Map(account.stacks.get(stack.name)?.made);
  account.delete(stack.name, template);
  const { kept, keys } = outlivingOf(stack);
  const ids = new Map(keys.map(({ logicalId, purpose }) => [purpose, before.get(logicalId) ?? '']));
  return { account, template, before, kept, ids };
}

it('an organisation’s stack is deleted: what it kept is taken in, and all else is there again', () => {
  const stack = ours.find(({ name }) => name === 'Organisation-dwp') as AssemblyStack;
  const { account, template, before, kept, ids } = deleted(stack);
  expect([...account.there.keys()].sort()).toEqual(kept.map(({ logicalId }) => before.get(logicalId)).sort());

  // Made anew it fails at the first name that is taken, and leaves nothing half.
  const left = [...account.there];
  expect(() => account.deploy(stack.name, template)).toThrow(
    /^ExchangeBucket\w+: AWS::S3::Bucket .* already/,
  );
  expect([...account.there]).toEqual(left);
  expect(() => account.take(stack.name, takingIn(stack, ids))).toThrow(Refused);
  account.delete(stack.name, template);

  account.take(stack.name, takingIn(stack, ids));
  account.deploy(stack.name, template);
  const after = account.stacks.get(stack.name)?.made ?? new Map();
  expect([...after.keys()].sort()).toEqual(Object.keys(template.Resources ?? {}).sort());
  for (const { logicalId } of kept)
    expect([logicalId, after.get(logicalId)]).toEqual([logicalId, before.get(logicalId)]);

  // A change set each, the import as long as an update, and a deployment as long as a new stack’s.
  const changeSet = 25;
  const at = { watch: 0 } as const;
  const seconds = [
    changeSet + secondsToChange({ change: 'changed' }, { ...at, atOnce: 1, pause: 0 }),
    changeSet + secondsToChange({ change: 'new' }, { ...at, atOnce: 1, pause: 0 }),
  ];
  drilled({
    lost: 'an organisation’s stack',
    seconds: seconds.reduce((sum, each) => sum + each, 0),
    by: 'simulated',
    forGood: 'nothing that was deposited',
  });
});

it('every stack that keeps something comes back with it, and with no key made anew', () => {
  for (const stack of ours) {
    const { account, template, before, kept, ids } = deleted(stack);
    account.take(stack.name, takingIn(stack, ids));
    account.deploy(stack.name, template);
    const after = account.stacks.get(stack.name)?.made;
    for (const { logicalId } of kept)
      expect([stack.name, after?.get(logicalId)]).toEqual([stack.name, before.get(logicalId)]);
    expect(account.there.size).toBe(after?.size);
  }
});

it('takes nothing in with a key that is not there, or without one', () => {
  const stack = ours.find(({ name }) => name === 'Organisation-dwp') as AssemblyStack;
  const { account, ids } = deleted(stack);
  expect(() => takingIn(stack, new Map())).toThrow(/^nobody gave the id of EncryptionKey/);
  const wrong = new Map(ids).set('shared-data', '00000000-0000-4000-8000-999999999999');
  expect(() => account.take(stack.name, takingIn(stack, wrong))).toThrow(/there is no AWS::KMS::Key/);
});

it('takes nothing in that refers to what is gone, or that has no name of its own', () => {
  const stack = (resources: AssemblyStack['resources']): AssemblyStack => ({
    ...{ name: 'S', account: '100000000011', region: 'eu-west-2', file: 'S.json', bytes: 0 },
    resources,
  });
  const DeletionPolicy = 'Retain';
  const bucket = (Properties: Record<string, unknown>) => ({
    Type: 'AWS::S3::Bucket',
    DeletionPolicy,
    Properties,
  });
  const gone = { Type: 'AWS::IAM::Role' };
  for (const reference of [
    { 'Fn::GetAtt': ['Role', 'Arn'] },
    { 'Fn::Sub': `of \${Role.Arn}` },
    { Ref: 'Role' },
  ])
    expect(() =>
      takingIn(stack({ Kept: bucket({ BucketName: 'b', X: reference }), Role: gone }), new Map()),
    ).toThrow('Kept refers to Role, which went with S');
  expect(() => outlivingOf(stack({ Kept: bucket({}) }))).toThrow('Kept of S is kept, and has no name');
  expect(() => outlivingOf(stack({ Kept: { Type: 'AWS::RDS::DBInstance', DeletionPolicy } }))).toThrow(
    'Kept of S is kept, and nobody has said by what AWS::RDS::DBInstance is known',
  );
});
