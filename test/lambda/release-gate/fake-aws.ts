/** S3 with versions and tags, SNS, Step Functions and Lambda’s Runtime API on one port of this machine. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Algorithm } from '../../../lib/runtime';
import { RuntimeApi } from '../runtime-api';
import { BUCKET, KEY } from './world';

/** A version of an object. */
export interface Stored {
  readonly key: string;
  readonly version: string;
  readonly content: Buffer;
  readonly type: string;
  /** What S3 holds as its checksum, base64; that of the content where nothing is given. */
  readonly checksum?: { readonly algorithm: Algorithm; readonly value: string };
  /** How large S3 says that it is, where that is not as large as its content. */
  readonly bytes?: number;
  tags: Readonly<Record<string, string>>;
}

/** Answers by its state; nothing of policies. */
export class FakeAws extends RuntimeApi {
  readonly versions: Stored[] = [];
  readonly reports = new Map<string, string>();
  readonly published: URLSearchParams[] = [];
  readonly started: { name: string; input: string }[] = [];
  /** What the function asked S3 for, as `METHOD key?what`. */
  readonly asked: string[] = [];

  protected answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'http://aws');
    const target = headers['x-amz-target'];
    if (typeof target === 'string') {
      this.started.push(JSON.parse(body.toString('utf8')) as { name: string; input: string });
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
        .end('{"executionArn":"arn:aws:states:eu-west-2:123456789012:execution:x:y","startDate":1796115600}');
    } else if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      this.published.push(new URLSearchParams(body.toString('utf8')));
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end('<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>');
    } else {
      const key = decodeURIComponent(url.pathname).slice(`/${BUCKET}/`.length);
      this.asked.push(`${method} ${key}${url.search.replace(/&?x-id=\w+/, '')}`);
      this.object(method, key, url.searchParams, { headers, body }, response);
    }
  }

  private object(
    method: string,
    key: string,
    query: URLSearchParams,
    { headers, body }: { readonly headers: IncomingMessage['headers']; readonly body: Buffer },
    response: ServerResponse,
  ): unknown {
    const error = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(method === 'HEAD' ? undefined : `<Error><Code>${code}</Code></Error>`);
    if (query.has('versions')) return this.list(response);
    const version = query.get('versionId');
    if (version === null && method === 'PUT') {
      if (this.reports.has(key) && headers['if-none-match'] === '*') return error(412, 'PreconditionFailed');
      this.reports.set(key, body.toString('utf8'));
      return response.writeHead(200, { etag: '"x"' }).end();
    }
    if (version === null) {
      const report = this.reports.get(key);
      return report === undefined ? error(403, 'AccessDenied') : response.writeHead(200).end(report);
    }
    const found = this.versions.find((each) => each.key === key && each.version === version);
    if (!found) return error(404, 'NoSuchVersion');
    if (query.has('tagging')) return this.tagging(method, found, body, response);
    const sha256 = createHash('sha256').update(found.content).digest('base64');
    const { algorithm, value } = found.checksum ?? { algorithm: 'SHA256', value: sha256 };
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
    const content = range
      ? found.content.subarray(Number(range[1]), range[2] ? Number(range[2]) + 1 : undefined)
      : found.content;
    response.writeHead(range ? 206 : 200, {
      'content-length': method === 'HEAD' ? (found.bytes ?? content.length) : content.length,
      'content-type': found.type,
      'last-modified': 'Tue, 01 Dec 2026 09:00:00 GMT',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': KEY,
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
      ...(headers['x-amz-checksum-mode'] === 'ENABLED' && {
        [`x-amz-checksum-${algorithm.toLowerCase()}`]: value,
        'x-amz-checksum-type': 'FULL_OBJECT',
      }),
    });
    return response.end(method === 'HEAD' ? undefined : content);
  }

  private tagging(method: string, found: Stored, body: Buffer, response: ServerResponse): unknown {
    if (method === 'PUT') {
      const tags = [...body.toString('utf8').matchAll(/<Key>([^<]*)<\/Key><Value>([^<]*)<\/Value>/g)];
      found.tags = Object.fromEntries(tags.map(([, name = '', value = '']) => [name, value]));
      return response.writeHead(200).end();
    }
    const set = Object.entries(found.tags).map(
      ([name, value]) => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`,
    );
    return response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(`<Tagging><TagSet>${set.join('')}</TagSet></Tagging>`);
  }

  private list(response: ServerResponse): unknown {
    const modified = new Date(Date.now() - 3_600_000).toISOString();
    const versions = this.versions.map(
      ({ key, version }) =>
        `<Version><Key>${key}</Key><VersionId>${version}</VersionId><LastModified>${modified}</LastModified></Version>`,
    );
    return response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(`<ListVersionsResult><IsTruncated>false</IsTruncated>${versions.join('')}</ListVersionsResult>`);
  }
}
