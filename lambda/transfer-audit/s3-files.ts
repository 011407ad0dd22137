/** Files in S3. */
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Again, clientSettings, patiently } from '../../lib/runtime';
import type { Environment } from './environment';
import { FileMissingError } from './errors';
import type { Files, StoredFile } from './ports';

const MISSING = new Set(['NoSuchKey', 'NoSuchBucket', 'NotFound']);

/** The log archive and the ledger’s bucket. */
export class S3Files implements Files {
  constructor(
    private readonly client: Pick<S3Client, 'send'>,
    private readonly again: Again = patiently,
  ) {}

  /** With a client of its own. */
  static of({ region, s3Endpoint }: Pick<Environment, 'region' | 's3Endpoint'>): S3Files {
    const settings = clientSettings(region, { asksAgain: 'function', seconds: 20, streams: true });
    // The SDK reads the address by itself.
    return new S3Files(new S3Client({ ...settings, forcePathStyle: s3Endpoint !== undefined }));
  }

  async open(bucket: string, key: string): Promise<StoredFile> {
    try {
      const { Body, Metadata } = await this.again(() =>
        this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
      );
      if (Body === undefined) throw new FileMissingError(`${key} has no content`);
      return { body: Body as AsyncIterable<Uint8Array>, signature: Metadata?.signature };
    } catch (error) {
      if (error instanceof Error && MISSING.has(error.name))
        throw new FileMissingError(`there is no ${key} in ${bucket}`, { cause: error });
      throw error;
    }
  }

  async writeOnce(bucket: string, key: string, content: Uint8Array): Promise<void> {
    try {
      // Where another write of the same key is under way, S3 answers 409, and the truth if asked again.
      await this.again(() =>
        this.client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: content,
            ContentType: 'application/json',
            IfNoneMatch: '*',
            ChecksumAlgorithm: 'SHA256',
          }),
        ),
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'PreconditionFailed') throw error;
    }
  }
}
