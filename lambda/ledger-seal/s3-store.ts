/** The ledger’s bucket, in S3. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Again, patiently } from '../../lib/runtime';
import type { Store, StoredObject } from './ports';

/** Speaks to S3 of one bucket. The role needs s3:ListBucket too, or what is not there is answered with 403. */
export class S3Store implements Store {
  constructor(
    private readonly client: Pick<S3Client, 'send'>,
    private readonly bucket: string,
    private readonly again: Again = patiently,
  ) {}

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const object = await this.again(() =>
        this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key })),
      );
      return { bytes: (await object.Body?.transformToByteArray()) ?? Buffer.of(), etag: object.ETag ?? '' };
    } catch (error) {
      if (nameOf(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async create(key: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
    return (await this.put(key, bytes, { IfNoneMatch: '*' })) ? 'created' : 'exists';
  }

  async replace(key: string, bytes: Uint8Array, etag: string | undefined): Promise<'replaced' | 'conflict'> {
    const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
    return (await this.put(key, bytes, condition)) ? 'replaced' : 'conflict';
  }

  /** Whether the condition held. */
  private async put(
    key: string,
    bytes: Uint8Array,
    condition: { IfNoneMatch?: string; IfMatch?: string },
  ): Promise<boolean> {
    const put = {
      Bucket: this.bucket,
      Key: key,
      Body: bytes,
      ContentType: contentTypeOf(key),
      ...condition,
    };
    try {
      // Object Lock asks for a checksum. Where another write of the same key is under way, S3 answers 409, and the truth if
      // asked again.
      await this.again(() => this.client.send(new PutObjectCommand({ ...put, ChecksumAlgorithm: 'SHA256' })));
      return true;
    } catch (error) {
      if (nameOf(error) === 'PreconditionFailed') return false;
      throw error;
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function contentTypeOf(key: string): string {
  if (key.endsWith('.json') || key.startsWith('claim/')) return 'application/json';
  if (/^(?:checkpoint|checkpoints\/.*|sealed|keys\/.*)$/.test(key)) return 'text/plain; charset=utf-8';
  return 'application/octet-stream';
}
