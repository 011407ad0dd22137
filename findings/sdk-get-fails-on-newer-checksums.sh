#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1164.0, seen on 30 November 2026.
#
# Since April 2026 S3 takes ten checksum algorithms, and the SDK lists all of them for GetObject, of whose answers it checks each by
# itself unless it is told otherwise. One would expect it to give every object whose checksum is right, and the bytes unchecked where
# it does not know the algorithm, as the SDK for Java does. Seen: where S3 holds an object by SHA512 or XXHASH, GetObject fails, after
# S3 has answered 200 and with an error that has no status. HeadObject tells each. lib/runtime/checksums.ts works all ten out.
# https://aws.amazon.com/about-aws/whats-new/2026/04/s3-five-additional-checksum-algorithms/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-s3@3.1164.0 hash-wasm@4.13.0
cat >get.js <<'NODE'
const { createServer } = require('node:http');
const hashes = require('hash-wasm');
const { GetObjectCommand, HeadObjectCommand, S3Client } = require('@aws-sdk/client-s3');

const WAYS = { sha1: 'sha1', sha256: 'sha256', sha512: 'sha512', xxhash64: 'xxhash64', xxhash3: 'xxhash3', xxhash128: 'xxhash128' };
const sums = new Map();
const server = createServer((request, response) => {
  const algorithm = request.url.slice(3).split('?')[0];
  response.writeHead(200, { 'content-length': 5, ['x-amz-checksum-' + algorithm]: sums.get(algorithm) });
  response.end(request.method === 'GET' ? 'bytes' : undefined);
});
server.listen(0, '127.0.0.1', async () => {
  for (const [algorithm, way] of Object.entries(WAYS))
    sums.set(algorithm, Buffer.from(await hashes[way]('bytes'), 'hex').toString('base64'));
  const client = new S3Client({
    region: 'eu-west-2',
    endpoint: 'http://127.0.0.1:' + server.address().port,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'example', secretAccessKey: 'example' },
  });
  for (const algorithm of sums.keys()) {
    const asked = { Bucket: 'b', Key: algorithm };
    const head = await client.send(new HeadObjectCommand({ ...asked, ChecksumMode: 'ENABLED' }));
    const told = head['Checksum' + algorithm.toUpperCase()] === sums.get(algorithm);
    const got = await client
      .send(new GetObjectCommand(asked))
      .then(({ Body }) => Body.transformToString())
      .catch(({ message, $metadata }) => `${message.split(/[:.]/)[0]} (status ${$metadata?.httpStatusCode})`);
    console.log(`${algorithm} ${told ? 'told' : 'not told'} by HeadObject; GetObject: ${got}`);
  }
  server.closeAllConnections();
  server.close();
});
NODE
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node get.js | tee seen
diff seen - <<'SEEN'
sha1 told by HeadObject; GetObject: bytes
sha256 told by HeadObject; GetObject: bytes
sha512 told by HeadObject; GetObject: The checksum algorithm "SHA512" is not supported by the client (status undefined)
xxhash64 told by HeadObject; GetObject: The checksum algorithm "XXHASH64" is not supported by the client (status undefined)
xxhash3 told by HeadObject; GetObject: The checksum algorithm "XXHASH3" is not supported by the client (status undefined)
xxhash128 told by HeadObject; GetObject: The checksum algorithm "XXHASH128" is not supported by the client (status undefined)
SEEN
