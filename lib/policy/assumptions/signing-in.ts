/** Assumptions on people who sign in by their organisation’s own OpenID Connect provider. */
import { type Assumption, GUIDES } from './assumption';

/** The day on which they were held against AWS’s pages. */
const REVIEWED = '2026-11-29';
/** No page says that a token of any provider is known by these keys; pages show them for some. */
const CLAIMS = `${GUIDES.iam}/reference_policies_iam-condition-keys.html`;
const NO_PROVIDER =
  'it takes an OpenID Connect provider that AWS reaches on the internet, and somebody who signs in there; a probe has neither';

export const SIGNING_IN: readonly Assumption[] = [
  {
    id: 'token-claims-are-keys',
    assumes:
      'Of a token of any OpenID Connect provider, the trust of a role can ask for the subject and for each value of `amr`, by keys that begin with the provider’s name.',
    source: { says: 'open', page: CLAIMS },
    rests: 'Who signs in by subject, and that more than one factor is held.',
    ifFalse: {
      how: 'closed',
      what: 'nobody signs in: a condition on a key that is not there does not hold',
    },
    mend: 'Where `amr` alone is not known, give `withoutMultiFactor` in the organisation’s file, and have the provider refuse sign-in by one factor. Where subjects are not, give `appRoles`.',
    test: {
      by: 'hand',
      steps:
        'In a sandbox account, make a provider and the three roles from a template with `signIn`. Sign in as a subject that is named, by two factors and by one, and as one that is not: the first is let in, and only that.',
      because: NO_PROVIDER,
    },
    checked: REVIEWED,
  },
  {
    id: 'token-is-for-its-azp',
    assumes:
      'Of a token with `azp`, AWS takes that for the audience, for the provider and in the trust of a role; of one without, `aud`.',
    source: { says: 'open', page: CLAIMS },
    rests: 'That `audience` in an organisation’s file is what the trust asks for.',
    ifFalse: { how: 'closed', what: 'a token is refused whose audience is another than the register says' },
    mend: 'Give as `audience` what the refused token has in the other of the two.',
    test: {
      by: 'hand',
      steps:
        'Have the provider give a token whose `azp` and `aud` differ, and sign in with it at a role that asks for `azp`, and at one that asks for `aud`.',
      because: NO_PROVIDER,
    },
    checked: REVIEWED,
  },
  {
    id: 'sign-in-knows-whose-role-it-is',
    assumes:
      'Where somebody takes on a role with a token, a resource control policy knows the role’s account by `aws:ResourceAccount`.',
    source: {
      says: 'so',
      page: `${GUIDES.iam}/reference_policies_condition-keys.html`,
    },
    rests: 'That the guardrails let people sign in where the register says so, and nowhere else.',
    ifFalse: { how: 'closed', what: 'nobody signs in where the guardrails are attached' },
    mend: 'Name the roles of these accounts by their ARNs in lib/policy/guardrails/perimeter.ts.',
    test: {
      by: 'hand',
      steps:
        'At the stage `canary`, with a member of the canary unit that has `signIn`, sign in; then take its account out of the condition of `DenySignInWhereTheRegisterHasNone`, and see that it is refused.',
      because: NO_PROVIDER,
    },
    checked: REVIEWED,
  },
  {
    id: 'tags-come-with-claims',
    assumes:
      'Where a token asks for session tags (`sts:TagSession`), the trust of the role knows the token’s claims, as where it takes the role on.',
    source: { says: 'open', page: `${GUIDES.iam}/id_session-tags.html` },
    rests: 'That holders of an app role sign in.',
    ifFalse: { how: 'closed', what: 'holders of app roles are refused; named subjects still sign in' },
    mend: 'Give `subjects` in place of `appRoles`, and compare the record of the refused call in CloudTrail with lib/policy/sign-in-policies.ts.',
    test: {
      by: 'hand',
      steps:
        'Sign in as the holder of an app role that the register names, and as the holder of another: the first is let in, and only that.',
      because: NO_PROVIDER,
    },
    checked: REVIEWED,
  },
];
