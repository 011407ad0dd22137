/** S3 behind the port `Store`, by AWS’s own client: one bucket or access point, as one role. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  type About,
  type Body,
  DeliveryRefused,
  type ListedObject,
  type Looked,
  NO_VERSION,
  type Opened,
  type SentPart,
  type Shelf,
  type Store,
  type Stored,
} from '../delivery';
import { type Again, clientSettings, patiently } from '../runtime';
import { failureOf, hasCode, isGone, lookedAt, told } from './failures';
import { throughProxy } from './proxy';
import { inBlocks } from './receiving';
import { bare, bytesOf, checksumIn, etagIn, headerIn, headersOf, metadataIn, VERSION } from './s3-headers';
import { S3Wire, type WireCall } from './s3-wire';
import type { ServerClock } from './server-clock';
import { hearsClock, type RoleProvider } from './sign-in';

/** How a bucket is reached. */
interface S3Address {
  /** The name of a bucket, or the ARN of an access point. */
  readonly bucket: string;
  readonly region: string;
  /** Another address than AWS’s. */
  readonly endpoint?: string | undefined;
}

/** What an S3Store is set up with. */
interface S3Setting extends S3Address {
  /** Nothing where the SDK’s own chain gives the role already. */
  readonly credentials: RoleProvider | undefined;
  readonly clock: ServerClock;
  readonly now: () => number;
  /** Ends calls that are under way. */
  readonly signal?: AbortSignal | undefined;
  readonly again?: Again;
}

/** Seconds of silence after which a connection is taken for broken. */
const SILENCE = 60;
/** More connections than anybody sends parts at once. */
const CONNECTIONS = 64;

/** Makes the store. The connections are the client’s own, kept open between calls. */
export function s3Store(setting: S3Setting): Store & Shelf {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { bucket, region, endpoint, credentials, clock, now } = setting;
  const agent = { keepAlive: true, maxSockets: CONNECTIONS, ...throughProxy() };
  const settings = clientSettings(region, { asksAgain: 'function', seconds: SILENCE, streams: true });
  const client = new S3Client({
    ...settings,
    requestHandler: { ...settings.requestHandler, httpsAgent: agent, httpAgent: agent },
    // Checksums are given with each upload, so that they are of the bytes that were looked at, and not of those that are sent.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Otherwise the client waits, before each part, for an answer that some endpoints never give.
    expectContinueHeader: false,
    forcePathStyle: isElsewhere(endpoint) && !bucket.startsWith('arn:'),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
  });
  hearsClock(client, clock, now);
  const { signal } = setting;
  const wire = new S3Wire({ client, bucket, clock, now, signal, connections: CONNECTIONS, silence: SILENCE });
  return new S3Store(client, wire, bucket, setting.again ?? patiently, signal);
}

/** Whether another endpoint is named: by an option, or by what the SDK reads itself. */
function isElsewhere(endpoint: string | undefined): boolean {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  return (endpoint || AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL || '') !== '';
}

class S3Store implements Store, Shelf {
  constructor(
    private readonly client: S3Client,
    private readonly wire: S3Wire,
    private readonly bucket: string,
    private readonly again: Again,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async put(key: string, about: About, body: Body): Promise<Stored> {
    const answer = await this.ask(() =>
      this.wire.call({ method: 'PUT', key, headers: headersOf(about), body }),
    );
    answer.resume();
    return { version: headerIn(answer, VERSION) ?? (await this.versionNow(key, etagIn(answer))) };
  }

  async begin(key: string, about: About): Promise<string> {
    const { UploadId = '' } = await this.ask(() =>
      this.client.send(
        new CreateMultipartUploadCommand({
          ...this.named(key),
          ...aboutIn(about),
          ChecksumAlgorithm: 'CRC64NVME',
          ChecksumType: 'FULL_OBJECT',
        }),
        this.how,
      ),
    );
    return UploadId;
  }

  async sendPart(key: string, upload: string, number: number, body: Body): Promise<SentPart> {
    const query = { partNumber: String(number), uploadId: upload };
    const answer = await this.ask(() => this.wire.call({ method: 'PUT', key, query, body }));
    answer.resume();
    return { number, bytes: body.bytes, etag: etagIn(answer), crc64nvme: body.crc64nvme };
  }

  async parts(key: string, upload: string): Promise<readonly SentPart[] | undefined> {
    const found: SentPart[] = [];
    let marker: string | undefined;
    do {
      const page = await this.unlessGone('NoSuchUpload', () =>
        this.client.send(
          new ListPartsCommand({
            ...this.named(key),
            UploadId: upload,
            ...(marker !== undefined && { PartNumberMarker: marker }),
          }),
          this.how,
        ),
      );
      if (page === undefined) return undefined;
      for (const { PartNumber = 0, Size = 0, ETag = '', ChecksumCRC64NVME } of page.Parts ?? [])
        found.push({ number: PartNumber, bytes: Size, etag: bare(ETag), crc64nvme: ChecksumCRC64NVME });
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
    return found;
  }

  async complete(
    key: string,
    upload: string,
    parts: readonly SentPart[],
    { crc64nvme, bytes }: { readonly crc64nvme: string; readonly bytes: number },
  ): Promise<Stored | undefined> {
    const done = await this.unlessGone('NoSuchUpload', () =>
      this.client.send(
        new CompleteMultipartUploadCommand({
          ...this.named(key),
          UploadId: upload,
          ChecksumCRC64NVME: crc64nvme,
          ChecksumType: 'FULL_OBJECT',
          MpuObjectSize: bytes,
          MultipartUpload: {
            Parts: parts.map((each) => ({
              PartNumber: each.number,
              ETag: `"${each.etag}"`,
              ...(each.crc64nvme !== undefined && { ChecksumCRC64NVME: each.crc64nvme }),
            })),
          },
        }),
        this.how,
      ),
    );
    return done && { version: done.VersionId ?? (await this.versionNow(key, bare(done.ETag ?? ''))) };
  }

  async abort(key: string, upload: string): Promise<void> {
    await this.unlessGone('NoSuchUpload', () =>
      this.client.send(new AbortMultipartUploadCommand({ ...this.named(key), UploadId: upload }), this.how),
    );
  }

  async *list(prefix: string, after?: string): AsyncIterable<ListedObject> {
    let token: string | undefined;
    do {
      const page = await this.ask(() =>
        this.client.send(
          new ListObjectsV2Command({
            Bucket: this.bucket,
            Prefix: prefix,
            ...(after !== undefined && { StartAfter: after }),
            ...(token !== undefined && { ContinuationToken: token }),
          }),
          this.how,
        ),
      );
      for (const { Key = '', Size = 0, ETag = '', LastModified } of page.Contents ?? [])
        yield { key: Key, bytes: Size, etag: bare(ETag), modified: LastModified?.getTime() ?? 0 };
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async tags(key: string) {
    let told: string | undefined;
    for (;;) {
      const found = await this.unlessGone(undefined, () =>
        this.client.send(new GetObjectTaggingCommand(this.named(key)), this.how),
      );
      if (found === undefined) return undefined;
      const tags = new Map((found.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const));
      const version = found.VersionId ?? (await this.versionNow(key));
      // Where it has to be asked for by itself, the tags are of the same version once they lie between two answers that agree.
      if (found.VersionId !== undefined || version === told) return { version, tags };
      told = version;
    }
  }

  /**
   * Which version is the current one, where an answer did not tell, as versitygw’s about tags do not. S3 tells it with each, of a
   * bucket that keeps versions.
   * @param etag of the one that is meant, where it is known
   */
  private async versionNow(key: string, etag?: string): Promise<string> {
    const looked = await this.look(key);
    const isIt = looked.answer === 'readable' && (etag === undefined || etag === looked.etag);
    return isIt ? looked.version : NO_VERSION;
  }

  async open(key: string, range: Parameters<Store['open']>[1] = {}): Promise<Opened | undefined> {
    const { version, from = 0, to, ifEtag } = range;
    // What others deposited may have a checksum on which the SDK fails (findings/sdk-get-fails-on-newer-checksums.sh).
    return from === 0 && to === undefined && ifEtag === undefined
      ? this.openWhole(key, version)
      : this.openRange(key, { version, ifEtag, from, to });
  }

  /** Of all bytes the SDK holds S3’s checksum against what it read. */
  private async openWhole(key: string, version: string | undefined) {
    const found = await this.unlessGone(undefined, () =>
      this.client.send(
        new GetObjectCommand({
          ...this.named(key),
          ...(version !== undefined && { VersionId: version }),
          ChecksumMode: 'ENABLED',
        }),
        this.how,
      ),
    );
    return (
      found && {
        version: found.VersionId,
        bytes: found.ContentLength ?? 0,
        etag: bare(found.ETag ?? ''),
        mediaType: found.ContentType,
        modified: found.LastModified?.getTime() ?? 0,
        metadata: found.Metadata ?? {},
        crc64nvme: found.ChecksumType === 'COMPOSITE' ? undefined : found.ChecksumCRC64NVME,
        content: told(found.Body as AsyncIterable<Uint8Array>),
      }
    );
  }

  private async openRange(
    key: string,
    {
      version,
      ifEtag,
      from,
      to,
    }: {
      readonly version: string | undefined;
      readonly ifEtag: string | undefined;
      readonly from: number;
      readonly to: number | undefined;
    },
  ): Promise<Opened | undefined> {
    const isWhole = from === 0 && to === undefined;
    const range = isWhole ? undefined : { range: `bytes=${from}-${to === undefined ? '' : to - 1}` };
    const answer = await this.unlessGone(undefined, () =>
      this.wire.call({
        method: 'GET',
        key,
        ...(version !== undefined && { query: { versionId: version } }),
        headers: { ...range, ...(ifEtag !== undefined && { 'if-match': `"${ifEtag}"` }) },
      }),
    );
    if (answer === undefined) return undefined;
    const whole = /\/(\d+)$/.exec(headerIn(answer, 'content-range') ?? '')?.[1];
    return {
      version: headerIn(answer, VERSION),
      bytes: Number(whole ?? headerIn(answer, 'content-length') ?? 0),
      etag: etagIn(answer),
      mediaType: headerIn(answer, 'content-type'),
      modified: Date.parse(headerIn(answer, 'last-modified') ?? '') || 0,
      metadata: metadataIn(answer),
      crc64nvme: undefined,
      content: inBlocks(answer, (to ?? Number.POSITIVE_INFINITY) - from),
    };
  }

  async remove(key: string): Promise<{ readonly marker: string | undefined }> {
    const { VersionId } = await this.ask(() =>
      this.client.send(new DeleteObjectCommand(this.named(key)), this.how),
    );
    return { marker: VersionId };
  }

  async look(key: string): Promise<Looked> {
    return lookedAt(
      () => this.looked({ method: 'HEAD', key }),
      () => this.list(key)[Symbol.asyncIterator]().next(),
    );
  }

  async take(key: string, etag: string): Promise<Looked> {
    try {
      return await this.looked({ method: 'GET', key, headers: { 'if-match': `"${etag}"` } });
    } catch (error) {
      const failure = failureOf(error);
      if (failure instanceof DeliveryRefused) throw failure;
      if (failure.kind === 'denied') return { answer: 'refused' };
      // Another one is collected with the next listing.
      if (failure.kind === 'changed') return { answer: 'gone' };
      throw failure;
    }
  }

  private async looked({ method, key, headers }: WireCall): Promise<Looked> {
    const found = await this.unlessGone(undefined, async () => {
      const answer = await this.wire.call({
        method,
        key,
        headers: { ...headers, 'x-amz-checksum-mode': 'ENABLED' },
      });
      if (method === 'GET') return { answer, held: await bytesOf(answer) };
      answer.resume();
      return { answer };
    });
    if (found === undefined) return { answer: 'gone' };
    const { answer, ...held } = found;
    return {
      answer: 'readable',
      version: headerIn(answer, VERSION) ?? NO_VERSION,
      etag: etagIn(answer),
      bytes: held.held?.length ?? Number(headerIn(answer, 'content-length') ?? 0),
      checksum: checksumIn(answer),
      ...held,
    };
  }

  async partBytes(key: string, etag: string, part: number): Promise<number> {
    const query = { partNumber: String(part) };
    const found = await this.ask(() =>
      this.wire.call({ method: 'HEAD', key, query, headers: { 'if-match': `"${etag}"` } }),
    );
    found.resume();
    return Number(headerIn(found, 'content-length') ?? 0);
  }

  private named(key: string) {
    return { Bucket: this.bucket, Key: key };
  }

  private get how() {
    return this.signal === undefined ? {} : { abortSignal: this.signal };
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.again(call);
    } catch (error) {
      this.signal?.throwIfAborted();
      throw failureOf(error);
    }
  }

  /** @param code of what is not there; nothing for an object */
  private async unlessGone<T>(code: string | undefined, call: () => Promise<T>): Promise<T | undefined> {
    return this.ask(async () => {
      try {
        return await call();
      } catch (error) {
        if (code === undefined ? isGone(error) : hasCode(error, code)) return undefined;
        throw error;
      }
    });
  }
}

function aboutIn({ mediaType, metadata }: About) {
  return { ContentType: mediaType, Metadata: { ...metadata } };
}
