/**
 * That words which are made once for many statements are those of each of them, under the names that its own zone gives accounts.
 *
 * @jest-environment node
 */

import { conditionOf } from '../../lib/custody/conditions';
import { callerOf } from '../../lib/custody/who';
import { conditionWords } from '../../lib/custody/words/condition-words';
import { whoWords } from '../../lib/custody/words/who-words';
import { compile } from '../../lib/iam';
import { markedText } from '../../lib/words';

const ACCOUNT = '012345678901';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/reader`;
const NAMES = [new Map([[ACCOUNT, 'leeds']]), new Map([[ACCOUNT, 'dwp']]), new Map<string, string>()];

/** The one condition of a statement that is read by itself. */
function condition(operator: string, key: string, value: string) {
  const policy = compile(
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { [operator]: { [key]: value } },
      },
    },
    { kind: 'identity', name: 'policy' },
  );
  const [test] = policy.statements[0]?.conditions ?? [];
  if (test === undefined) throw new Error('there is no condition');
  return conditionOf(test);
}

it.each([0, 1])('names an account as each zone does, in turn %i', () => {
  const said = NAMES.map((accounts) => [
    markedText(whoWords(callerOf(ROLE), accounts)),
    markedText(conditionWords(condition('ArnEquals', 'aws:PrincipalArn', ROLE), accounts)),
  ]);
  expect(said).toEqual(
    ['account 012345678901 (leeds)', 'account 012345678901 (dwp)', 'account 012345678901'].map((account) => [
      `the role \`team/reader\` of ${account}`,
      `the caller is the role \`team/reader\` of ${account}`,
    ]),
  );
});

it('leaves out the account of a caller at home, and of no other', () => {
  const [accounts = new Map()] = NAMES;
  expect(
    [ACCOUNT, '210987654321', undefined].map((home) => markedText(whoWords(callerOf(ROLE), accounts, home))),
  ).toEqual([
    'the role `team/reader`',
    'the role `team/reader` of account 012345678901 (leeds)',
    'the role `team/reader` of account 012345678901 (leeds)',
  ]);
});

it('tells conditions apart that differ in operator, key or value alone', () => {
  const [accounts = new Map()] = NAMES;
  const said = [
    condition('ArnEquals', 'aws:PrincipalArn', ROLE),
    condition('ArnNotEquals', 'aws:PrincipalArn', ROLE),
    condition('ArnEquals', 'kms:GranteePrincipal', ROLE),
    condition('ArnEquals', 'aws:PrincipalArn', `${ROLE}s`),
    condition('ArnEqualsIfExists', 'aws:PrincipalArn', ROLE),
  ].map((each) => markedText(conditionWords(each, accounts)));
  expect(new Set(said).size).toBe(said.length);
});
