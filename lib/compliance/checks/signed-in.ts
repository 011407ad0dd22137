/** Whether a statement of a role’s trust lets in those whom the register has sign in, and nobody else. */
import { APP_ROLE_TAG } from '../../names';
import { type Organisation, signedInFor, signInOf } from '../../register';
import { type CheckedStatement, hasExactly, sameSet, type Wanted } from '../statements';

/** One statement that the register asks for. */
interface WantedSignIn {
  readonly actions: readonly string[];
  readonly conditions: readonly Wanted[];
}

/** What each role to which people sign in is called. */
const PURPOSES = {
  'concordat-deposit': 'deposit',
  'concordat-collect': 'collect',
  'concordat-receipts': 'receipts',
} as const;

/** The provider’s ARN in the account of an organisation; undefined where nobody signs in. */
function providerOf(organisation: Organisation): string | undefined {
  const issuer = signInOf(organisation)?.issuer.replace('https://', '');
  return issuer && `arn:aws:iam::${organisation.account}:oidc-provider/${issuer}`;
}

/** The statements that the register asks for of a role, by its name; none where nobody signs in to it. */
export function signInsWanted(organisation: Organisation | undefined, role: string): readonly WantedSignIn[] {
  const purpose = Object.entries(PURPOSES).find(([name]) => name === role)?.[1];
  const signIn = organisation && signInOf(organisation);
  if (purpose === undefined || signIn === undefined) return [];
  const { issuer, client, audience = client, multiFactor } = signIn;
  const key = (claim: string) => `${issuer.replace('https://', '')}:${claim}`;
  const who = signedInFor(signIn, purpose);
  const [subjects, appRoles] = (['subjects', 'appRoles'] as const).map((kind) =>
    who.flatMap((each) => each[kind] ?? []),
  );
  const wanted = (actions: readonly string[], name: string, values: readonly string[] = []) =>
    values.length === 0
      ? []
      : [
          {
            actions,
            conditions: [
              ['StringEquals', key('aud'), [audience]],
              ['StringEquals', name, values],
              ...(multiFactor === undefined
                ? []
                : [['ForAnyValue:StringEquals', key('amr'), [multiFactor]] as const]),
            ] satisfies Wanted[],
          },
        ];
  return [
    ...wanted(['sts:assumerolewithwebidentity'], key('sub'), subjects),
    ...wanted(
      ['sts:assumerolewithwebidentity', 'sts:tagsession'],
      `aws:RequestTag/${APP_ROLE_TAG}`,
      appRoles,
    ),
  ];
}

/** Whether a statement is one of those: of the one provider, these actions, and exactly these conditions. */
export function isSignIn(
  statement: CheckedStatement,
  organisation: Organisation | undefined,
  wanted: readonly WantedSignIn[],
): boolean {
  const { principals, actions, inverted } = statement;
  const provider = organisation && providerOf(organisation);
  return (
    !inverted &&
    !principals.anybody &&
    principals.aws.length + principals.services.length === 0 &&
    principals.others.length === 1 &&
    principals.others[0] === provider &&
    wanted.some((each) => sameSet(each.actions, actions) && hasExactly(statement, each.conditions))
  );
}
