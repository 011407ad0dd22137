/** That a statement on people who sign in says who decides who gets in, and is pointed out where it does not hold them. */
import type { AssemblyStack } from '../../lib/assembly';
import { permissionsOf } from '../../lib/custody/permissions';
import { trustWords } from '../../lib/custody/words/permission-words';
import { trustedByOwn } from '../../lib/policy';
import type { SignIn } from '../../lib/register';
import { accountId } from '../../lib/register/schema/scalars';
import { plainText } from '../../lib/words';

const ACCOUNT = accountId.parse('100000000022');
const SIGN_IN: SignIn = {
  issuer: 'https://login.leeds.example',
  client: 'concordat-people',
  mayDeposit: { subjects: ['7c9e6679-benefits'] },
  mayCollect: { appRoles: ['collector'] },
  multiFactor: 'mfa',
};
const stack = { name: 'Organisation-leeds', account: ACCOUNT, region: 'eu-west-2', resources: {} };
const told = (document: unknown) =>
  permissionsOf(document, { kind: 'trust', stack: stack as unknown as AssemblyStack, account: ACCOUNT });
const words = (document: unknown) => told(document).map((each) => plainText(trustWords(each, new Map())));

test('the provider vouches, and the register says for which program and for whom', () => {
  expect(words(trustedByOwn('receipts', ACCOUNT, [], SIGN_IN))).toEqual([
    'Whoever the identity provider arn:aws:iam::100000000022:oidc-provider/login.leeds.example vouches for, by sts:AssumeRoleWithWebIdentity, only if all of this holds: the program that the provider’s token is for is concordat-people; the subject that the provider’s token names is 7c9e6679-benefits; for at least one of the values, how the provider’s token says that somebody proved who he is is mfa. [SignedInSubjectsTakeOnTheRole]',
    'Whoever the identity provider arn:aws:iam::100000000022:oidc-provider/login.leeds.example vouches for, by sts:AssumeRoleWithWebIdentity, sts:TagSession, only if all of this holds: the program that the provider’s token is for is concordat-people; the app role that the provider says in the session tag concordat-role is collector; for at least one of the values, how the provider’s token says that somebody proved who he is is mfa. [HoldersOfAppRolesTakeOnTheRole]',
  ]);
});

test('nothing is pointed out of a statement that names subjects or app roles', () => {
  for (const { attention } of told(trustedByOwn('receipts', ACCOUNT, [], SIGN_IN)))
    expect(attention).toEqual([]);
});

test.each([
  ['its audience', 'login.leeds.example:aud'],
  ['whom it names', 'login.leeds.example:sub'],
])('a statement without %s is pointed out', (_what, key) => {
  const { Statement } = structuredClone(trustedByOwn('deposit', ACCOUNT, [], SIGN_IN)) as unknown as {
    Statement: [{ Condition: { StringEquals: Record<string, unknown> } }];
  };
  delete Statement[0].Condition.StringEquals[key];
  const [{ attention } = { attention: [] }] = told({ Version: '2012-10-17', Statement });
  expect(attention).toContainEqual(expect.objectContaining({ kind: 'whoever' }));
});
