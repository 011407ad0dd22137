/**
 * A role of the organisation by a sign-in with its own identity provider: STS judges the token by the role’s trust policy, and
 * gives credentials that end. They stay in memory.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DeliveryRefused } from '../delivery';
import type { ProfileSignIn } from '../wire';
import { failureOf } from './failures';
import type { IdToken } from './oidc/tokens';
import { proxiedClient } from './proxy';
import { refusalOfToken } from './refused-token';
import type { ServerClock } from './server-clock';
import type { SessionFile } from './session-file';
import { hearsClock, type RoleCredentials, type RoleProvider, SESSION } from './sign-in';

/** What a role is taken on with. */
interface WebIdentitySetting {
  readonly signIn: ProfileSignIn;
  readonly region: string;
  readonly clock: ServerClock;
  readonly now: () => number;
}

/**
 * Takes on a role at once, and again whenever the SDK asks because its credentials are about to end: with the sign-in that is kept
 * then, so that signing in again beside a run that is under way lets it go on.
 * @param role its ARN
 * @throws DeliveryRefused `not-signed-in`, `session-over`, `not-let-in`, `token-refused`, `provider-unseen`, `clock-off`; StoreFailure
 */
export async function roleBySession(
  role: string,
  file: SessionFile,
  setting: WebIdentitySetting,
): Promise<RoleProvider> {
  let isFirst = true;
  let last = await byKept(role, file, setting);
  return async () => {
    // Asked for at once, so that a refusal comes before anything else is done; the SDK takes the first from here.
    if (isFirst) {
      isFirst = false;
      return last;
    }
    try {
      last = await byKept(role, file, setting);
    } catch (error) {
      // The SDK asks some minutes before they end; until then they are good, though the sign-in is over or was ended.
      if (last.expiration.getTime() <= setting.now()) throw error;
    }
    return last;
  };
}

/** By the sign-in that is kept, while it lives. @throws as `roleBySession` */
async function byKept(
  role: string,
  file: SessionFile,
  setting: WebIdentitySetting,
): Promise<RoleCredentials> {
  const { issuer } = setting.signIn;
  const kept = file.read();
  if (kept === undefined) throw new DeliveryRefused({ refused: 'not-signed-in', issuer });
  const { token, ...session } = kept;
  if (token === undefined) {
    const { subject, ends } = session;
    throw new DeliveryRefused({ refused: 'session-over', issuer, subject, ends });
  }
  try {
    return await takeOn(role, { token, ...session }, setting.signIn.maxSession, setting);
  } catch (error) {
    if (isOver(error)) file.end(kept);
    throw error;
  }
}

function isOver(error: unknown): boolean {
  return error instanceof DeliveryRefused && error.refusal.refused === 'session-over';
}

/** Takes on a role once. @param seconds how long it is to last. @throws as `roleBySession` */
export async function takeOn(
  role: string,
  session: IdToken,
  seconds: number,
  setting: WebIdentitySetting,
): Promise<RoleCredentials> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { region, clock, now } = setting;
  const sts = new STSClient({ region, maxAttempts: 4, ...proxiedClient() });
  hearsClock(sts, clock, now);
  try {
    const { Credentials: given } = await sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: role,
        RoleSessionName: SESSION,
        WebIdentityToken: session.token,
        DurationSeconds: seconds,
      }),
    );
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
      expiration: given?.Expiration ?? new Date(now()),
    };
  } catch (error) {
    const refusal = refusalOfToken(error, role, session, setting);
    throw refusal === undefined ? failureOf(error, 'sts') : new DeliveryRefused(refusal, { cause: error });
  } finally {
    sts.destroy();
  }
}
