/** Deploys stacks with the CDK’s own command line, unmodified. */
import { createRequire } from 'node:module';
import { QUALIFIER, stagingBucketName } from '../names';
import type { AccountId } from '../register';
import { run } from './child';
import { RehearsalError } from './errors';

/** Where to deploy to, and from. */
export interface DeployTarget {
  /** The staged assembly. */
  readonly assembly: string;
  /** The address at which nothing is judged. */
  readonly endpoint: string;
  readonly region: string;
  /** A folder for whatever the command line writes. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A deployment that does not end is stuck, in milliseconds. */
const PATIENCE = 300_000;

/**
 * Prepares an account for the CDK: the CDK’s own bootstrap under our names, since the endpoint has no stack sets to make ours.
 * @throws RehearsalError with what the command line said
 */
export async function bootstrap(account: string, target: DeployTarget): Promise<void> {
  const names = [
    '--qualifier',
    QUALIFIER,
    '--bootstrap-bucket-name',
    stagingBucketName(account as AccountId, target),
  ];
  await cdk(
    ['bootstrap', `aws://${account}/${target.region}`, ...names],
    account,
    target,
    `account ${account} could not be bootstrapped`,
  );
}

/** How a stack is deployed, where it is not as by default. */
export type DeployOption = '--no-rollback' | '--method=direct';

/** Deploys one stack. @throws RehearsalError as above */
export async function deploy(
  stack: string,
  account: string,
  target: DeployTarget,
  options: readonly DeployOption[] = [],
): Promise<void> {
  const args = ['deploy', stack, '--exclusively', '--require-approval', 'never', '--progress', 'events'];
  await cdk([...args, ...options], account, target, `stack ${stack} could not be deployed`);
}

async function cdk(
  args: readonly string[],
  account: string,
  target: DeployTarget,
  what: string,
): Promise<void> {
  const cli = createRequire(__filename).resolve('aws-cdk/bin/cdk');
  const { assembly, endpoint, region, folder, signal } = target;
  const { code, output } = await run(process.execPath, [cli, ...args, '--app', assembly, '--no-notices'], {
    cwd: folder,
    signal,
    patience: PATIENCE,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: process.env.TMPDIR,
      CI: 'true',
      NO_COLOR: '1',
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'rehearsal',
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  if (code !== 0) throw new RehearsalError(`${what}: ${reasonIn(output)}`);
}

/** What went wrong, from the events of the stack if there are any. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const failed = lines
    .filter((line) => /_FAILED/.test(line))
    .map((line) => line.replace(/^.*?\|\s*(?=[A-Z_]+_FAILED)/, ''));
  const last = lines.filter((line) => line !== '').slice(-2);
  return [...new Set(failed.length > 0 ? failed : last)].slice(0, 3).join('; ').slice(0, 600);
}
