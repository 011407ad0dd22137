/** The owner’s bucket, in S3: deposits, each by its version, and the gate’s reports. */
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AGREEMENTS_PREFIX } from '../../lib/names';
import {
  type Again,
  ALGORITHMS,
  checksumsHere,
  clientSettings,
  isDenied,
  patiently,
} from '../../lib/runtime';
import type { Environment } from './environment';
import { ChecksumDiffersError } from './errors';
import type { Deposits, Head, Listed, Reports, Tags, Version } from './ports';

/**
 * What S3 answers for a version that is not there, or is a delete marker.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html
 */
const GONE = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed']);
const checksums = checksumsHere();

/** Speaks to S3 of one bucket. */
export class S3Bucket implements Deposits, Reports {
  constructor(
    private readonly client: Pick<S3Client, 'send'>,
    private readonly bucket: string,
    private readonly again: Again = patiently,
  ) {}

  /** With a client of its own. */
  static of({ region, s3Endpoint, bucket }: Pick<Environment, 'region' | 's3Endpoint' | 'bucket'>): S3Bucket {
    const settings = clientSettings(region, { asksAgain: 'function', seconds: 20, streams: true });
    const client = new S3Client({
      ...settings,
      // Checksums are worked out here: the SDK fails on four of the ten that S3 knows (findings/sdk-get-fails-on-newer-checksums.sh).
      responseChecksumValidation: 'WHEN_REQUIRED',
      // The SDK reads the address by itself.
      forcePathStyle: s3Endpoint !== undefined,
    });
    return new S3Bucket(client, bucket);
  }

  async tagsOf(version: Version): Promise<Tags | undefined> {
    const found = await this.unlessGone(() =>
      this.client.send(new GetObjectTaggingCommand(this.named(version))),
    );
    return found && new Map((found.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  }

  async headOf(version: Version): Promise<Head | undefined> {
    const found = await this.unlessGone(() =>
      this.client.send(new HeadObjectCommand({ ...this.named(version), ChecksumMode: 'ENABLED' })),
    );
    if (found === undefined || found.DeleteMarker) return undefined;
    return {
      bytes: found.ContentLength ?? 0,
      modified: found.LastModified?.getTime() ?? 0,
      mediaType: found.ContentType,
      contentEncoding: found.ContentEncoding,
      encryption: found.ServerSideEncryption,
      keyArn: found.SSEKMSKeyId,
      bucketKey: found.BucketKeyEnabled ?? false,
      checksum: checksumIn(found),
    };
  }

  async *read(version: Version, from: number, held?: Head['checksum']): AsyncIterable<Uint8Array> {
    const range = from > 0 && { Range: `bytes=${from}-` };
    const { Body } = await this.get({ ...this.named(version), ...range });
    const sum = from === 0 && held?.kind === 'full-object' ? await checksums(held.algorithm) : undefined;
    for await (const piece of Body as AsyncIterable<Uint8Array>) {
      sum?.update(piece);
      yield piece;
    }
    if (sum === undefined || held === undefined) return;
    const read = Buffer.from(sum.digest()).toString('base64');
    if (read !== held.value) throw new ChecksumDiffersError(held.value, read);
  }

  async slice(version: Version, from: number, to: number): Promise<Uint8Array> {
    const { Body } = await this.get({ ...this.named(version), Range: `bytes=${from}-${to - 1}` });
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  async tag(version: Version, tags: Tags): Promise<'tagged' | 'refused' | 'gone'> {
    const TagSet = [...tags].map(([Key, Value]) => ({ Key, Value }));
    try {
      const put = new PutObjectTaggingCommand({ ...this.named(version), Tagging: { TagSet } });
      return (await this.unlessGone(() => this.client.send(put))) ? 'tagged' : 'gone';
    } catch (error) {
      if (isDenied(error)) return 'refused';
      throw error;
    }
  }

  async *list(after: Version | undefined): AsyncIterable<Listed> {
    let marker: { KeyMarker: string; VersionIdMarker?: string } | undefined = after && {
      KeyMarker: after.key,
      VersionIdMarker: after.version,
    };
    for (;;) {
      const page = await this.again(() =>
        this.client.send(
          new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix: AGREEMENTS_PREFIX, ...marker }),
        ),
      );
      for (const { Key, VersionId, LastModified } of page.Versions ?? [])
        if (Key !== undefined && VersionId !== undefined)
          yield { key: Key, version: VersionId, modified: LastModified?.getTime() ?? 0 };
      if (!page.IsTruncated || page.NextKeyMarker === undefined) return;
      const { NextKeyMarker, NextVersionIdMarker } = page;
      // S3 refuses an empty one.
      marker = {
        KeyMarker: NextKeyMarker,
        ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
      };
    }
  }

  async create(key: string, text: string, mediaType: string): Promise<'created' | 'exists'> {
    try {
      // Where another write of the same key is under way, S3 answers 409, and the truth if asked again.
      await this.again(() =>
        this.client.send(
          new PutObjectCommand({
            Bucket: this.bucket,
            Key: key,
            Body: text,
            ContentType: mediaType,
            IfNoneMatch: '*',
            ChecksumAlgorithm: 'SHA256',
          }),
        ),
      );
      return 'created';
    } catch (error) {
      if (error instanceof Error && error.name === 'PreconditionFailed') return 'exists';
      throw error;
    }
  }

  /** There is one version alone: nobody but the gate writes there, and it writes once. */
  async readReport(key: string): Promise<string> {
    const { Body } = await this.get({ Bucket: this.bucket, Key: key });
    return (await Body?.transformToString()) ?? '';
  }

  private get(asked: ConstructorParameters<typeof GetObjectCommand>[0]): Promise<GetObjectCommandOutput> {
    return this.again(() => this.client.send(new GetObjectCommand(asked)));
  }

  private named({ key, version }: Version) {
    return { Bucket: this.bucket, Key: key, VersionId: version };
  }

  private async unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.again(call);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
}

/** The SDK has no name for what HEAD answers of a delete marker: findings/sdk-head-errors-without-a-name.sh. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  return GONE.has(name) || $metadata?.httpStatusCode === 405;
}

function checksumIn(found: HeadObjectCommandOutput): Head['checksum'] {
  for (const algorithm of ALGORITHMS) {
    const value = found[`Checksum${algorithm}`];
    if (value === undefined) continue;
    // Of several parts their number follows a hyphen, which is no letter of base64.
    const composite = found.ChecksumType === 'COMPOSITE' || /-\d+$/.test(value);
    return { algorithm, value, kind: composite ? 'composite' : 'full-object' };
  }
  return undefined;
}
