/**
 * How AWS names an OpenID Connect provider, what its tokens say, and the tag that a token gives a session.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 */
import type { AccountId } from './named';
import type { Account } from './placeholders';

/**
 * The session tag by which an organisation’s provider says which app role somebody has, within the claim
 * `https://aws.amazon.com/tags`.
 */
export const APP_ROLE_TAG = 'concordat-role';

/** The claims of a token that the trust of a role asks about. */
export type AskedClaim = 'aud' | 'sub' | 'amr';

/** An issuer as AWS names it: without `https://`, to the letter otherwise, with the slash at the end if it has one. */
function nameOfIssuer(issuer: string): string {
  return issuer.replace(/^https:\/\//, '');
}

/** The ARN of the provider in an account. */
export function providerArn(account: AccountId | Account, issuer: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${nameOfIssuer(issuer)}`;
}

/** The condition key of a claim: `login.example.gov.uk:aud`. */
export function claimKey<Claim extends AskedClaim>(issuer: string, claim: Claim): `${string}:${Claim}` {
  return `${nameOfIssuer(issuer)}:${claim}`;
}
