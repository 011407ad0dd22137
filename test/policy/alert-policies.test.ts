/** That no one in an account can blind its alarms by ending the key that they are published and logged with. */
import { alertKeyPolicy } from '../../lib/policy/alert-policies';
import { accountId } from '../../lib/register/schema/scalars';
import { decide, type Policy } from './decision';
import { registerOf } from './sample-register';

const { zone } = registerOf();
const account = accountId.parse('123456789012');
const policy = alertKeyPolicy(zone, account, ['concordat-grant-broker']) as Policy;
const asks = (name: string, action: string) =>
  decide(policy, {
    action,
    resource: '*',
    account,
    context: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/${name}` },
  });

const DEPLOYMENT = `cdk-concordat-cfn-exec-role-${account}-eu-west-2`;

it.each(['kms:DisableKey', 'kms:ScheduleKeyDeletion', 'kms:DeleteImportedKeyMaterial', 'kms:CreateGrant'])(
  'its account may not %s',
  (action) => {
    for (const name of ['administrator', 'concordat/concordat-grant-broker', `x-${DEPLOYMENT}`])
      expect(asks(name, action)).toBe('none');
  },
);

it('is taken back by a deployment whose stack fails, and put right again by its account', () => {
  expect(asks(DEPLOYMENT, 'kms:ScheduleKeyDeletion')).toBe('allow');
  expect(asks(DEPLOYMENT, 'kms:DisableKey')).toBe('none');
  for (const action of ['kms:EnableKey', 'kms:CancelKeyDeletion', 'kms:PutKeyPolicy'])
    expect(asks('administrator', action)).toBe('allow');
});
