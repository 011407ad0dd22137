/** Clients of AWS for the two accounts of a probe. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { ProbeSide } from '../../policy';
import { probeProfile } from '../probe';
import type { Sandbox } from '../sandbox';

// The client warns of Node versions that its later releases will not support. Users of the probe can’t act on that.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Where to ask, and with whose credentials. */
export type Settings = Pick<
  S3ClientConfig,
  'region' | 'credentials' | 'endpoint' | 'forcePathStyle' | 'maxAttempts'
> & { readonly profile?: string };

/** The settings of live AWS: a profile for each account. */
export function liveSettings({ accounts, region }: Sandbox): (side: ProbeSide) => Settings {
  return (side) => ({ region, profile: probeProfile(accounts[side]), maxAttempts: 5 });
}

/** One client of each service. */
export interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
  /** S3 with the credentials of a role. */
  readonly s3As: (credentials: NonNullable<S3ClientConfig['credentials']>) => S3Client;
}

export function clientsWith(settings: Settings): Clients {
  const { forcePathStyle: _ofS3, ...all } = settings;
  const { profile: _ofTheCaller, ...asRole } = settings;
  return {
    cloudFormation: new CloudFormationClient(all),
    kms: new KMSClient(all),
    lambda: new LambdaClient(all),
    s3: new S3Client(settings),
    sqs: new SQSClient(all),
    sts: new STSClient(all),
    s3As: (credentials) => new S3Client({ ...asRole, credentials }),
  };
}
