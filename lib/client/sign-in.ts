/**
 * Credentials: those that the AWS SDK finds by its standard chain, then the organisation’s role. Nothing is written anywhere.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DeliveryRefused, StoreFailure } from '../delivery';
import { failureOf } from './failures';
import { proxiedClient } from './proxy';
import type { ServerClock } from './server-clock';

/** The name of the session, as CloudTrail shows it. It says which program it was, and never who. */
export const SESSION = 'concordat-client';

/** Credentials as the SDK’s clients take them. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Gives credentials of the role, and new ones whenever the SDK asks again because they are about to expire. */
export type RoleProvider = () => Promise<RoleCredentials>;

/**
 * Signs in as a role of the organisation.
 * @param role its ARN, in the organisation’s own account
 * @returns nothing where the credentials that were found are a session of that role already
 * @throws DeliveryRefused `not-signed-in`, `other-account` or `role-denied`; StoreFailure where STS does not answer, or there
 * are no credentials
 */
export async function signIn(
  role: string,
  {
    region,
    clock,
    now,
    issuer,
  }: {
    readonly region: string;
    readonly clock: ServerClock;
    readonly now: () => number;
    /** The organisation’s own identity provider, where its people can sign in instead. */
    readonly issuer?: string | undefined;
  },
): Promise<RoleProvider | undefined> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sts = new STSClient({ region, maxAttempts: 4, ...proxiedClient() });
  hearsClock(sts, clock, now);
  const { Arn: caller = '', Account: found = '' } = await told(() =>
    sts.send(new GetCallerIdentityCommand({})),
  ).catch((error: unknown) => {
    if (issuer !== undefined && error instanceof StoreFailure && error.kind === 'no-credentials')
      throw new DeliveryRefused({ refused: 'not-signed-in', issuer }, { cause: error });
    throw error;
  });
  const account = role.split(':')[4] ?? '';
  if (isSessionOf(caller, role)) return undefined;
  if (found !== account)
    throw new DeliveryRefused({
      refused: 'other-account',
      wanted: account,
      found,
      ...(issuer !== undefined && { signsIn: true }),
    });
  const takeOn: RoleProvider = () =>
    told(
      async () => {
        const { Credentials: given } = await sts.send(
          new AssumeRoleCommand({ RoleArn: role, RoleSessionName: SESSION }),
        );
        return {
          accessKeyId: given?.AccessKeyId ?? '',
          secretAccessKey: given?.SecretAccessKey ?? '',
          sessionToken: given?.SessionToken ?? '',
          expiration: given?.Expiration ?? new Date(now()),
        };
      },
      { role, caller },
    );
  // Asked for at once, so that a refusal comes before anything else is done; the SDK takes the first from here.
  let first: RoleCredentials | undefined = await takeOn();
  return async () => {
    const given = first ?? (await takeOn());
    first = undefined;
    return given;
  };
}

async function told<T>(
  ask: () => Promise<T>,
  as?: { readonly role: string; readonly caller: string },
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const failure = failureOf(error, 'sts');
    if (as !== undefined && failure instanceof StoreFailure && failure.kind === 'denied')
      throw new DeliveryRefused({ refused: 'role-denied', ...as }, { cause: error });
    throw failure;
  }
}

/** Whether a caller is a session of a role. The ARN of a session has the role’s name and not its path. */
function isSessionOf(caller: string, role: string): boolean {
  const [, , , , account = '', path = ''] = role.split(':');
  return caller.startsWith(`arn:aws:sts::${account}:assumed-role/${path.split('/').at(-1)}/`);
}

/** Has a clock hear what time it is where a client’s answers come from. */
export function hearsClock(client: STSClient | S3Client, clock: ServerClock, now: () => number): void {
  // The same for each service; the compiler cannot see it through the union.
  const { middlewareStack } = client as STSClient;
  middlewareStack.add(
    (next) => async (given) => {
      const answered = await next(given);
      clock.heard(dateOf(answered.response), now());
      return answered;
    },
    { step: 'deserialize', priority: 'low' },
  );
}

/** The `Date` of an answer of HTTP. */
function dateOf(response: unknown): string | undefined {
  const headers = (response as { readonly headers?: Readonly<Record<string, string>> } | undefined)?.headers;
  return headers?.date ?? headers?.Date;
}
