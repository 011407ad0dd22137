/**
 * The page’s own S3 against an endpoint that nobody here wrote (versitygw), which judges signatures, checksums and parts by S3’s
 * rules: put once, list, tags, in parts and gone on with, ranges, and taken back. Browsers and Node sign and fetch alike.
 *   node --import tsx endpoint.mjs VERSITYGW
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { BrowserStore } from '../../lib/mailbox/page/store/browser-store.ts';
import { crc64 } from '../../lib/mailbox/play/buckets.ts';
import { children, folder, freePort, start, until } from '../delivery/endpoint/interruptible.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const [, , gateway = 'versitygw'] = process.argv;
const [KEY, SECRET, BUCKET, REGION] = ['tester', 'testersecret', 'letters', 'eu-west-2'];
const ABOUT = { mediaType: 'message/rfc822', metadata: { sha256: '0'.repeat(64) } };

async function main() {
  const port = await freePort();
  for (const each of ['data', 'versions']) mkdirSync(join(folder, each));
  start(
    gateway,
    ...['--access', KEY, '--secret', SECRET, '--region', REGION, '--port', `127.0.0.1:${port}`],
    ...['posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'data')],
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: KEY, secretAccessKey: SECRET };
  const s3 = new S3Client({ region: REGION, endpoint, forcePathStyle: true, credentials });
  const isMade = () =>
    s3.send(new CreateBucketCommand({ Bucket: BUCKET })).then(
      () => true,
      () => false,
    );
  await until(isMade, 'the bucket');
  const VersioningConfiguration = { Status: 'Enabled' };
  await s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
  const store = new BrowserStore({
    address: `${endpoint}/${BUCKET}`,
    region: REGION,
    credentials: async () => ({ ...credentials, sessionToken: '', expiration: new Date(8.64e15) }),
    stale: () => undefined,
    now: () => Date.now(),
  });

  const small = 'agreements/letters/desk/0a@northmoor.concordat.invalid.eml';
  const text = Buffer.from('Subject: one\r\n\r\ntwo');
  for (let times = 0; times < 2; times++) await store.put(small, ABOUT, bodyOf(text));
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix: small }));
  assert.equal(Versions.length, 1, 'what is asked twice is written once');
  assert.deepEqual(await listed(store, 'agreements/letters/desk/'), [small]);
  // Which version it is, versitygw does not say with tags.
  assert.equal((await store.tags(small))?.tags.size, 0);
  const looked = await store.look(small);
  assert.equal(looked.answer === 'readable' && looked.checksum?.value, crc64(text));
  assert.equal((await read(store, small, 3, 9)).toString(), text.subarray(3, 9).toString());

  const large = 'agreements/letters/desk/0b@northmoor.concordat.invalid.eml';
  const parts = [Buffer.alloc(5_242_880, 'a'), Buffer.alloc(1_000, 'b')];
  const whole = Buffer.concat(parts);
  const upload = await store.begin(large, ABOUT);
  for (const [n, bytes] of parts.entries()) await store.sendPart(large, upload, n + 1, bodyOf(bytes));
  const found = (await store.parts(large, upload)) ?? [];
  assert.deepEqual(
    found.map(({ number, bytes, crc64nvme }) => [number, bytes, crc64nvme]),
    parts.map((bytes, n) => [n + 1, bytes.length, crc64(bytes)]),
  );
  const declared = { crc64nvme: crc64(whole), bytes: whole.length };
  assert.notEqual(await store.complete(large, upload, found, declared), undefined);
  assert.equal(crc64(await read(store, large, 0, whole.length)), declared.crc64nvme);
  assert.equal(await store.parts(large, upload), undefined);

  await store.remove(small);
  assert.equal(await store.tags(small), undefined);
  assert.deepEqual(await listed(store, 'agreements/letters/desk/'), [large]);
  console.log(
    'the page’s S3 against versitygw: put once, listed, tagged, sent in parts, read in ranges and taken back as S3 has it',
  );
}

function bodyOf(bytes) {
  return {
    bytes: bytes.length,
    crc64nvme: crc64(bytes),
    open: async function* () {
      yield bytes;
    },
  };
}

async function listed(store, prefix) {
  const keys = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

async function read(store, key, from, to) {
  const pieces = [];
  const opened = await store.open(key, { from, to });
  if (opened !== undefined) for await (const piece of opened.content) pieces.push(piece);
  return Buffer.concat(pieces);
}

void main()
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => {
    for (const child of children) child.kill();
  });
