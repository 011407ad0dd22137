/** That an account which is moved between units is left with what AWS documents, in the model that the rehearsal plays. */
import { ModelledAccount, type ModelledSet } from '../../lib/rehearsal/stack-sets';

const resources = { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'deployer' } } };
const set = (name: string, units: readonly string[], retains: boolean): ModelledSet => ({
  name,
  units,
  retains,
  resources,
});
const moved = (...sets: readonly ModelledSet[]) => {
  const account = new ModelledAccount(sets);
  expect(account.moveTo('canary').size).toBe(0);
  return { refused: [...account.moveTo('members')], instances: [...account.instances] };
};

it('keeps its stack where one StackSet has both units', () => {
  expect(moved(set('one', ['canary', 'members'], true))).toEqual({ refused: [], instances: ['one'] });
});

it('is left without updates by two StackSets with the same names, where what the first made stays', () => {
  expect(moved(set('canary', ['canary'], true), set('members', ['members'], true))).toEqual({
    refused: [['members', ['AWS::IAM::Role deployer']]],
    instances: [],
  });
});

it('gets the second StackSet’s stack where what the first made goes', () => {
  expect(moved(set('canary', ['canary'], false), set('members', ['members'], true))).toEqual({
    refused: [],
    instances: ['members'],
  });
});
