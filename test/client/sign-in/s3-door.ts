/**
 * S3 over HTTP for tests of signing in: it lets in by a session of a role that STS gave and that lives, and hands on to S3 in memory
 * what a deposit asks.
 */
import type { IncomingMessage } from 'node:http';
import type { Body, SentPart } from '../../../lib/delivery';
import { MemoryS3 } from '../../delivery/memory-store';
import { type Answer, LoopbackDoor } from './loopback-door';
import { accessKeyOf } from './signed-by';
import type { RoleSession } from './sts-gateway';

/** The door. */
export class S3Door extends LoopbackDoor {
  readonly s3 = new MemoryS3(Date.now(), 0);
  /** Told before a part is judged, and once it is taken. */
  hooks: {
    readonly judges?: (part: number) => Promise<void>;
    readonly took?: (part: number) => void;
  } = {};
  private readonly store = this.s3.run();

  /** @param sessions by access key */
  constructor(private readonly sessions: ReadonlyMap<string, RoleSession>) {
    super();
  }

  protected async answer(request: IncomingMessage): Promise<Answer> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const part = new URL(request.url ?? '', 'http://s3').searchParams.get('partNumber');
    if (part !== null) await this.hooks.judges?.(Number(part));
    const session = this.sessions.get(accessKeyOf(request) ?? '');
    if (session === undefined) return refused(403, 'InvalidAccessKeyId');
    if (session.ends <= this.now()) return refused(400, 'ExpiredToken');
    if (!session.role.includes('deposit')) return refused(403, 'AccessDenied');
    return this.taken(request, Buffer.concat(pieces));
  }

  private async taken({ method, url = '', headers }: IncomingMessage, bytes: Buffer): Promise<Answer> {
    const { pathname, searchParams: query } = new URL(url, 'http://s3');
    const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
    const upload = query.get('uploadId') ?? '';
    if (method === 'GET' && key === '') {
      let found = '';
      for await (const each of this.store.list(query.get('prefix') ?? ''))
        found += `<Contents><Key>${each.key}</Key><Size>${each.bytes}</Size><ETag>"${each.etag}"</ETag><LastModified>${new Date(each.modified).toISOString()}</LastModified></Contents>`;
      return answered('ListBucketResult', `<IsTruncated>false</IsTruncated>${found}`);
    }
    if (method === 'GET') {
      const parts = await this.store.parts(key, upload);
      if (parts === undefined) return refused(404, 'NoSuchUpload');
      const told = parts.map(
        ({ number, bytes: size, etag, crc64nvme }) =>
          `<Part><PartNumber>${number}</PartNumber><Size>${size}</Size><ETag>"${etag}"</ETag><ChecksumCRC64NVME>${crc64nvme}</ChecksumCRC64NVME></Part>`,
      );
      return answered('ListPartsResult', `<IsTruncated>false</IsTruncated>${told.join('')}`);
    }
    const about = { mediaType: headers['content-type'] ?? '', metadata: {} };
    if (method === 'POST' && query.has('uploads'))
      return answered(
        'InitiateMultipartUploadResult',
        `<UploadId>${await this.store.begin(key, about)}</UploadId>`,
      );
    if (method === 'PUT' && upload !== '') {
      const number = Number(query.get('partNumber'));
      const { etag } = await this.store.sendPart(key, upload, number, bodyOf(bytes, headers));
      this.hooks.took?.(number);
      return { status: 200, headers: { etag: `"${etag}"` } };
    }
    if (method === 'PUT') {
      const { version } = await this.store.put(key, about, bodyOf(bytes, headers));
      return { status: 200, headers: { 'x-amz-version-id': version } };
    }
    const parts: readonly SentPart[] = (await this.store.parts(key, upload)) ?? [];
    const whole = {
      crc64nvme: String(headers['x-amz-checksum-crc64nvme']),
      bytes: Number(headers['x-amz-mp-object-size']),
    };
    const done = await this.store.complete(key, upload, parts, whole);
    if (done === undefined) return refused(404, 'NoSuchUpload');
    return {
      ...answered('CompleteMultipartUploadResult', ''),
      headers: { 'x-amz-version-id': done.version },
    };
  }
}

function bodyOf(bytes: Buffer, headers: IncomingMessage['headers']): Body {
  return {
    bytes: bytes.length,
    crc64nvme: String(headers['x-amz-checksum-crc64nvme']),
    open: async function* () {
      yield bytes;
    },
  };
}

function answered(name: string, inner: string): Answer {
  return { status: 200, body: `<?xml version="1.0"?><${name}>${inner}</${name}>` };
}

function refused(status: number, code: string): Answer {
  const headers = { 'x-amz-request-id': 'R1' };
  return { status, headers, body: `<?xml version="1.0"?><Error><Code>${code}</Code></Error>` };
}
