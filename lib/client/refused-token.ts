/** Why STS does not give a role for a token. */
import type { SharedRefusal } from '../delivery';
import type { ProfileSignIn } from '../wire';
import { hasCode } from './failures';
import type { IdToken } from './oidc/tokens';
import { MOST_SECONDS_OFF, type ServerClock } from './server-clock';

/**
 * What STS refuses, by its code: it says that a trust policy did not allow it, and never why. Nothing where it is no refusal.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 */
export function refusalOfToken(
  error: unknown,
  role: string,
  { subject, methods, ends }: IdToken,
  {
    signIn: { issuer, audience },
    clock: { secondsOff: seconds = 0 },
    now,
  }: { readonly signIn: ProfileSignIn; readonly clock: ServerClock; readonly now: () => number },
): SharedRefusal | undefined {
  const account = role.split(':')[4] ?? '';
  const has = (code: string) => hasCode(error, code) || hasCode(error, `${code}Exception`);
  if (has('AccessDenied')) return { refused: 'not-let-in', role, issuer, subject, methods };
  if (has('IDPCommunicationError')) return { refused: 'provider-unseen', issuer };
  for (const code of ['InvalidIdentityToken', 'IDPRejectedClaim'])
    if (has(code)) return { refused: 'token-refused', issuer, audience, account, code };
  if (!has('ExpiredToken')) return undefined;
  // By this computer’s clock it lives.
  if (Math.abs(seconds) > MOST_SECONDS_OFF) return { refused: 'clock-off', seconds };
  return { refused: 'session-over', issuer, subject, ends: Math.min(ends, now()) };
}
