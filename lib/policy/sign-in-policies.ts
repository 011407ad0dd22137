/**
 * Who may take on a role by signing in: those for whom the organisation’s own OpenID Connect provider vouches, by subject or by
 * app role, and only with a token that is for the organisation’s own program.
 *
 * Every value is held to the letter. Of `amr`, which holds several, one has to be the value that says more than one factor; a
 * token without it is refused, since `ForAnyValue` never holds for a key that is absent.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import { APP_ROLE_TAG, claimKey, providerArn } from '../names';
import { type AccountId, type SignIn, signedInFor } from '../register';
import { type PolicyDocument, policy, type TrustStatement } from './document';
import { trustedByDeclared } from './role-policies';

/** The roles that people and their systems take on. */
type Purpose = 'deposit' | 'collect' | 'receipts';

/**
 * The trust of a role: the roles of the account that the register declares for it, and those who sign in for it.
 * @param declared ARNs of roles, each in the account
 * @param signIn undefined where nobody signs in
 * @throws TypeError where it would let nobody in: then there must be no role
 */
export function trustedByOwn(
  purpose: Purpose,
  account: AccountId,
  declared: readonly string[],
  signIn: SignIn | undefined,
): PolicyDocument<TrustStatement> {
  const own = declared.length > 0 ? trustedByDeclared(account, declared).Statement : [];
  const statements = [...own, ...(signIn === undefined ? [] : signedIn(purpose, account, signIn))];
  if (statements.length === 0) throw new TypeError('a role that nobody may take on is not to be made');
  return policy(...statements);
}

function signedIn(purpose: Purpose, account: AccountId, signIn: SignIn): TrustStatement[] {
  const { issuer, client, audience = client, multiFactor } = signIn;
  const all = signedInFor(signIn, purpose);
  const subjects = [...new Set(all.flatMap((each) => each.subjects ?? []))];
  const appRoles = [...new Set(all.flatMap((each) => each.appRoles ?? []))];
  const vouchedFor = {
    Effect: 'Allow',
    Principal: { Federated: providerArn(account, issuer) },
  } as const;
  const ofOurs = { [claimKey(issuer, 'aud')]: audience };
  const byFactors = multiFactor !== undefined && {
    'ForAnyValue:StringEquals': { [claimKey(issuer, 'amr')]: multiFactor },
  };
  return [
    ...(subjects.length === 0
      ? []
      : [
          {
            Sid: 'SignedInSubjectsTakeOnTheRole',
            ...vouchedFor,
            Action: ['sts:AssumeRoleWithWebIdentity'],
            Condition: {
              StringEquals: { ...ofOurs, [claimKey(issuer, 'sub')]: subjects },
              ...byFactors,
            },
          } as const,
        ]),
    ...(appRoles.length === 0
      ? []
      : [
          {
            Sid: 'HoldersOfAppRolesTakeOnTheRole',
            ...vouchedFor,
            // The app role comes as a session tag, for which AWS asks this too.
            Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
            Condition: {
              StringEquals: { ...ofOurs, [`aws:RequestTag/${APP_ROLE_TAG}`]: appRoles },
              ...byFactors,
            },
          } as const,
        ]),
  ];
}
