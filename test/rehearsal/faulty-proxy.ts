/** Stands in front of an endpoint and throttles every so manieth request to DynamoDB, KMS, IAM, Lambda and S3. */
import { forward, LocalPort, type Reply, signedFor } from '../../lib/rehearsal/gateway/local-port';

const SERVICES = new Set(['dynamodb', 'kms', 'lambda', 's3', 'sqs']);

export class FaultyProxy {
  throttled = 0;
  #count = 0;
  readonly #port: LocalPort;

  constructor(endpoint: string, every: number) {
    this.#port = new LocalPort(async (received) => {
      const { service, accessKey } = signedFor(received);
      if (SERVICES.has(service)) this.#count += 1;
      if (!SERVICES.has(service) || this.#count % every !== 0)
        return await forward(endpoint, received, accessKey);
      this.throttled += 1;
      return throttling(service);
    });
  }

  open(): Promise<string> {
    return this.#port.open();
  }

  close(): Promise<void> {
    return this.#port.close();
  }
}

function throttling(service: string): Reply {
  if (service === 's3')
    return {
      status: 503,
      headers: { 'content-type': 'application/xml' },
      body: Buffer.from(
        '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
      ),
    };
  return {
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': 'ThrottlingException' },
    body: Buffer.from(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' })),
  };
}
