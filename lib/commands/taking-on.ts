/** Takes on the roles by which brokers may be called, one after another, with whatever AWS credentials the caller has. */
import { clientSettings } from '../runtime';

/** Credentials as AWS’s clients take them. */
export interface TakenOn {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const SESSION = 'concordat-suspend';
/** STS answers at once, or not at all; whoever stops a share is not to wait for a silent network. */
const ANSWERS_WITHIN = 15;

/**
 * Takes on the last of the roles, by way of those before it. Whoever has signed in as one of them already goes on from there.
 * @param roles their ARNs, in the order in which each trusts the one before
 * @returns nothing where the caller is the last of them already
 * @throws whatever AWS’s client does
 */
export async function takeOn(region: string, roles: readonly string[]): Promise<TakenOn | undefined> {
  // Loaded here, so that no other command waits for it.
  const { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } =
    require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  let held: TakenOn | undefined;
  const ask = async <T>(work: (client: InstanceType<typeof STSClient>) => Promise<T>): Promise<T> => {
    const client = new STSClient({
      ...clientSettings(region, { asksAgain: 'client', seconds: ANSWERS_WITHIN }),
      ...(held && { credentials: held }),
    });
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  };
  const { Arn = '' } = await ask((client) => client.send(new GetCallerIdentityCommand({})));
  const already = roles.findLastIndex((role) => isSessionOf(Arn, role));
  for (const RoleArn of roles.slice(already + 1)) {
    const { Credentials } = await ask((client) =>
      client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: SESSION })),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    held = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }
  return held;
}

/** Whether a caller is a session of a role. The ARN of a session has the role’s name and not its path. @internal Only tests import it. */
export function isSessionOf(caller: string, role: string): boolean {
  const [, , , , account = '', path = ''] = role.split(':');
  return caller.startsWith(`arn:aws:sts::${account}:assumed-role/${path.split('/').at(-1)}/`);
}
