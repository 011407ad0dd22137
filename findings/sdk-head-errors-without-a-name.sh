#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1164.0, seen on 29 November 2026.
#
# S3 answers HEAD without a body, so an error has a status and no code. The SDK used to name such an error after its status, and
# one would expect that of all of them, or of none. Seen: NotFound for 404, and Unknown for every other one; the status is left
# in $metadata alone. So HeadObject with a session that has expired (400), that is not allowed (403), or whose If-Match does not
# hold (412) is one and the same error by name. lib/client/failures.ts goes by the status where the name says nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-s3@3.1164.0
cat >head.js <<'NODE'
const { createServer } = require('node:http');
const { HeadObjectCommand, S3Client } = require('@aws-sdk/client-s3');

const server = createServer((request, response) => response.writeHead(Number(request.url.slice(3, 6))).end());
server.listen(0, '127.0.0.1', async () => {
  const client = new S3Client({
    region: 'eu-west-2',
    endpoint: 'http://127.0.0.1:' + server.address().port,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'example', secretAccessKey: 'example' },
  });
  for (const status of ['400', '403', '404', '405', '412', '503']) {
    await client.send(new HeadObjectCommand({ Bucket: 'b', Key: status })).catch((error) => {
      console.log(status, error.name, error.$metadata.httpStatusCode);
    });
  }
  server.closeAllConnections();
  server.close();
});
NODE
AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true node head.js | tee seen
diff seen - <<'SEEN'
400 Unknown 400
403 Unknown 403
404 NotFound 404
405 Unknown 405
412 Unknown 412
503 Unknown 503
SEEN
