/**
 * What S3 says of an object beside its bytes, and the endpoint does not: that it is encrypted as its bucket’s default has it, and
 * the checksum that S3 works out where an upload brings none.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
import { createHash } from 'node:crypto';
import type { AskedOfBucket } from './asked';
import { forward, NothingLearntError, type Received, type Reply } from './local-port';

/** Where an object lies at the endpoint. */
interface At {
  readonly endpoint: string;
  readonly account: string;
  /** The ARN under which the endpoint knows the bucket’s key; nothing where it has none. */
  readonly keyArn: string | undefined;
}

/**
 * The answer as S3 would give it.
 * @throws NothingLearntError if the endpoint does not give the bytes, of which the checksum would be
 */
export async function asOfS3(
  reply: Reply,
  { operation }: AskedOfBucket,
  received: Received,
  { endpoint, account, keyArn }: At,
): Promise<Reply> {
  if (operation !== 'HeadObject' || reply.status !== 200 || keyArn === undefined) return reply;
  const whole = await forward(endpoint, { ...received, method: 'GET' }, account);
  if (whole.status !== 200) throw new NothingLearntError(whole);
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': keyArn,
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
      'x-amz-checksum-sha256': createHash('sha256').update(whole.body).digest('base64'),
      'x-amz-checksum-type': 'FULL_OBJECT',
    },
  };
}
