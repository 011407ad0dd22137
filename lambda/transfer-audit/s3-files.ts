/** Files in S3. */
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { FileMissingError } from './errors';
import type { Files, StoredFile } from './ports';

const MISSING = new Set(['NoSuchKey', 'NoSuchBucket', 'NotFound']);

/** The log archive and the ledger’s bucket. */
export class S3Files implements Files {
  constructor(private readonly client: Pick<S3Client, 'send'>) {}

  /** With a client of its own. */
  static of(region: string): S3Files {
    return new S3Files(
      new S3Client({
        region,
        // S3 on another address is a test’s, which has no name for each bucket.
        forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
        requestHandler: { connectionTimeout: 2_000, socketTimeout: 20_000 },
      }),
    );
  }

  async open(bucket: string, key: string): Promise<StoredFile> {
    try {
      const { Body, Metadata } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (Body === undefined) throw new FileMissingError(`${key} has no content`);
      return { body: Body as AsyncIterable<Uint8Array>, signature: Metadata?.signature };
    } catch (error) {
      if (error instanceof Error && MISSING.has(error.name))
        throw new FileMissingError(`there is no ${key} in ${bucket}`);
      throw error;
    }
  }

  async writeOnce(bucket: string, key: string, content: Uint8Array): Promise<void> {
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: content,
          ContentType: 'application/json',
          IfNoneMatch: '*',
          ChecksumAlgorithm: 'SHA256',
        }),
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'PreconditionFailed') throw error;
    }
  }
}
