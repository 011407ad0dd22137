/** CloudFormation in each account, asked through the deployment role of the bootstrap there. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ROLLOUT_SESSION } from '../../names';
import { clientSettings, credentialsOf } from '../../runtime';

// The client warns of Node versions that its later releases will not support. Who carries a plan out can’t act on that.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** How long an answer may take, in seconds. */
const PATIENCE = { asksAgain: 'client', seconds: 30 } as const;

/** Takes on roles with the credentials of the environment, and keeps a client for each. */
export class Sessions {
  readonly #sts = new Map<string, STSClient>();
  readonly #clients = new Map<string, CloudFormationClient>();

  /**
   * The client of a role. Its credentials are taken on when they are first asked for, and again before they end: AWS gives them
   * for an hour where one role takes on another.
   */
  of(role: string, region: string): CloudFormationClient {
    const known = this.#clients.get(role);
    if (known !== undefined) return known;
    const client = new CloudFormationClient({
      ...clientSettings(region, PATIENCE),
      credentials: () => this.#takeOn(role, region),
    });
    this.#clients.set(role, client);
    return client;
  }

  async #takeOn(role: string, region: string) {
    const sts = this.#sts.get(region) ?? new STSClient(clientSettings(region, PATIENCE));
    this.#sts.set(region, sts);
    return credentialsOf(
      await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: ROLLOUT_SESSION })),
      role,
    );
  }
}
