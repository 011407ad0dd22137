/** Recipients whose accounts are not, or no longer, in the AWS organisation. */
import { all, changed, type Document, findings, type Json } from './world';

const DWP = '100000000011';
const SURREY = '100000000026';
const OUTSIDERS = 'DenyUseOutsideTheOrganisationAndItsDeclaredExternals';

function denial(resources: Record<string, Json>) {
  const keys = all(resources, 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy as Document);
  const found = keys.flatMap(({ Statement }) => Statement.filter(({ Sid }) => Sid === OUTSIDERS));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`there is no one ${OUTSIDERS}`);
  return found[0];
}

test('a member whose account has left must lose the key though its grant is still there', () => {
  const found = findings(
    changed('Organisation-dwp', (resources) => {
      const statement = denial(resources);
      statement.Action = statement.Action.filter((each) => each !== 'kms:Decrypt');
    }),
    DWP,
  );
  const left = found.filter((each) => /its account having left the AWS organisation/.test(each));
  expect(left.join('\n')).toMatch(/^extra: leeds .*left the AWS organisation, can decrypt .* what is dwp’s/m);
  expect(left.join('\n')).toMatch(/^extra: leeds .*for another, can decrypt .* what is dwp’s/m);
  expect(left.join('\n')).toMatch(/grant '[0-9a-f]{12}--leeds in .*' allows it/);
  // Nobody else is found: a member that stays may decrypt, and without a grant nobody could.
  expect(found).toHaveLength(left.length);
});

test('an external recipient reads from outside the AWS organisation by right, whichever it belongs to', () => {
  const closed = changed('Organisation-surrey', (resources) => {
    const { Condition } = denial(resources);
    if (Condition?.StringNotEquals?.['aws:PrincipalAccount'] === undefined) throw new Error('no external');
    delete Condition.StringNotEquals['aws:PrincipalAccount'];
  });
  const found = findings(closed, SURREY);
  expect(found.join('\n')).toMatch(/^missing: example-routing .*cannot decrypt .* what is surrey’s/m);
  expect(found.join('\n')).toMatch(new RegExp(`'${OUTSIDERS}' of 'Organisation-surrey/.* denies it`));
  expect(found.filter((each) => !/example-routing/.test(each))).toEqual([]);
});
