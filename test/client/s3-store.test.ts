/** What the adapter asks of S3, as it goes over the wire: headers, queries and what it makes of answers. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { s3Store } from '../../lib/client/s3-store';
import { ServerClock } from '../../lib/client/server-clock';
import { ALGORITHMS, type Body } from '../../lib/delivery';

interface Asked {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Whether it is not S3’s own, but that of a proxy. */
  readonly isProxys?: boolean;
  /** After so many bytes of it the connection breaks. */
  readonly breaksAt?: number;
}

const asked: Asked[] = [];
let answers: Answer[] = [];
let server: Server;
let endpoint: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3');
    asked.push({
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      body: Buffer.concat(pieces),
    });
    const { status = 200, headers = {}, body = '', breaksAt, isProxys } = answers.shift() ?? { status: 500 };
    response.writeHead(status, isProxys ? headers : { 'x-amz-request-id': 'R1', ...headers });
    if (breaksAt === undefined) response.end(body);
    else response.write(body.slice(0, breaksAt), () => response.socket?.destroySoon());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
});

/** Opens the store, with the answers that S3 gives in turn. */
function store(...given: readonly Answer[]) {
  asked.length = 0;
  answers = [...given];
  return s3Store({
    bucket: 'exchange',
    region: 'eu-west-2',
    endpoint,
    credentials: async () => ({
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'session',
      expiration: new Date('2100-01-01'),
    }),
    clock: new ServerClock(),
    now: Date.now,
    again: (call) => call(),
  });
}

const KEY = 'agreements/awards/2026/a b.csv';
const PATH = '/exchange/agreements/awards/2026/a%20b.csv';
const ABOUT = { mediaType: 'text/csv', metadata: { sha256: 'ab' } };
const bytes = (text: string, more: Partial<Body> = {}): Body => ({
  bytes: text.length,
  crc64nvme: 'AAAAAAAAAAA=',
  open: async function* () {
    yield Buffer.from(text);
  },
  ...more,
});
const xml = (name: string, inner: string) =>
  `<?xml version="1.0"?><${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${name}>`;
const refusal = (status: number, code: string): Answer => ({
  status,
  body: xml('Error', `<Code>${code}</Code>`),
});

/** Neither encryption nor tags are ever said: the bucket has the one, the gate the others. */
const UNSAID = /^x-amz-(?:server-side-encryption|tagging|acl|grant|object-lock|storage-class)/;
afterEach(() => {
  for (const { headers } of asked)
    expect(Object.keys(headers).filter((name) => UNSAID.test(name))).toEqual([]);
  expect(answers).toEqual([]);
});

it('puts a small object with both checksums, its type and no word of encryption', async () => {
  const sha256 = 'c'.repeat(64);
  const put = store({ headers: { 'x-amz-version-id': 'v1' } }).put(KEY, ABOUT, bytes('a,b', { sha256 }));
  expect(await put).toEqual({ version: 'v1' });
  expect(asked).toMatchObject([
    {
      method: 'PUT',
      path: PATH,
      headers: {
        'content-type': 'text/csv',
        'content-length': '3',
        'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=',
        'x-amz-content-sha256': sha256,
        'x-amz-meta-sha256': 'ab',
      },
    },
  ]);
  expect(asked[0]?.body.toString()).toBe('a,b');
});

it('sends in parts under one checksum of the whole object', async () => {
  const s3 = store(
    { body: xml('InitiateMultipartUploadResult', '<UploadId>u1</UploadId>') },
    { headers: { etag: '"e1"' } },
    {
      headers: { 'x-amz-version-id': 'v2' },
      body: xml('CompleteMultipartUploadResult', '<ETag>"e-1"</ETag>'),
    },
  );
  const upload = await s3.begin(KEY, ABOUT);
  const part = await s3.sendPart(KEY, upload, 1, bytes('abc'));
  expect(part).toEqual({ number: 1, bytes: 3, etag: 'e1', crc64nvme: 'AAAAAAAAAAA=' });
  expect(await s3.complete(KEY, upload, [part], { crc64nvme: 'BBBBBBBBBBA=', bytes: 3 })).toEqual({
    version: 'v2',
  });
  const [begun, sent, completed] = asked;
  expect(begun).toMatchObject({
    method: 'POST',
    query: { uploads: '' },
    headers: { 'x-amz-checksum-algorithm': 'CRC64NVME', 'x-amz-checksum-type': 'FULL_OBJECT' },
  });
  expect(sent).toMatchObject({
    method: 'PUT',
    query: { uploadId: 'u1', partNumber: '1' },
    headers: { 'content-length': '3', 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' },
  });
  expect(completed).toMatchObject({
    method: 'POST',
    query: { uploadId: 'u1' },
    headers: {
      'x-amz-checksum-crc64nvme': 'BBBBBBBBBBA=',
      'x-amz-checksum-type': 'FULL_OBJECT',
      'x-amz-mp-object-size': '3',
    },
  });
  const text = completed?.body.toString();
  expect(text).toContain('<PartNumber>1</PartNumber>');
  expect(text).toContain('<ChecksumCRC64NVME>AAAAAAAAAAA=</ChecksumCRC64NVME>');
});

it('lists all parts that S3 has, page by page', async () => {
  const part = (number: number) =>
    `<Part><PartNumber>${number}</PartNumber><Size>5</Size><ETag>"e${number}"</ETag><ChecksumCRC64NVME>c${number}</ChecksumCRC64NVME></Part>`;
  const s3 = store(
    {
      body: xml(
        'ListPartsResult',
        `<IsTruncated>true</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker>${part(1)}`,
      ),
    },
    { body: xml('ListPartsResult', `<IsTruncated>false</IsTruncated>${part(2)}`) },
  );
  expect(await s3.parts(KEY, 'u1')).toEqual([
    { number: 1, bytes: 5, etag: 'e1', crc64nvme: 'c1' },
    { number: 2, bytes: 5, etag: 'e2', crc64nvme: 'c2' },
  ]);
  expect(asked.map(({ query }) => query['part-number-marker'])).toEqual([undefined, '1']);
});

it('takes an upload that is gone for no upload, however it is asked about', async () => {
  const gone = refusal(404, 'NoSuchUpload');
  const s3 = store(gone, gone, gone);
  expect(await s3.parts(KEY, 'u1')).toBeUndefined();
  expect(await s3.complete(KEY, 'u1', [], { crc64nvme: 'x', bytes: 0 })).toBeUndefined();
  expect(await s3.abort(KEY, 'u1')).toBeUndefined();
});

it('lists below a prefix, page by page', async () => {
  const object = (name: string) =>
    `<Contents><Key>${name}</Key><Size>1</Size><ETag>"e"</ETag><LastModified>2026-11-29T10:00:00.000Z</LastModified></Contents>`;
  const s3 = store(
    {
      body: xml(
        'ListBucketResult',
        `<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>${object('p/a')}`,
      ),
    },
    { body: xml('ListBucketResult', `<IsTruncated>false</IsTruncated>${object('p/b')}`) },
  );
  const found = [];
  for await (const each of s3.list('p/', 'p/0')) found.push(each);
  expect(found.map(({ key, modified }) => [key, modified])).toEqual([
    ['p/a', Date.parse('2026-11-29T10:00:00Z')],
    ['p/b', Date.parse('2026-11-29T10:00:00Z')],
  ]);
  expect(asked.map(({ query }) => [query.prefix, query['start-after'], query['continuation-token']])).toEqual(
    [
      ['p/', 'p/0', undefined],
      ['p/', 'p/0', 't'],
    ],
  );
});

it('opens a range of the very object that was looked at', async () => {
  const s3 = store({
    status: 206,
    headers: {
      'content-range': 'bytes 2-4/10',
      etag: '"e"',
      'x-amz-version-id': 'v1',
      'content-length': '3',
    },
    body: 'cde',
  });
  const opened = await s3.open(KEY, { from: 2, to: 5, ifEtag: 'e' });
  expect(opened).toMatchObject({ bytes: 10, version: 'v1', etag: 'e' });
  const pieces = [];
  for await (const piece of opened?.content ?? []) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('cde');
  expect(asked[0]?.headers).toMatchObject({ range: 'bytes=2-4', 'if-match': '"e"' });
});

it.each(ALGORITHMS)(
  'takes what S3 holds by %s: says so, and reads it though there is no range of nothing',
  async (algorithm) => {
    const value = Buffer.from('not looked at here').toString('base64');
    const answer = {
      status: 200,
      headers: {
        [`x-amz-checksum-${algorithm.toLowerCase()}`]: value,
        'x-amz-checksum-type': 'FULL_OBJECT',
        etag: '"e"',
        'x-amz-version-id': 'v1',
        'content-length': '0',
      },
    };
    const s3 = store(answer, answer);
    expect(await s3.look(KEY)).toMatchObject({
      answer: 'readable',
      bytes: 0,
      checksum: { algorithm, value, parts: undefined },
    });
    const opened = await s3.open(KEY, { ifEtag: 'e' });
    expect(opened).toMatchObject({ bytes: 0, version: 'v1', etag: 'e' });
    for await (const piece of opened?.content ?? []) expect(piece).toHaveLength(0);
    expect(asked.at(-1)?.headers).toMatchObject({ 'if-match': '"e"' });
    expect(asked.at(-1)?.headers).not.toHaveProperty('range');
  },
);

it('hands on what arrives whole and in order, whatever its pieces, and what came before a connection broke', async () => {
  const body = randomBytes(700_001);
  const ranged = (breaksAt?: number): Answer => ({
    status: 206,
    headers: {
      'content-range': `bytes 0-${body.length - 1}/${body.length}`,
      'content-length': String(body.length),
    },
    body,
    ...(breaksAt !== undefined && { breaksAt }),
  });
  const read = async (answer: Answer, most = Number.POSITIVE_INFINITY) => {
    const opened = await store(answer).open(KEY, { from: 0, to: body.length });
    let bytes = Buffer.alloc(0);
    let failure: unknown;
    try {
      for await (const piece of opened?.content ?? []) {
        bytes = Buffer.concat([bytes, piece]);
        if (bytes.length >= most) break;
        // Its reader takes its time, so that more has come by then.
        await new Promise(setImmediate);
      }
    } catch (error) {
      // By its cause: of errors of Node itself Jest has another class than the program.
      failure = (error as { cause?: { code?: string } }).cause?.code;
    }
    return { bytes, failure };
  };
  const whole = await read(ranged());
  expect([whole.failure, whole.bytes.equals(body)]).toEqual([undefined, true]);
  const broken = await read(ranged(400_000));
  expect(broken.failure).toBe('ECONNRESET');
  expect(broken.bytes.equals(body.subarray(0, 400_000))).toBe(true);
  // Who has enough leaves.
  expect((await read(ranged(), 1)).failure).toBeUndefined();
});

it('looks without reading, and tells a full checksum from one of parts', async () => {
  const s3 = store(
    { headers: { etag: '"e"', 'x-amz-checksum-crc64nvme': 'abc=', 'x-amz-checksum-type': 'FULL_OBJECT' } },
    { headers: { etag: '"e"', 'x-amz-checksum-sha256': 'abc=-2', 'x-amz-checksum-type': 'COMPOSITE' } },
    { status: 404 },
    { status: 403 },
  );
  expect(await s3.look(KEY)).toMatchObject({
    answer: 'readable',
    checksum: { algorithm: 'CRC64NVME', value: 'abc=' },
  });
  expect(await s3.look(KEY)).toMatchObject({ checksum: { algorithm: 'SHA256', value: 'abc=', parts: 2 } });
  expect(await s3.look(KEY)).toEqual({ answer: 'gone' });
  expect(await s3.look(KEY)).toEqual({ answer: 'refused' });
  expect(asked.map(({ method }) => method)).toEqual(Array(4).fill('HEAD'));
  expect(asked[0]?.headers['x-amz-checksum-mode']).toBe('ENABLED');
});

it('tells a session that is over from a key that cannot be used, where a look says 400 of either', async () => {
  const listed = { body: xml('ListBucketResult', '<IsTruncated>false</IsTruncated>') };
  const over = store({ status: 400 }, refusal(400, 'ExpiredToken'));
  await expect(over.look(KEY)).rejects.toMatchObject({ kind: 'credentials-expired', code: 'ExpiredToken' });
  const off = store({ status: 400 }, listed, { status: 400 });
  await expect(off.look(KEY)).rejects.toMatchObject({ kind: 'no-key' });
  expect(asked.map(({ method, query }) => [method, query.prefix])).toEqual([
    ['HEAD', undefined],
    ['GET', KEY],
    ['HEAD', undefined],
  ]);
  // Somebody signed in again meanwhile.
  const renewed = store({ status: 400 }, listed, { headers: { etag: '"e"' } });
  expect(await renewed.look(KEY)).toMatchObject({ answer: 'readable' });
});

it('reads a small object in the call that looks at it, on condition that it is still the same', async () => {
  const headers = {
    etag: '"e"',
    'x-amz-version-id': 'v1',
    'x-amz-checksum-crc64nvme': 'abc=',
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
  const s3 = store(
    { headers, body: 'cde' },
    refusal(412, 'PreconditionFailed'),
    refusal(403, 'AccessDenied'),
    refusal(400, 'ExpiredToken'),
  );
  expect(await s3.take(KEY, 'e')).toEqual({
    answer: 'readable',
    version: 'v1',
    etag: 'e',
    bytes: 3,
    checksum: { algorithm: 'CRC64NVME', value: 'abc=', parts: undefined },
    held: Buffer.from('cde'),
  });
  expect(asked[0]?.headers).toMatchObject({ 'if-match': '"e"', 'x-amz-checksum-mode': 'ENABLED' });
  expect(asked[0]?.headers).not.toHaveProperty('range');
  expect(await s3.take(KEY, 'e')).toEqual({ answer: 'gone' });
  expect(await s3.take(KEY, 'e')).toEqual({ answer: 'refused' });
  await expect(s3.take(KEY, 'e')).rejects.toMatchObject({ kind: 'credentials-expired' });
});

it.each([
  [
    'sent in one',
    (given: readonly Answer[]) => store({ headers: { etag: '"e1"' } }, ...given).put(KEY, ABOUT, bytes('a')),
  ],
  [
    'sent in parts',
    (given: readonly Answer[]) =>
      store({ body: xml('CompleteMultipartUploadResult', '<ETag>"e1"</ETag>') }, ...given).complete(
        KEY,
        'u1',
        [],
        { crc64nvme: 'AAAAAAAAAAA=', bytes: 0 },
      ),
  ],
])('asks by itself which version it is where an answer does not tell: %s', async (_, stored) => {
  const head = (etag: string, version?: string): Answer => ({
    headers: { etag: `"${etag}"`, ...(version !== undefined && { 'x-amz-version-id': version }) },
  });
  expect(await stored([head('e1', 'v1')])).toEqual({ version: 'v1' });
  expect(asked.at(-1)).toMatchObject({ method: 'HEAD', path: PATH });
  // Another has the name by now; the bucket keeps no versions; the role may not look.
  expect(await stored([head('e2', 'v2')])).toEqual({ version: 'null' });
  expect(await stored([head('e1')])).toEqual({ version: 'null' });
  expect(await stored([{ status: 403 }])).toEqual({ version: 'null' });
});

it('tells the tags of one version, also where S3 has to be asked which it is and another comes meanwhile', async () => {
  const tagged = (value: string, version?: string): Answer => ({
    body: xml('Tagging', `<TagSet><Tag><Key>gate</Key><Value>${value}</Value></Tag></TagSet>`),
    headers: version === undefined ? {} : { 'x-amz-version-id': version },
  });
  const head = (version?: string): Answer => ({
    headers: { etag: '"e"', ...(version !== undefined && { 'x-amz-version-id': version }) },
  });
  expect(await store(tagged('released', 'v1')).tags(KEY)).toEqual({
    version: 'v1',
    tags: new Map([['gate', 'released']]),
  });
  const between = store(
    tagged('released'),
    head('v1'),
    tagged('rejected'),
    head('v2'),
    tagged('rejected'),
    head('v2'),
  );
  expect(await between.tags(KEY)).toEqual({ version: 'v2', tags: new Map([['gate', 'rejected']]) });
  const unversioned = store(tagged('released'), head(), tagged('released'), head());
  expect(await unversioned.tags(KEY)).toMatchObject({ version: 'null' });
});

it('takes back by a marker, and names no version, so that none is lost', async () => {
  const s3 = store({ status: 204, headers: { 'x-amz-version-id': 'm1', 'x-amz-delete-marker': 'true' } });
  expect(await s3.remove(KEY)).toEqual({ marker: 'm1' });
  expect(asked[0]).toMatchObject({ method: 'DELETE', path: PATH });
  expect(asked[0]?.query).not.toHaveProperty('versionId');
});

it('takes what a proxy blocks for no refusal of S3: nothing is told as held, or as taken back', async () => {
  const blocked = { status: 403, isProxys: true, body: '<html>Blocked by policy</html>' };
  const s3 = store(blocked, blocked, blocked, { ...blocked, status: 302 });
  const failure = { kind: 'in-between' };
  await expect(s3.look(KEY)).rejects.toMatchObject(failure);
  await expect(s3.take(KEY, 'e')).rejects.toMatchObject(failure);
  await expect(s3.open(KEY, { from: 0, to: 1, ifEtag: 'e' })).rejects.toMatchObject(failure);
  await expect(s3.put(KEY, ABOUT, bytes('x'))).rejects.toMatchObject(failure);
});

it.each([
  [403, 'AccessDenied', 'denied'],
  [403, 'RequestTimeTooSkewed', 'clock'],
  [400, 'ExpiredToken', 'credentials-expired'],
  [400, 'KMS.DisabledException', 'no-key'],
  [400, 'KMS.KMSInvalidStateException', 'no-key'],
  [404, 'NoSuchBucket', 'no-bucket'],
  [503, 'SlowDown', 'busy'],
])('tells %i %s as %s', async (status, code, kind) => {
  await expect(store(refusal(status, code)).put(KEY, ABOUT, bytes('x'))).rejects.toMatchObject({ kind });
});
