/** Clients of AWS that ask at a port of this machine. */
import { Agent } from 'node:http';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { callingFunctions } from '../runtime';

// The client warns of Node versions that its later releases will not support. Users of the rehearsal can’t act on that.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Where to ask, and as which account. */
export interface Asking {
  readonly url: string;
  readonly account: string;
  readonly region: string;
}

/** How often each client asks in all. */
const ATTEMPTS = 4;

function settings({ url, account, region }: Asking) {
  return {
    region,
    endpoint: url,
    credentials: { accessKeyId: account, secretAccessKey: 'rehearsal' },
    maxAttempts: ATTEMPTS,
  };
}

/** One client of each service, made when it is asked for. */
export function clientsOf(asking: Asking) {
  const common = settings(asking);
  return {
    cloudFormation: () => new CloudFormationClient(common),
    cloudWatch: () => new CloudWatchClient(common),
    dynamoDb: () => new DynamoDBClient(common),
    eventBridge: () => new EventBridgeClient(common),
    iam: () => new IAMClient(common),
    kms: () => new KMSClient(common),
    lambda: () => new LambdaClient({ ...common, ...callingFunctions(ATTEMPTS) }),
    logs: () => new CloudWatchLogsClient(common),
    s3: () => new S3Client({ ...common, forcePathStyle: true }),
    sns: () => new SNSClient(common),
    sqs: () => new SQSClient(common),
    states: () => new SFNClient(common),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

/** For requests through access points, whose names are part of the host’s: on this machine they all lead to loopback. */
export function accessPointClient(asking: Asking): S3Client {
  const httpAgent = new Agent({
    lookup: (_host, options, found) =>
      options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
  });
  return new S3Client({
    ...settings({ ...asking, url: asking.url.replace('127.0.0.1', 'localhost') }),
    requestHandler: { httpAgent },
  });
}
