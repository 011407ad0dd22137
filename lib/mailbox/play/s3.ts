/**
 * S3 of a play: what the page asks of buckets and access points, for sessions of roles, each of which may do what the real role may.
 * To browsers it answers by the rule of CORS that the buckets have.
 */

import { elementsOf, escapedText, textIn } from '../page/store/xml';
import type { PlayAnswer, PlayRequest } from './answer';
import { type Buckets, crc64, isReleased, type Version } from './buckets';
import { bucketOf, LEDGER_BUCKET, ORGANISATIONS, PLAY_AGREEMENT, pointOf } from './profiles';
import type { PlayRecord } from './record';
import type { PlaySession } from './sessions';
import { sessionOf } from './signatures';

/** What a browser may ask, and see of the answer. */
export interface PlayCors {
  readonly origins: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
}

const PREFIX = `agreements/${PLAY_AGREEMENT}/`;

/** Where a request goes. */
interface Place {
  readonly bucket: string;
  readonly key: string;
  /** By whose access point: then the owner’s bucket is read by another. */
  readonly by: { readonly owner: string; readonly recipient: string } | undefined;
}

/** The buckets over HTTP. */
export class PlayS3 {
  constructor(
    private readonly buckets: Buckets,
    private readonly record: PlayRecord,
    private readonly sessions: ReadonlyMap<string, PlaySession>,
    private readonly cors: PlayCors,
    private readonly time: {
      readonly now: () => number;
      /** Whether the agreement is: access points let nobody in then, and an organisation’s own bucket stays its own. */
      readonly isOver: () => boolean;
    },
  ) {}

  /** @param name of a bucket, or of an access point as addresses have it. @param key below it */
  answer(request: PlayRequest, name: string, key: string): PlayAnswer {
    const answer = request.method === 'OPTIONS' ? this.#preflight(request) : this.#judged(request, name, key);
    const origin = String(request.headers.origin ?? '');
    if (!this.cors.origins.includes(origin)) return answer;
    return {
      ...answer,
      headers: {
        ...answer.headers,
        'access-control-allow-origin': origin,
        'access-control-expose-headers': this.cors.exposedHeaders.join(', '),
        vary: 'Origin',
      },
    };
  }

  #preflight({ headers }: PlayRequest): PlayAnswer {
    const asked = String(headers['access-control-request-headers'] ?? '')
      .split(',')
      .filter((each) => each !== '');
    if (asked.some((each) => !this.cors.allowedHeaders.includes(each.trim())))
      return refused(403, 'AccessForbidden');
    return {
      status: 200,
      headers: {
        'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
        'access-control-allow-headers': this.cors.allowedHeaders.join(', '),
        'access-control-max-age': '3600',
      },
    };
  }

  #judged(request: PlayRequest, name: string, key: string): PlayAnswer {
    const session = sessionOf(request, this.sessions, this.time.now());
    if (typeof session === 'string') return refused(session === 'ExpiredToken' ? 400 : 403, session);
    const place = placeOf(name, key);
    if (place === undefined) return refused(404, 'NoSuchBucket');
    return this.#may(request, place, session) ? this.#done(request, place) : refused(403, 'AccessDenied');
  }

  /** What the roles’ policies let. */
  #may(
    { method, query }: PlayRequest,
    { bucket, key, by }: Place,
    { organisation, role }: PlaySession,
  ): boolean {
    const isList = query.has('list-type');
    const prefix = query.get('prefix') ?? '';
    const isRead = method === 'GET' || method === 'HEAD';
    if (bucket === LEDGER_BUCKET) {
      const account = ORGANISATIONS.find(({ id }) => id === organisation)?.account ?? '';
      const receipts = `receipts/${account}/`;
      if (role !== 'receipts' || !isRead) return false;
      return isList ? prefix.startsWith(receipts) : !key.startsWith('receipts/') || key.startsWith(receipts);
    }
    if (by !== undefined) {
      if (role !== 'collect' || by.recipient !== organisation || !isRead || this.time.isOver()) return false;
      if (isList) return prefix.startsWith(PREFIX);
      const found = this.buckets.current(bucket, key);
      return key.startsWith(PREFIX) && !query.has('tagging') && (found === undefined || isReleased(found));
    }
    if (role !== 'deposit' || bucket !== bucketOf(organisation)) return false;
    if (isList) return prefix.startsWith(PREFIX);
    if (isRead && !query.has('tagging') && !query.has('uploadId')) return key.startsWith('reports/');
    return key.startsWith(PREFIX);
  }

  #done(request: PlayRequest, place: Place): PlayAnswer {
    const { method, query, headers, body } = request;
    const { bucket, key } = place;
    const uploadId = query.get('uploadId') ?? '';
    const about = {
      mediaType: String(headers['content-type'] ?? ''),
      metadata: Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          name.startsWith('x-amz-meta-') ? [[name.slice(11), String(value)]] : [],
        ),
      ),
    };
    const isTaken = headers['if-none-match'] === '*' && this.buckets.current(bucket, key) !== undefined;
    const declared = String(headers['x-amz-checksum-crc64nvme'] ?? '');
    if (query.has('list-type')) return this.#list(bucket, query);
    if (method === 'GET' && query.has('tagging')) return tagsOf(this.buckets.current(bucket, key));
    if (method === 'POST' && query.has('uploads'))
      return xml(
        'InitiateMultipartUploadResult',
        `<UploadId>${this.buckets.begin(bucket, key, about)}</UploadId>`,
      );
    if (uploadId !== '') {
      const upload = this.buckets.upload(bucket, key, uploadId);
      if (upload === undefined) return refused(404, 'NoSuchUpload');
      if (method === 'GET') {
        const parts = [...upload.parts].sort(([a], [b]) => a - b);
        return xml(
          'ListPartsResult',
          `<IsTruncated>false</IsTruncated>${parts.map(([number, each]) => `<Part><PartNumber>${number}</PartNumber><Size>${each.bytes.length}</Size><ETag>&quot;${each.etag}&quot;</ETag><ChecksumCRC64NVME>${each.crc64nvme}</ChecksumCRC64NVME></Part>`).join('')}`,
        );
      }
      if (method === 'DELETE') {
        this.buckets.abort(uploadId);
        return { status: 204 };
      }
      if (method === 'PUT') {
        if (crc64(body) !== declared) return refused(400, 'BadDigest');
        const etag = this.buckets.part(upload, Number(query.get('partNumber')), body);
        return { status: 200, headers: { etag: `"${etag}"` } };
      }
      const wanted = elementsOf(body.toString(), 'Part').map((each) => Number(textIn(each, 'PartNumber')));
      if (wanted.join() !== [...upload.parts.keys()].sort((a, b) => a - b).join())
        return refused(400, 'InvalidPart');
      if (isTaken) return refused(412, 'PreconditionFailed');
      const made = this.buckets.complete(uploadId, upload, declared);
      return made === undefined
        ? refused(400, 'BadDigest')
        : { ...xml('CompleteMultipartUploadResult', ''), headers: { 'x-amz-version-id': made.id } };
    }
    if (method === 'PUT') {
      if (crc64(body) !== declared) return refused(400, 'BadDigest');
      if (isTaken) return refused(412, 'PreconditionFailed');
      const made = this.buckets.put(bucket, key, about, body);
      return { status: 200, headers: { 'x-amz-version-id': made.id, etag: `"${made.etag}"` } };
    }
    if (method === 'DELETE') {
      const gone = this.buckets.current(bucket, key);
      const marker = this.buckets.remove(bucket, key);
      const owner = ORGANISATIONS.find(({ id }) => bucketOf(id) === bucket)?.id ?? '';
      if (gone !== undefined)
        this.record.note({ kind: 'recalled', owner, key, version: gone.id, time: this.time.now() });
      return { status: 204, headers: { 'x-amz-version-id': marker, 'x-amz-delete-marker': 'true' } };
    }
    return this.#open(request, place);
  }

  #list(bucket: string, query: URLSearchParams): PlayAnswer {
    const after = query.get('start-after') ?? '';
    const found = this.buckets.below(bucket, query.get('prefix') ?? '').filter(({ key }) => key > after);
    const inner = found.map(
      ({ key, bytes, etag, modified }) =>
        `<Contents><Key>${escapedText(key)}</Key><LastModified>${new Date(modified).toISOString()}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${bytes?.length ?? 0}</Size></Contents>`,
    );
    return xml('ListBucketResult', `<IsTruncated>false</IsTruncated>${inner.join('')}`);
  }

  #open({ method, headers }: PlayRequest, { bucket, key, by }: Place): PlayAnswer {
    const found = this.buckets.current(bucket, key);
    if (found?.bytes === undefined) return refused(404, 'NoSuchKey');
    const { bytes, etag, id, crc64nvme, mediaType, modified } = found;
    const wanted = headers['if-match'];
    if (wanted !== undefined && wanted !== `"${etag}"`) return refused(412, 'PreconditionFailed');
    const about = {
      'content-type': mediaType,
      'last-modified': new Date(modified).toUTCString(),
      etag: `"${etag}"`,
      'x-amz-version-id': id,
      ...(headers['x-amz-checksum-mode'] === 'ENABLED' && {
        'x-amz-checksum-crc64nvme': crc64nvme,
        'x-amz-checksum-type': 'FULL_OBJECT',
      }),
    };
    if (method === 'HEAD')
      return { status: 200, headers: { ...about, 'content-length': String(bytes.length) } };
    if (by !== undefined)
      this.record.note({ kind: 'collected', ...by, key, version: id, time: this.time.now() });
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(String(headers.range ?? '')) ?? [];
    if (from === undefined) return { status: 200, headers: about, body: bytes };
    const last = to === '' || to === undefined ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1);
    const range = { 'content-range': `bytes ${from}-${last}/${bytes.length}` };
    return { status: 206, headers: { ...about, ...range }, body: bytes.subarray(Number(from), last + 1) };
  }
}

function placeOf(name: string, key: string): Place | undefined {
  if (name === LEDGER_BUCKET) return { bucket: name, key, by: undefined };
  const [one, other] = ORGANISATIONS;
  for (const [owner, recipient] of [
    [one, other],
    [other, one],
  ] as const) {
    if (name === bucketOf(owner.id)) return { bucket: name, key, by: undefined };
    if (name === pointOf(owner, recipient))
      return { bucket: bucketOf(owner.id), key, by: { owner: owner.id, recipient: recipient.id } };
  }
  return undefined;
}

function tagsOf(found: Version | undefined): PlayAnswer {
  if (found === undefined) return refused(404, 'NoSuchKey');
  const inner = [...found.tags].map(
    ([name, value]) => `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`,
  );
  return {
    ...xml('Tagging', `<TagSet>${inner.join('')}</TagSet>`),
    headers: { 'x-amz-version-id': found.id },
  };
}

function xml(name: string, inner: string): PlayAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><${name}>${inner}</${name}>`,
  };
}

function refused(status: number, code: string): PlayAnswer {
  return { ...xml('Error', `<Code>${code}</Code>`), status };
}
