/** Signing in, as text: what came of it, or what was in the way and what to do. */
import type { DeliveryRole, SharedRefusal } from '../../delivery';
import { andList, momentWords, systemWords, visible } from '../../words';
import { type Ending, endingOf } from '../exit';
import type { SignInRefusal } from '../oidc/refusals';
import type { SignedIn } from '../person';
import { networkMend } from './network';
import { type RefusalText, sharedText } from './refusals';

/** Who is signed in, until when, and for what. */
export function signedInText({ subject, account, ends, roles }: SignedIn): string {
  return `Signed in as ${visible(subject)} until ${momentWords(ends)}. In the account ${account} you may ${andList(roles.map((role) => MAY[role]))}.`;
}

const MAY: Readonly<Record<DeliveryRole, string>> = {
  deposit: 'deposit',
  collect: 'collect',
  receipts: 'read receipts',
};

/** A refusal of signing in or out, or one that any command may have. */
export function signInText(refusal: SignInRefusal | SharedRefusal): RefusalText {
  switch (refusal.refused) {
    case 'no-sign-in':
      return {
        happened:
          'By the profile your organisation’s people do not sign in with an identity provider of its own.',
        mend: 'Sign in as for the AWS command line, such as aws sso login --profile NAME, and put AWS_PROFILE=NAME before each command. If your organisation has set up its provider since, ask the operator for the profile of today.',
      };
    case 'provider-unreachable':
      return {
        happened: `Your identity provider, ${visible(refusal.issuer)}, does not answer (${visible(systemWords(refusal.code, 'reach'))}).`,
        mend: networkMend(refusal.code, 'run the same command again'),
      };
    case 'provider-busy':
      return {
        happened: `Your identity provider, ${visible(refusal.issuer)}, is there and does not serve now (${visible(refusal.code)}).`,
        mend: 'Run the same command again in some minutes. If it happens again, tell your organisation’s IT.',
      };
    case 'provider-faulty':
      return {
        happened: `What ${visible(refusal.issuer)} answers is not what OpenID Connect asks of a provider (${visible(refusal.code)}).`,
        mend: 'Tell your organisation’s IT this message. If the address is not that of its provider any more, ask the operator for the profile of today.',
      };
    case 'provider-refused':
      return {
        happened: `Your identity provider, ${visible(refusal.issuer)}, does not serve Concordat (${visible(refusal.error)}).`,
        mend: `Tell your organisation’s IT this message: ${ASKS}.`,
      };
    case 'other-issuer':
      return {
        happened: `What answers at ${visible(refusal.issuer)} says that it is another provider.`,
        mend: 'Tell your organisation’s IT this message; the profile must have the address as the provider itself says it (issuer).',
      };
    case 'other-audience':
      return {
        happened: `${visible(refusal.issuer)} gave a token for ${visible(refusal.found)}; your organisation’s roles ask for one for ${visible(refusal.wanted)}.`,
        mend: 'Tell your organisation’s IT and the operator this message: client and audience in your organisation’s file must be those of the provider.',
      };
    case 'token-times':
      return {
        happened: `The token that ${visible(refusal.issuer)} gave is over, or does not begin yet.`,
        mend: 'Look at the clock of this computer, and run the same command again. If it happens again, tell your organisation’s IT: the provider’s clock may be wrong.',
      };
    case 'consent-denied':
      return {
        happened: `The sign-in was turned down, by you or by a rule of ${visible(refusal.issuer)}. Nobody was signed in.`,
        mend: 'Run the same command again, and agree to it in the browser. If you had no choice there, ask your organisation’s IT.',
      };
    case 'other-answer':
      return {
        happened: 'The browser came back with an answer to another sign-in. Nobody was signed in.',
        mend: 'Close its windows of earlier sign-ins, and run the same command again.',
      };
    case 'not-finished':
      return {
        happened: `Nobody came to the end of the sign-in in time. Nobody was signed in.`,
        mend:
          refusal.flow === 'browser'
            ? 'Run the same command again. Where this computer has no browser, add --device.'
            : 'Run the same command again, and type the new code.',
      };
    case 'no-port':
      return {
        happened:
          refusal.code === 'EADDRINUSE'
            ? `Another program listens on port ${refusal.port} of this computer: the browser could not come back to it.`
            : `Nothing can listen on port ${refusal.port} of this computer (${systemWords(refusal.code, 'listen')}): the browser could not come back to it.`,
        mend: 'If another sign-in waits in another window, end it there. Else leave --port out, or name one that is free and that your provider knows.',
      };
    case 'no-device-flow':
      return {
        happened: `${visible(refusal.issuer)} has no sign-in by a code on another device.`,
        mend: 'Leave --device out, on a computer with a browser.',
      };
    case 'stopped':
      return {
        happened: 'Stopped. Nobody was signed in.',
        mend: 'Run the same command again when you like.',
      };
    default:
      return sharedText(refusal);
  }
}

/** What the provider must be told of the client. */
const ASKS =
  'the client must be a public one with authorisation code and PKCE, http://127.0.0.1/signed-in on any port as its redirect address, and the device code for --device';

/** How signing in ends by a refusal. */
export function signInEnding(refusal: SignInRefusal | SharedRefusal): Ending {
  switch (refusal.refused) {
    case 'no-sign-in':
    case 'provider-faulty':
    case 'provider-refused':
    case 'other-issuer':
    case 'other-audience':
    case 'no-device-flow':
      return 'refused';
    case 'provider-unreachable':
    case 'provider-busy':
    case 'token-times':
    case 'consent-denied':
    case 'other-answer':
    case 'not-finished':
    case 'no-port':
      return 'unfinished';
    default:
      return endingOf(refusal);
  }
}
