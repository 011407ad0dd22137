/** Roles that no template makes yet, and that policies wait for. */
import { all, changed, type Document, findings } from './world';

const CARDIFF = '100000000024';
const DEPOSIT = 'DepositRoleEncryptsIntoOwnBucket';

test('a key that no longer waits for the deposit role is found before there is one', () => {
  const found = findings(
    changed('Organisation-cardiff', (resources) => {
      const statements = all(resources, 'AWS::KMS::Key').flatMap(
        ({ Properties }) => (Properties.KeyPolicy as Document).Statement,
      );
      const condition = statements.find(({ Sid }) => Sid === DEPOSIT)?.Condition?.ArnEquals;
      if (condition === undefined) throw new Error(`there is no ${DEPOSIT} with a condition`);
      condition['aws:PrincipalArn'] = 'arn:aws:iam::100000000022:role/concordat/concordat-deposit';
    }),
    CARDIFF,
  );
  expect(found.join('\n')).toMatch(/^missing: cardiff .*concordat-deposit.* cannot (?:encrypt|decrypt)/m);
});
