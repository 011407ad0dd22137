/** Why signing in did not come about: facts. `words/sign-in.ts` says what happened and what to do. */
import { DeliveryRefused, type SharedRefusal } from '../../delivery';

/** What can be in the way of signing in, beside what any command may meet. `issuer` is that of the profile. */
export type SignInRefusal =
  /** The profile names no provider. */
  | { readonly refused: 'no-sign-in' }
  /** Nothing answers there; `code` is Node’s. */
  | { readonly refused: 'provider-unreachable'; readonly issuer: string; readonly code: string }
  /** It is there and does not serve now. */
  | { readonly refused: 'provider-busy'; readonly issuer: string; readonly code: string }
  /** It answers what OpenID Connect does not allow; `code` says what was looked at. */
  | { readonly refused: 'provider-faulty'; readonly issuer: string; readonly code: string }
  /** It does not serve this client; `error` is its own code, by RFC 6749. */
  | { readonly refused: 'provider-refused'; readonly issuer: string; readonly error: string }
  /** What answers there names another issuer. */
  | { readonly refused: 'other-issuer'; readonly issuer: string }
  /** The token is for somebody else than the roles ask for. */
  | {
      readonly refused: 'other-audience';
      readonly issuer: string;
      readonly wanted: string;
      readonly found: string;
    }
  /** The token is over, or does not begin yet. */
  | { readonly refused: 'token-times'; readonly issuer: string }
  /** The person, or the provider’s rules, said no. */
  | { readonly refused: 'consent-denied'; readonly issuer: string }
  /** What came back to this computer is not of this sign-in. */
  | { readonly refused: 'other-answer' }
  /** Nobody came to the end of it in the browser in time. */
  | { readonly refused: 'not-finished'; readonly flow: 'browser' | 'device' }
  /** Something else listens on the port that was named; `code` is Node’s where it cannot be listened on for another reason. */
  | { readonly refused: 'no-port'; readonly port: number; readonly code: string }
  | { readonly refused: 'no-device-flow'; readonly issuer: string };

/** A refusal as it is thrown. */
export function refusal(
  why: SignInRefusal | SharedRefusal,
  cause?: unknown,
): DeliveryRefused<SignInRefusal | SharedRefusal> {
  return new DeliveryRefused(why, cause === undefined ? undefined : { cause });
}

/** @throws DeliveryRefused always */
export function refuse(why: SignInRefusal | SharedRefusal): never {
  throw refusal(why);
}
