/**
 * What Node alone takes to send or fetch a file with the checksums that the client works out: no contract, nothing remembered, nothing
 * asked again, no profile. A floor beside which the client is measured; parts and ranges are as large, and as many at once, as its.
 *   node bare-transfer.mjs put|get FILE ADDRESS BUCKET KEY REGION
 * The first reads the file for SHA-256 and CRC-64/NVME of each part, and sends it; the second fetches it, works out CRC-64/NVME of each
 * range, and sees it onto the disk. Credentials are in the environment.
 */
import { createHash, createHmac } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { createCRC64 } from 'hash-wasm';

const NVME = '9a6c9329ac4bc9b5';
const [, , act, path, address, bucket, key, region] = process.argv;
const MEBIBYTE = 2 ** 20;
const { PART, LANES } = act === 'put' ? { PART: 16 * MEBIBYTE, LANES: 8 } : { PART: 8 * MEBIBYTE, LANES: 16 };
const { hostname, port, host } = new URL(address);
const agent = new Agent({ keepAlive: true, maxSockets: LANES });

/** SHA-256 as the signer asks for it. */
class Sha256 {
  constructor(secret) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(bytes) {
    this.hash.update(bytes);
  }
  async digest() {
    return this.hash.digest();
  }
}

const signer = new SignatureV4({
  service: 's3',
  region,
  sha256: Sha256,
  uriEscapePath: false,
  credentials: {
    accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  },
});

/** Makes a call. @param body yields its bytes; `bytes` says how many */
async function call(method, query, headers, body) {
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    path: `/${bucket}/${key}`,
    query,
    headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...headers },
  });
  const asked = new URLSearchParams(query).toString();
  const answer = await new Promise((done, failed) => {
    const sending = request(
      { method, agent, hostname, port, path: `${signed.path}?${asked}`, headers: signed.headers },
      done,
    );
    sending.on('error', failed);
    send(sending, body).catch(failed);
  });
  if (answer.statusCode >= 300)
    throw new Error(`${method} ${key}: ${answer.statusCode} ${await textOf(answer)}`);
  return answer;
}

async function send(sending, body = []) {
  for await (const piece of body)
    await new Promise((done, failed) => sending.write(piece, (error) => (error ? failed(error) : done())));
  sending.end();
}

async function textOf(answer) {
  let text = '';
  for await (const piece of answer) text += piece;
  return text;
}

/** The bytes of a file, in pieces of which each is good until the next one. */
async function* piecesOf(file, from, to) {
  const piece = Buffer.allocUnsafe(MEBIBYTE);
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, to - at), at);
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Does something with each part, so many at once. */
async function inLanes(count, work) {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function put() {
  const file = await open(path);
  const { size } = await file.stat();
  const count = Math.ceil(size / PART);
  const whole = createHash('sha256');
  const part = await createCRC64(NVME);
  const sums = [];
  for (let n = 0; n < count; n++) {
    part.init();
    for await (const piece of piecesOf(file, n * PART, Math.min(size, (n + 1) * PART))) {
      whole.update(piece);
      part.update(piece);
    }
    sums.push(Buffer.from(part.digest('binary')).toString('base64'));
  }
  const begun = await call(
    'POST',
    { uploads: '' },
    {
      'x-amz-checksum-algorithm': 'CRC64NVME',
      'x-amz-checksum-type': 'FULL_OBJECT',
      'x-amz-meta-sha256': whole.digest('hex'),
    },
  );
  const uploadId = /<UploadId>(.*?)</.exec(await textOf(begun))?.[1] ?? '';
  const tags = [];
  await inLanes(count, async (n) => {
    const [from, to] = [n * PART, Math.min(size, (n + 1) * PART)];
    const headers = { 'content-length': String(to - from), 'x-amz-checksum-crc64nvme': sums[n] };
    const answer = await call(
      'PUT',
      { partNumber: String(n + 1), uploadId },
      headers,
      piecesOf(file, from, to),
    );
    answer.resume();
    tags[n] = answer.headers.etag;
  });
  const parts = tags.map(
    (tag, n) =>
      `<Part><PartNumber>${n + 1}</PartNumber><ETag>${tag}</ETag><ChecksumCRC64NVME>${sums[n]}</ChecksumCRC64NVME></Part>`,
  );
  const said = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  const headers = { 'content-length': String(said.length), 'x-amz-checksum-type': 'FULL_OBJECT' };
  (await call('POST', { uploadId }, headers, [said])).resume();
  await file.close();
}

async function get() {
  const head = await call('HEAD', {}, {});
  head.resume();
  const size = Number(head.headers['content-length']);
  const file = await open(path, 'w');
  await inLanes(Math.ceil(size / PART), async (n) => {
    const sum = await createCRC64(NVME);
    const [from, to] = [n * PART, Math.min(size, (n + 1) * PART)];
    const block = Buffer.allocUnsafe(2 ** 18);
    let [at, filled] = [from, 0];
    for await (const piece of await call('GET', {}, { range: `bytes=${from}-${to - 1}` })) {
      sum.update(piece);
      if (filled + piece.length > block.length) {
        await file.write(block, 0, filled, at);
        at += filled;
        filled = 0;
      }
      piece.copy(block, filled);
      filled += piece.length;
    }
    await file.write(block, 0, filled, at);
    sum.digest();
  });
  await file.sync();
  await file.close();
}

await (act === 'put' ? put() : get());
agent.destroy();
